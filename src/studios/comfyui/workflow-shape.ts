import { t } from '../../base/l10n.ts';
import { defined } from '../../base/defined.ts';
import { aspects, type Aspect } from '../../script/script-model.ts';
import { clipLengths, field, items, number } from '../answer.ts';
import { range } from '../families.ts';
import type { StudioCapabilities } from '../port.ts';
import { valueAt, type ApiWorkflow, type Place } from './api-workflow.ts';
import type { Bindings } from './binding-keys.ts';
import { sizePlaces } from './number-places.ts';
import { placedPictures } from './uploaded-pictures.ts';
import { takersOf } from './workflow-links.ts';

/** What a server says of one input of a class of nodes, as it stands in `GET /object_info/{class}`. */
export type InputInfo = (classType: string, input: string) => unknown;

/** A workflow and where things go in it. */
export interface BoundWorkflow {
  /** As the writer knows the file. */
  readonly name: string;
  readonly workflow: ApiWorkflow;
  readonly bindings: Bindings;
}

/** The whole numbers that an input takes: `first`, and every `step` from there to `last`. */
interface Steps {
  readonly first: number;
  readonly step: number;
  readonly last: number;
}

/** The classes of nodes that have to be known of to say what a workflow can do. */
export function classesThatCount({
  workflow,
  bindings: { places },
}: BoundWorkflow): readonly string[] {
  const takers = [...places.frames, ...places.seconds].flatMap((place) =>
    takersOf(workflow, place),
  );
  const classes = takers.flatMap(({ node }) => workflow.get(node)?.classType ?? []);
  return [...new Set(classes)].slice(0, mostClasses);
}

/** More is not asked of a server for one workflow. */
const mostClasses = 12;

/** What a workflow can do, and what the writer has to know of it. */
export function shapeOf(
  bound: BoundWorkflow,
  info: InputInfo,
  usualSeconds: readonly number[],
): StudioCapabilities {
  const { name, bindings } = bound;
  const { places, fps, longest } = bindings;
  const notes: string[] = [];
  let seconds: readonly number[];
  if (places.seconds.length > 0) {
    seconds = takenSeconds(bound, info);
  } else if (places.frames.length > 0 && fps !== undefined) {
    const { last } = stepsOf(bound, info);
    seconds = range(1, Math.min(longest ?? Infinity, Math.floor(last / fps)));
  } else if (longest !== undefined) {
    seconds = [Math.max(1, Math.round(longest))];
    notes.push(
      t(
        '{0} has no input for the length: its clips are {1} s long, whatever a scene asks for.',
        name,
        seconds[0] ?? 1,
      ),
    );
  } else {
    seconds = usualSeconds;
    notes.push(
      t(
        '{0} decides itself how long a clip gets. Mark the node for it as SCENEWRIGHT:seconds or SCENEWRIGHT:frames, or say it in the file of bindings.',
        name,
      ),
    );
  }
  const shapes = shapesOf(bound, notes);
  const pictures = placedPictures(bindings);
  if (pictures !== undefined) {
    notes.push(
      t('Where a scene has no picture for a place of {0}, the workflow’s own one is used.', name),
    );
  }
  return {
    seconds: seconds.length > 0 ? seconds : [1],
    aspects: shapes,
    price: { currency: 'USD', perClip: 0, perSecond: 0 },
    takes: { seed: places.seed.length > 0, negativePrompt: places.negative.length > 0 },
    ...defined({ pictures, note: notes.length === 0 ? undefined : notes.join(' ') }),
  };
}

export function shapesOf(
  { name, workflow, bindings }: BoundWorkflow,
  notes: string[],
): readonly Aspect[] {
  const { width, height } = bindings.places;
  if (width.length > 0 && height.length > 0) return aspects;
  const own = sizeOf(workflow, sizePlaces(workflow, bindings.places.frames));
  if (own === undefined) return aspects;
  notes.push(
    t('{0} has no inputs for the size: its pictures are {1} × {2}.', name, own.width, own.height),
  );
  return [nearestAspect(own)];
}

function takenSeconds({ workflow, bindings }: BoundWorkflow, info: InputInfo): readonly number[] {
  const { places, longest = Infinity } = bindings;
  const told = takersOf(workflow, places.seconds[0] ?? { node: '', input: '' }).map(
    ({ node, input }) => info(workflow.get(node)?.classType ?? '', input),
  );
  const choices = told
    .map((one) => clipLengths(items(field(one, 0))))
    .find((one) => one.length > 0);
  if (choices !== undefined) return choices;
  const bounds = told.map((one) => field(one, 1));
  const first = Math.max(1, ...bounds.map((one) => Math.ceil(number(field(one, 'min')) ?? 1)));
  const last = Math.min(longest, ...bounds.map((one) => number(field(one, 'max')) ?? Infinity));
  return range(first, Math.floor(last));
}

/** How many frames a clip of so many seconds is asked for with: as near as the model's steps allow. */
export function framesFor(bound: BoundWorkflow, info: InputInfo, seconds: number): number {
  const { fps = 1 } = bound.bindings;
  const { first, step, last } = stepsOf(bound, info);
  const steps = Math.max(0, Math.round((seconds * fps - first) / step));
  const most = Math.floor((last - first) / step);
  return first + Math.min(steps, Math.max(0, most)) * step;
}

/** Clips are one frame and a multiple of so many, where only the workflow's own number tells. */
const likelySteps = [8, 4];

/**
 * The numbers of frames that are taken: what the writer says, else the server, of all inputs that
 * take the number. Where neither says it, as the workflow's own number is.
 */
function stepsOf({ workflow, bindings }: BoundWorkflow, info: InputInfo): Steps {
  const { places, frameStep } = bindings;
  const takers = places.frames.flatMap((place) => takersOf(workflow, place));
  const told = takers.flatMap(({ node, input }) => {
    const rules = field(info(workflow.get(node)?.classType ?? '', input), 1);
    const [min, max, step] = ['min', 'max', 'step'].map((name) => number(field(rules, name)));
    return step === undefined || !(step >= 1)
      ? []
      : [{ min: min ?? 1, max: max ?? Infinity, step }];
  });
  const last = Math.min(Infinity, ...told.map(({ max }) => max));
  const strictest = told.reduce((a, b) => (b.step > a.step ? b : a), { min: 1, max: 0, step: 0 });
  const own = Number(valueAt(workflow, places.frames[0] ?? { node: '', input: '' }));
  const likely = likelySteps.find((step) => own % step === 1) ?? 1;
  const step = frameStep ?? (told.length > 0 ? strictest.step : likely);
  // `min` is often less than a clip can be; what counts is the remainder that all numbers share.
  const remainder = frameStep === undefined ? Math.max(0, strictest.min) % step : 1 % step;
  return { first: remainder === 0 ? step : remainder, step, last };
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size that a workflow has in some places. */
export function sizeOf(
  workflow: ApiWorkflow,
  { width: [wide], height: [high] }: { width: readonly Place[]; height: readonly Place[] },
): Size | undefined {
  const width = wide === undefined ? NaN : Number(valueAt(workflow, wide));
  const height = high === undefined ? NaN : Number(valueAt(workflow, high));
  return width > 0 && height > 0 ? { width, height } : undefined;
}

/** The size for a shape: as many pixels as the workflow's own, in its own multiples. */
export function sizeFor(own: Size, aspect: Aspect): Size {
  if (nearestAspect(own) === aspect) return own;
  const turned = { width: own.height, height: own.width };
  if (nearestAspect(turned) === aspect) return turned;
  const multiple = [32, 16, 8].find((one) => own.width % one === 0 && own.height % one === 0) ?? 2;
  const fitting = (length: number): number => Math.max(1, Math.round(length / multiple)) * multiple;
  const ratio = ratioOf(aspect);
  const area = own.width * own.height;
  return { width: fitting(Math.sqrt(area * ratio)), height: fitting(Math.sqrt(area / ratio)) };
}

function nearestAspect({ width, height }: Size): Aspect {
  const off = (aspect: Aspect): number => Math.abs(Math.log(width / height / ratioOf(aspect)));
  return aspects.reduce((nearest, aspect) => (off(aspect) < off(nearest) ? aspect : nearest));
}

function ratioOf(aspect: Aspect): number {
  const [wide = 1, high = 1] = aspect.split(':').map(Number);
  return wide / high;
}
