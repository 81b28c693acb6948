import { t } from '../base/l10n.ts';
import type { Reason } from '../net/server-name.ts';

/** What services are asked for. */
export type Makes = 'clips' | 'pictures';

/** What is said of it, where the sentence depends on what it is. */
export interface MadeWords {
  readonly noAddress: () => string;
  readonly elsewhere: (from: string, now: string) => string;
  /** It took the order, and did not say what it calls it. */
  readonly unnamed: Reason;
  readonly unknown: Reason;
  /** It had it once. */
  readonly forgotten: Reason;
  /** It does not say how it stands. */
  readonly untold: Reason;
  /** It says so in a word that nobody knows. */
  readonly strange: (word: string) => Reason;
  readonly heldBack: Reason;
  /** It is finished, and nothing of it to be fetched. */
  readonly nowhere: Reason;
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
        'The order was taken, but the answer of {0} names no render. It was not sent again; look there before you do.',
        host,
      ),
    unknown: (host) => t('This render is not known at {0}.', host),
    forgotten: (host) =>
      t(
        'This render has been forgotten by {0}, which was started anew or had its history cleared.',
        host,
      ),
    untold: (host) => t('How the render stands is unknown: {0} does not say.', host),
    strange: (word) => (host) =>
      t('The render is taken for being at work: {0} calls it “{1}”.', host, word),
    heldBack: (host) => t('The clip was held back for its content by {0}.', host),
    nowhere: (host) =>
      t('The clip is finished, but {0} names no address that it can be fetched from.', host),
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
        'The order was taken, but the answer of {0} has neither the picture nor a name for it. It was not sent again; look there before you do.',
        host,
      ),
    unknown: (host) => t('This picture is not known at {0}.', host),
    forgotten: (host) =>
      t(
        'This picture has been forgotten by {0}, which was started anew or had its history cleared.',
        host,
      ),
    untold: (host) => t('How the picture stands is unknown: {0} does not say.', host),
    strange: (word) => (host) =>
      t('The picture is taken for being at work: {0} calls it “{1}”.', host, word),
    heldBack: (host) => t('The picture was held back for its content by {0}.', host),
    nowhere: (host) =>
      t('The picture is finished, but {0} names no address that it can be fetched from.', host),
  },
};
