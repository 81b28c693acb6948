import type { Place } from './api-workflow.ts';

/** The pictures that are put into inputs of a workflow. */
export const pictureKeys = ['firstFrame', 'lastFrame', 'references'] as const;
export type PictureKey = (typeof pictureKeys)[number];

/** What is put into inputs of a workflow. */
export const placeKeys = [
  'prompt',
  'negative',
  'seconds',
  'frames',
  'width',
  'height',
  'seed',
  ...pictureKeys,
] as const;
export type PlaceKey = (typeof placeKeys)[number];

/**
 * What a title of a node may say that it is, behind `SCENEWRIGHT:`: what is put in, and beside it `fps`,
 * which is only read, and `output`, whose video counts.
 */
export const titleKeys = [...placeKeys, 'fps', 'output'] as const;
export type TitleKey = (typeof titleKeys)[number];

/** Where in a workflow what is. */
export interface Bindings {
  /** Where each thing goes; what has no places stays as the workflow has it. */
  readonly places: Readonly<Record<PlaceKey, readonly Place[]>>;
  /** Frames in a second of the clip, as the input for frames counts them; absent where nothing tells. */
  readonly fps?: number;
  /** Frames are a multiple of this and one more, where the writer says so; else the server is asked. */
  readonly frameStep?: number;
  /** The longest clip in seconds; how long clips are where no input tells. Absent where nothing tells. */
  readonly longest?: number;
  /** The node whose video counts; absent where that is the last one in the workflow. */
  readonly output?: string;
}

const pictureInputs = ['image', 'image_path', 'value', 'string'];

/** What nodes call their inputs, by what is put in, the surest first. */
export const inputNames: Readonly<Record<TitleKey, readonly string[]>> = {
  prompt: ['positive_prompt', 'prompt', 'text', 'string', 'value'],
  negative: ['negative_prompt', 'text', 'prompt', 'string', 'value'],
  seconds: ['seconds', 'duration', 'duration_seconds', 'value', 'float', 'int', 'number'],
  frames: [
    'length',
    'num_frames',
    'video_length',
    'frames_number',
    'video_frames',
    'frame_count',
    'frames',
    'batch_size',
    'value',
    'int',
    'number',
  ],
  fps: ['fps', 'frame_rate', 'value', 'float', 'int', 'number'],
  width: ['width', 'value', 'int', 'number'],
  height: ['height', 'value', 'int', 'number'],
  seed: ['seed', 'noise_seed', 'value', 'int', 'number'],
  firstFrame: pictureInputs,
  lastFrame: pictureInputs,
  references: pictureInputs,
  output: [],
};
