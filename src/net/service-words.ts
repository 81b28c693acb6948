import { redact } from './redact.ts';

/** The most that is shown of a service's own words, in characters. */
const longest = 300;

/** Words of a service as they may be shown: on one line, not long, and without secrets. */
export function quoted(words: string, secrets: readonly string[]): string {
  // What is cut off afterwards cannot hide half a secret.
  const line = redact(words, secrets).replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}

/** The service's own words in an error's body, as they may be shown; nothing of an HTML page. */
export function saidIn(text: string, secrets: readonly string[]): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.startsWith('<')) return '';
  try {
    return quoted(messageIn(JSON.parse(trimmed)) ?? '', secrets);
  } catch {
    // Not JSON: the text itself is what it says.
    return quoted(trimmed, secrets);
  }
}

/** Whether words, or the name of an error, speak of what may not be shown or told. */
export function isAboutContent(words: string): boolean {
  return /content[ ._-]?(filter|policy|management|moderation)|responsible[ ._-]?ai|moderat|prohibited[ ._-]?content|safety|flagged/i.test(
    words,
  );
}

/** `{error: {message}}`, `{error: "…"}`, `{detail}`, `{message}`: the usual places. */
function messageIn(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = value as Record<string, unknown>;
  for (const name of ['message', 'error', 'detail', 'msg', 'title']) {
    const said = messageIn(fields[name]);
    if (said) return said;
  }
  return Array.isArray(value) ? messageIn(value[0]) : undefined;
}
