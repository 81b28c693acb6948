import { createHash } from 'node:crypto';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { RenderRequest } from '../port.ts';
import { valueAt, withValues, type Place } from './api-workflow.ts';
import type { UploadedPictures } from './uploaded-pictures.ts';
import {
  framesFor,
  sizeFor,
  sizeOf,
  type BoundWorkflow,
  type InputInfo,
} from './workflow-shape.ts';

/** What is put into a workflow; without a length where it makes a picture. */
export type Filling = Pick<RenderRequest, 'prompt' | 'aspect' | 'jobId' | 'choices'> &
  Partial<Pick<RenderRequest, 'seconds'>>;

/** The workflow with a scene in it, as the server wants it. */
export function filledWorkflow(
  bound: BoundWorkflow,
  info: InputInfo,
  {
    prompt,
    seconds,
    aspect,
    jobId,
    choices = {},
    uploaded: { firstFrame, lastFrame, references } = { references: [] },
  }: Filling & { readonly uploaded?: UploadedPictures },
): Record<string, unknown> {
  const { workflow, bindings } = bound;
  const { places } = bindings;
  const own = sizeOf(workflow, places);
  const size = own === undefined ? undefined : sizeFor(own, aspect);
  const put = (at: readonly Place[], value: unknown): readonly (readonly [Place, unknown])[] =>
    value === undefined ? [] : at.map((place) => [place, value] as const);
  return withValues(workflow, [
    ...put(places.prompt, prompt),
    ...put(places.negative, choices.negativePrompt),
    ...(seconds === undefined ? [] : lengthIn(bound, info, seconds)),
    ...put(places.width, size?.width),
    ...put(places.height, size?.height),
    ...put(places.seed, choices.seed ?? seedOf(jobId)),
    ...put(places.firstFrame, firstFrame),
    ...put(places.lastFrame, lastFrame),
    // Where there are fewer than places, again from the first on: nobody of the workflow's own comes in.
    ...places.references.flatMap((place, i) =>
      put([place], references[i % Math.max(1, references.length)]),
    ),
  ]);
}

/** Where the length of a clip goes, and as what. */
function lengthIn(
  bound: BoundWorkflow,
  info: InputInfo,
  seconds: number,
): readonly (readonly [Place, unknown])[] {
  const { workflow, bindings } = bound;
  const { places, fps } = bindings;
  const frames = fps === undefined ? undefined : framesFor(bound, info, seconds);
  return [
    ...places.seconds.map((place) => [place, asBefore(valueAt(workflow, place), seconds)] as const),
    ...(frames === undefined ? [] : places.frames.map((place) => [place, frames] as const)),
  ];
}

/** @throws ScenewrightError `bad-input` where there is no place for the prompt */
export function requirePrompt({ name, bindings }: BoundWorkflow): void {
  if (bindings.places.prompt.length > 0) return;
  throw new ScenewrightError(
    'bad-input',
    t('{0} does not tell where the prompt goes. Nothing was sent.', name),
    {
      advice: t(
        'Give the node for it the title SCENEWRIGHT:prompt in ComfyUI and export it again, or name it in the file of bindings.',
      ),
    },
  );
}

/** Some nodes choose their length from a list of words. */
function asBefore(value: unknown, seconds: number): string | number {
  if (typeof value !== 'string') return seconds;
  return value.trim().endsWith('s') ? `${seconds}s` : String(seconds);
}

/** Another take is another picture, the same order the same one. */
export function seedOf(jobId: string): number {
  return Number.parseInt(digest(jobId).slice(0, 8), 16);
}

/** A name for an order as ComfyUI gives them, the same for the same order. */
export function promptIdOf(jobId: string): string {
  const hex = digest(jobId);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `5${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
