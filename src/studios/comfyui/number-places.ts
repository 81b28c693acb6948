import { valueAt, type ApiWorkflow, type Place, type WorkflowNode } from './api-workflow.ts';
import { depthsOf, literalBehind } from './workflow-links.ts';

/** Names that are of nothing but the number of frames, wherever they stand. */
const frameNames = ['num_frames', 'video_length', 'frames_number', 'video_frames', 'total_frames'];

/** Nodes that work on frames that are there already. */
const laterNodes = /load|trim|interpol|vfi|context|split|select|schedule|mask|batch|crop/i;

/** A number, and where it is written. */
interface Found {
  readonly place: Place;
  readonly value: number;
  /** The node that it is for, and whether that has a size, as what makes an empty clip has. */
  readonly of: string;
  readonly isSized: boolean;
}

/** Where the number of frames goes: wherever it is said, as long as it is the same. */
export function framePlaces(workflow: ApiWorkflow): readonly Place[] {
  const lengths = numbersIn(workflow, (input, node) => {
    if (laterNodes.test(node.classType)) return false;
    return frameNames.includes(input) || (input === 'length' && isSized(node));
  });
  if (lengths.length > 0) return agreed(lengths);
  // Where a clip is a batch of pictures, as in AnimateDiff.
  const batches = numbersIn(workflow, (input, node) => input === 'batch_size' && isSized(node));
  return agreed(batches.filter(({ value }) => value > 1));
}

/** Where width and height go: where the clip begins, and wherever they are said again. */
export function sizePlaces(
  workflow: ApiWorkflow,
  frames: readonly Place[],
): { readonly width: readonly Place[]; readonly height: readonly Place[] } {
  const none = { width: [], height: [] };
  const sized = [...workflow].flatMap(([id, node]) => {
    if (!isSized(node)) return [];
    const width = literalBehind(workflow, { node: id, input: 'width' }, 'number');
    const height = literalBehind(workflow, { node: id, input: 'height' }, 'number');
    if (width === undefined || height === undefined) return [];
    return [{ id, node, width, height, size: sizeAt(workflow, { width, height }) }];
  });
  const base =
    sized.find(({ id }) => frames.some(({ node }) => node === id)) ??
    sized.find(({ node }) => /empty|latent/i.test(node.classType)) ??
    sized.find(({ node }) => /video|wan|hunyuan|ltx|cog/i.test(node.classType));
  if (base === undefined) return none;
  const same = sized.filter(({ size }) => size === base.size);
  return {
    width: once(same.map(({ width }) => width)),
    height: once(same.map(({ height }) => height)),
  };
}

/** Where the seeds of all that is drawn by chance go. */
export function seedPlaces(workflow: ApiWorkflow): readonly Place[] {
  return once(
    numbersIn(workflow, (input) => input === 'seed' || input === 'noise_seed').map(
      ({ place }) => place,
    ),
  );
}

/** Where the length in seconds goes, where a workflow counts in them. */
export function secondPlaces(workflow: ApiWorkflow): readonly Place[] {
  return agreed(
    numbersIn(
      workflow,
      (input, { classType }) =>
        /^(seconds|duration|duration_seconds|video_duration)$/.test(input) &&
        !/audio|load|trim|image/i.test(classType),
    ),
  );
}

/**
 * Frames in a second as the workflow has it, in frames as they are asked for: what is put in between
 * them afterwards does not count.
 *
 * @param places where titles say that it stands
 */
export function framesPerSecond(
  workflow: ApiWorkflow,
  places: readonly Place[] | undefined,
): number | undefined {
  const depths = depthsOf(workflow);
  const titled = places?.map((place) => ({ value: Number(valueAt(workflow, place)) }));
  const found =
    titled ??
    [...numbersIn(workflow, (input) => input === 'fps' || input === 'frame_rate')].sort(
      (a, b) => (depths.get(b.of) ?? 0) - (depths.get(a.of) ?? 0),
    );
  const fps = found[0]?.value;
  if (fps === undefined || !(fps > 0)) return undefined;
  const between = numbersIn(
    workflow,
    (input, { classType }) => input === 'multiplier' && /vfi|interpol|rife/i.test(classType),
  );
  return between.reduce((rest, { value }) => rest / Math.max(1, value), fps);
}

function numbersIn(
  workflow: ApiWorkflow,
  isMeant: (input: string, node: WorkflowNode) => boolean,
): readonly Found[] {
  return [...workflow].flatMap(([id, node]) =>
    Object.keys(node.inputs)
      .filter((input) => isMeant(input, node))
      .flatMap((input) => {
        const place = literalBehind(workflow, { node: id, input }, 'number');
        if (place === undefined) return [];
        const value = Number(valueAt(workflow, place));
        return [{ place, value, of: id, isSized: isSized(node) }];
      }),
  );
}

/** All places if they say the same, else those of what makes the empty clip, if these do. */
function agreed(found: readonly Found[]): readonly Place[] {
  for (const some of [found, found.filter((one) => one.isSized)]) {
    if (new Set(some.map(({ value }) => value)).size === 1) {
      return once(some.map(({ place }) => place));
    }
  }
  return [];
}

function isSized({ inputs }: WorkflowNode): boolean {
  return Object.hasOwn(inputs, 'width') && Object.hasOwn(inputs, 'height');
}

function sizeAt(
  workflow: ApiWorkflow,
  { width, height }: { readonly width: Place; readonly height: Place },
): string {
  return `${Number(valueAt(workflow, width))}x${Number(valueAt(workflow, height))}`;
}

function once(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.node} ${place.input}`, place])).values()];
}
