import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { hostOf } from '../net/server-name.ts';
import { saidIn, withWords } from '../net/service-words.ts';
import type { FileKind } from './file-kind.ts';

/** Why what came is no clip; its code stays with the error from thread to thread. */
class NoClip extends Error {
  readonly code: 'NO_CLIP' | 'OTHER_FILE';

  constructor(code: NoClip['code']) {
    super('It is no clip.');
    this.code = code;
  }
}

/**
 * The error of an answer that is not a clip, with what it says. Words may be about a clip that is not
 * there yet; a file of another kind stays what it is: see {@link isOtherFile}.
 *
 * @param text what can be read of it
 */
export function noClip(
  from: URL,
  kind: Extract<FileKind, { readonly name: string }>,
  text: string,
  secrets: readonly string[],
  status: number,
): ScenewrightError {
  const fact = hostOf(from).say((host) =>
    t('Instead of the clip there came {1}, from {0}.', host, kind.name),
  );
  if (kind.is === 'words') {
    const said = saidIn(text, secrets);
    const cause = new NoClip('NO_CLIP');
    return new ScenewrightError('bad-answer', withWords(fact, said), {
      status,
      cause,
      said: said || undefined,
    });
  }
  return new ScenewrightError('bad-answer', withWords(fact, nameInside(text)), {
    status,
    cause: new NoClip('OTHER_FILE'),
    advice: t(
      'Fetching it again brings the same. See to it that the service makes an MP4 or WebM video, then retry: that orders it anew.',
    ),
  });
}

/** Whether a service sent a file of another kind, which no retry makes a clip of. */
export function isOtherFile(error: unknown): boolean {
  const { cause } = error instanceof Error ? error : {};
  return (Object(cause) as { readonly code?: unknown }).code === 'OTHER_FILE';
}

/** What an archive has first; one line, and only what can be shown. */
function nameInside(latin1: string): string {
  if (!latin1.startsWith('PK')) return '';
  const length = latin1.charCodeAt(26) + 256 * latin1.charCodeAt(27);
  const name = latin1.slice(30, 30 + length);
  return /^[\x20-\x7e]{1,100}$/.test(name) ? name : '';
}
