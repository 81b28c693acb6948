import { defined } from '../base/defined.ts';
import type { Aspect } from '../script/script-model.ts';
import { possible, type RenderChoices, type TakenChoices } from './choices.ts';
import { dataUri, type OrderPictures, type Picture, type TakenPictures } from './pictures.ts';
import type { RenderRequest } from './port.ts';

/**
 * The ways in which servers want a video ordered that otherwise speak alike. `videos` is the protocol
 * as its makers had it, `new-api` what gateways of that name and their resellers speak, `xai` that of
 * xAI and those who sell its models.
 */
export const dialects = ['videos', 'new-api', 'xai'] as const;
export type Dialect = (typeof dialects)[number];

interface DialectRules {
  /** Where it is ordered, behind the base URL. */
  readonly order: string;
  /** Where it is asked after, with the render's name behind it. */
  readonly poll: string;
  /** Whether a clip is to be had at the address of the render with `/content` behind it. */
  readonly hasContent: boolean;
  readonly body: (model: string, request: RenderRequest) => Readonly<Record<string, unknown>>;
  /** Whether a server heeds them, only the clip shows. */
  readonly pictures: TakenPictures;
  readonly pictureFields: (pictures: OrderPictures) => Readonly<Record<string, unknown>>;
}

/** By resolution, the one that is ordered where none is chosen first. */
const sizes: Readonly<Record<string, Readonly<Record<Aspect, readonly [number, number]>>>> = {
  '720p': { '16:9': [1280, 720], '9:16': [720, 1280], '1:1': [1024, 1024] },
  '480p': { '16:9': [832, 480], '9:16': [480, 832], '1:1': [624, 624] },
  '1080p': { '16:9': [1920, 1080], '9:16': [1080, 1920], '1:1': [1440, 1440] },
};

/** Whether a server heeds them, only the clip shows; what is not chosen is not sent. */
export const takenByDialects: TakenChoices = {
  seed: true,
  negativePrompt: true,
  resolutions: Object.keys(sizes),
};

const rules: Readonly<Record<Dialect, DialectRules>> = {
  videos: {
    order: '/videos',
    poll: '/videos',
    hasContent: true,
    body: (model, { prompt, seconds, aspect, choices }) => {
      const { seed, negativePrompt } = possible(choices, takenByDialects);
      return {
        model,
        prompt,
        seconds: String(seconds),
        size: sizeOf(aspect, choices).join('x'),
        ...defined({ seed, negative_prompt: negativePrompt }),
      };
    },
    pictures: { firstFrame: true },
    pictureFields: ({ firstFrame }) => withAddress('input_reference', 'image_url', firstFrame),
  },
  'new-api': {
    order: '/video/generations',
    poll: '/video/generations',
    hasContent: false,
    body: (model, { prompt, seconds, aspect, choices }) => {
      const { seed, negativePrompt } = possible(choices, takenByDialects);
      const [width, height] = sizeOf(aspect, choices);
      const metadata =
        negativePrompt === undefined ? undefined : { negative_prompt: negativePrompt };
      return { model, prompt, duration: seconds, width, height, ...defined({ seed, metadata }) };
    },
    pictures: { firstFrame: true },
    pictureFields: ({ firstFrame }) =>
      firstFrame === undefined ? {} : { image: dataUri(firstFrame) },
  },
  xai: {
    order: '/videos/generations',
    poll: '/videos',
    hasContent: false,
    body: (model, { prompt, seconds, aspect, choices }) => {
      const { seed, resolution } = possible(choices, takenByDialects);
      return {
        model,
        prompt,
        duration: seconds,
        aspect_ratio: aspect,
        ...defined({ resolution, seed }),
      };
    },
    pictures: { firstFrame: true, references: 7, exclusive: true },
    pictureFields: ({ firstFrame, references }) => ({
      ...withAddress('image', 'url', firstFrame),
      ...(references.length === 0
        ? {}
        : { reference_images: references.map((one) => ({ url: dataUri(one) })) }),
    }),
  },
};

function withAddress(
  name: string,
  key: string,
  picture: Picture | undefined,
): Readonly<Record<string, unknown>> {
  return picture === undefined ? {} : { [name]: { [key]: dataUri(picture) } };
}

export function dialectRules(dialect: Dialect): DialectRules {
  return rules[dialect];
}

/** The one that a record names; `videos` in records from before there were others. */
export function dialectOf(name: string | undefined): Dialect {
  return dialects.find((one) => one === name) ?? 'videos';
}

/** Width and height in pixels. */
function sizeOf(aspect: Aspect, choices: RenderChoices | undefined): readonly [number, number] {
  const { resolution = '720p' } = possible(choices, takenByDialects);
  return sizes[resolution]?.[aspect] ?? [1280, 720];
}
