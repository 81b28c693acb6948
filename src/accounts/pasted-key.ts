import { t } from '../base/l10n.ts';

/** A key as it can be sent, or why what was pasted is none, in a sentence for the person. */
export type PastedKey = { readonly key: string } | { readonly fault: string };

/**
 * The key in what somebody pasted. Plain slips are taken off: spaces around it, quotes, the name of
 * the header or of the variable that it came with. What then still cannot be sent in a header, or is
 * plainly no key, is refused: nothing is left out of the middle of a key.
 */
export function pastedKey(pasted: string): PastedKey {
  const key = withoutSlips(pasted);
  if (key === '') return { fault: t('Paste the key.') };
  if (/[…•]|\.{3}|\*{3}/.test(key)) {
    return {
      fault: t('This is a key with its middle left out, as services show it. Paste the whole key.'),
    };
  }
  if (/\s/.test(key)) {
    return { fault: t('There is a space or a line break within the key. Paste the key alone.') };
  }
  // What is not visible ASCII cannot stand in a header.
  const odd = /[^\x21-\x7e]/u.exec(key)?.[0];
  if (odd !== undefined) {
    return {
      fault: t('“{0}” cannot be part of a key. Copy the key again from where it was made.', odd),
    };
  }
  return { key };
}

/** What stands around a key where it was copied. */
const around = /^[\s\p{Cf}"'`“”‘’„«»]+|[\s\p{Cf}"'`“”‘’„«»,;]+$/gu;

/** The names that a key is copied with, of headers, schemes and variables. */
const names =
  /^(?:export\s+|set\s+)?(?:(?:authorization|(?:x-)?(?:goog-)?api-key)\s*:\s*|[A-Z][A-Z0-9_]*(?:KEY|TOKEN)\s*=\s*|(?:bearer|key)(?:\s+|$))/iu;

function withoutSlips(pasted: string): string {
  for (let text = pasted; ;) {
    const less = text.replace(around, '').replace(names, '');
    if (less === text) return less;
    text = less;
  }
}
