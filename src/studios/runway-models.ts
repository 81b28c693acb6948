import type { Aspect } from '../script/script-model.ts';
import { aspects as allAspects } from '../script/script-model.ts';
import type { TakenChoices } from './choices.ts';
import type { TakenPictures } from './pictures.ts';
import { range } from './families.ts';

/** What one of Runway's models takes. */
export interface RunwayModel {
  /** Clip lengths in seconds, ascending. */
  readonly seconds: readonly number[];
  readonly aspects: readonly Aspect[];
  /** The most characters of a prompt. */
  readonly promptLimit?: number;
  readonly takes: TakenChoices;
  /** Absent where it takes none. */
  readonly pictures?: TakenPictures;
  /** Whether the model is one that the table has. */
  readonly isKnown: boolean;
  /** What an order says of the shape and size of the picture. */
  readonly picture: (aspect: Aspect, resolution: string | undefined) => Picture;
}

interface Picture {
  readonly ratio?: string;
  readonly resolution?: string;
}

type Sizes = Readonly<Partial<Record<Aspect, string>>>;

/** By resolution, the one that is ordered where none is chosen first. */
type SizesByResolution = Readonly<Record<string, Sizes>>;

const wideAndTall720: Sizes = { '16:9': '1280:720', '9:16': '720:1280' };
const wideAndTall1080: Sizes = { '16:9': '1920:1080', '9:16': '1080:1920' };
const all720: Sizes = { ...wideAndTall720, '1:1': '960:960' };
const all1080: Sizes = { ...wideAndTall1080, '1:1': '1440:1440' };
const all480: Sizes = { '16:9': '864:496', '9:16': '496:864', '1:1': '640:640' };

type Known = Omit<RunwayModel, 'isKnown'>;
type Rest = Pick<RunwayModel, 'seconds' | 'promptLimit' | 'pictures'> & {
  readonly takes?: TakenChoices;
};

const first: TakenPictures = { firstFrame: true };
const firstAndLast: TakenPictures = { firstFrame: true, lastFrame: true };

/** They cannot be mixed. */
function framesOr(references: number): TakenPictures {
  return { ...firstAndLast, references, exclusive: true };
}

/** A model that is told the picture's size in pixels, as `1280:720`. */
function inPixels(sizes: SizesByResolution, { takes, ...rest }: Rest): Known {
  const resolutions = Object.keys(sizes);
  const [usual = ''] = resolutions;
  return {
    ...rest,
    aspects: allAspects.filter((aspect) => sizes[usual]?.[aspect] !== undefined),
    takes: { ...takes, resolutions },
    picture: (aspect, resolution = usual) => {
      const ratio = sizes[resolution]?.[aspect] ?? sizes[usual]?.[aspect];
      return ratio === undefined ? {} : { ratio };
    },
  };
}

/** A model that is told the shape and the resolution apart. */
function inWords(resolutions: readonly string[], { takes, ...rest }: Rest): Known {
  return {
    ...rest,
    aspects: allAspects,
    takes: { ...takes, resolutions },
    picture: (ratio, resolution) => ({
      ratio,
      ...(resolution === undefined ? {} : { resolution }),
    }),
  };
}

const veo = inPixels(
  { '720p': wideAndTall720, '1080p': wideAndTall1080 },
  {
    seconds: [4, 6, 8],
    promptLimit: 1000,
    pictures: firstAndLast,
    takes: { seed: true, sound: true, negativePrompt: true },
  },
);
const seedanceSmall = inPixels(
  { '720p': all720, '480p': all480 },
  {
    seconds: range(4, 15),
    promptLimit: 3500,
    pictures: framesOr(9),
    takes: { seed: true, sound: true },
  },
);
const wan = inPixels(
  {
    '720p': all720,
    '480p': { '16:9': '832:480', '9:16': '480:832', '1:1': '624:624' },
    '1080p': all1080,
  },
  { seconds: range(3, 15), pictures: framesOr(10), takes: { sound: true } },
);

/**
 * By the types of Runway's own client 4.20.1, where they say it; lengths that they leave open are
 * those that the makers name.
 */
const models: Readonly<Record<string, Known>> = {
  'gen4.5': inPixels(
    { '720p': wideAndTall720 },
    { seconds: range(2, 10), promptLimit: 1000, pictures: first, takes: { seed: true } },
  ),
  'veo3.1': veo,
  'veo3.1_fast': veo,
  hailuo3: inWords(['768p', '2k'], { seconds: range(4, 15), pictures: framesOr(9) }),
  happyhorse_1_0: inPixels(
    { '720p': all720, '1080p': all1080 },
    { seconds: range(3, 15), promptLimit: 2500, pictures: first },
  ),
  seedance2: inPixels(
    {
      '720p': all720,
      '480p': all480,
      '1080p': all1080,
      '4k': { '16:9': '3840:2160', '9:16': '2160:3840', '1:1': '3840:3840' },
    },
    {
      seconds: range(4, 15),
      promptLimit: 3500,
      pictures: framesOr(9),
      takes: { seed: true, sound: true },
    },
  ),
  seedance2_fast: seedanceSmall,
  seedance2_mini: seedanceSmall,
  seedance2_5: inPixels(
    {
      '720p': all720,
      '480p': { '16:9': '854:480', '9:16': '480:854', '1:1': '640:640' },
      '1080p': all1080,
    },
    {
      seconds: range(4, 30),
      promptLimit: 15_000,
      pictures: framesOr(30),
      takes: { seed: true, sound: true },
    },
  ),
  gemini_omni_flash: inPixels(
    { '720p': wideAndTall720 },
    { seconds: range(3, 10), pictures: first },
  ),
  'gemini_omni_flash_1.1': inPixels(
    {
      '720p': wideAndTall720,
      '360p': { '16:9': '640:360', '9:16': '360:640' },
      '1080p': wideAndTall1080,
      '4k': { '16:9': '3840:2160', '9:16': '2160:3840' },
    },
    { seconds: range(3, 10), pictures: firstAndLast },
  ),
  grok_imagine_1_5: inWords(['480p', '720p', '1080p'], { seconds: range(1, 15), pictures: first }),
  wan3: wan,
  wan3_prime: wan,
  // It is told no shape.
  h3_max: {
    seconds: range(4, 15),
    aspects: ['16:9'],
    pictures: firstAndLast,
    takes: { seed: true, resolutions: ['480p', '768p'] },
    picture: (_aspect, resolution) => (resolution === undefined ? {} : { resolution }),
  },
};

/** As orders name them. */
export const runwayModelNames: readonly string[] = Object.keys(models);

/** What most models take that the table does not have. */
const usual = inPixels(
  { '720p': wideAndTall720 },
  { seconds: [5, 10], promptLimit: 1000, pictures: first },
);

export function runwayModel(name: string): RunwayModel {
  const known = Object.hasOwn(models, name) ? models[name] : undefined;
  return { ...(known ?? usual), isKnown: known !== undefined };
}
