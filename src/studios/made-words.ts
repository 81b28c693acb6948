import { t } from '../base/l10n.ts';

/** What services are asked for. */
export type Makes = 'clips' | 'pictures';

/** What is said of it, where the sentence depends on what it is. */
export interface MadeWords {
  readonly noAddress: () => string;
  readonly elsewhere: (from: string, now: string) => string;
  /** It took the order, and did not say what it calls it. */
  readonly unnamed: (host: string) => string;
  readonly unknown: (host: string) => string;
  /** It had it once. */
  readonly forgotten: (host: string) => string;
  /** It does not say how it stands. */
  readonly untold: (host: string) => string;
  /** It says so in a word that nobody knows. */
  readonly strange: (host: string, word: string) => string;
  readonly heldBack: (host: string) => string;
  /** It is finished, and nothing of it to be fetched. */
  readonly nowhere: (host: string) => string;
}

export const madeWords: Readonly<Record<Makes, MadeWords>> = {
  clips: {
    noAddress: () =>
      t('The base URL of the video service is not a web address. Set it, such as https://host/v1.'),
    elsewhere: (from, now) =>
      t(
        'This render was ordered from {0}, but the video service is now {1}. Set it back to fetch the clip, then retry.',
        from,
        now,
      ),
    unnamed: (host) =>
      t(
        '{0} took the order but its answer names no render. It was not sent again; look there before you do.',
        host,
      ),
    unknown: (host) => t('{0} does not know this render.', host),
    forgotten: (host) =>
      t(
        '{0} knows nothing of this render any more: it was started anew, or its history was cleared.',
        host,
      ),
    untold: (host) => t('{0} does not say how the render stands.', host),
    strange: (host, word) =>
      t('{0} calls the render “{1}”, which is taken for being at work.', host, word),
    heldBack: (host) => t('{0} made a clip and held it back for its content.', host),
    nowhere: (host) =>
      t(
        '{0} says that the clip is finished but names no address that it can be fetched from.',
        host,
      ),
  },
  pictures: {
    noAddress: () =>
      t(
        'The base URL of the picture service is not a web address. Set it, such as https://host/v1.',
      ),
    elsewhere: (from, now) =>
      t(
        'This picture was ordered from {0}, but the picture service is now {1}. Set it back to fetch the picture, then retry.',
        from,
        now,
      ),
    unnamed: (host) =>
      t(
        '{0} took the order but its answer has neither the picture nor a name for it. It was not sent again; look there before you do.',
        host,
      ),
    unknown: (host) => t('{0} does not know this picture.', host),
    forgotten: (host) =>
      t(
        '{0} knows nothing of this picture any more: it was started anew, or its history was cleared.',
        host,
      ),
    untold: (host) => t('{0} does not say how the picture stands.', host),
    strange: (host, word) =>
      t('{0} calls the picture “{1}”, which is taken for being at work.', host, word),
    heldBack: (host) => t('{0} drew the picture and held it back for its content.', host),
    nowhere: (host) =>
      t(
        '{0} says that the picture is finished but names no address that it can be fetched from.',
        host,
      ),
  },
};
