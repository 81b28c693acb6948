import { withoutWrapping } from './json.ts';

/**
 * What can be read already of a scene whose JSON is still streaming in: title, action, narration,
 * each as far as it has come, parted by empty lines.
 */
export function readableScene(textSoFar: string): string {
  const fields = partialStrings(textSoFar);
  return ['title', 'action', 'narration']
    .map((name) => fields.get(name)?.trim() ?? '')
    .filter((text) => text !== '')
    .join('\n\n');
}

/**
 * The string members of the outermost object of a JSON text that may break off anywhere; the last
 * one as far as it has come. Never throws: what cannot be read ends the list.
 */
export function partialStrings(textSoFar: string): Map<string, string> {
  const text = withoutWrapping(textSoFar);
  const members = new Map<string, string>();
  let at = text.indexOf('{') + 1;
  if (at === 0) return members;
  let depth = 1;
  let key: string | undefined;
  let expectsValue = false;
  while (at < text.length && depth > 0) {
    const character = text[at];
    if (character === '"') {
      const string = readString(text, at + 1);
      if (depth === 1) {
        if (expectsValue && key !== undefined) members.set(key, string.value);
        else if (string.closed) key = string.value;
        expectsValue = false;
      }
      at = string.end;
      continue;
    }
    if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    else if (depth === 1 && character === ':') expectsValue = true;
    else if (depth === 1 && character === ',') expectsValue = false;
    at++;
  }
  return members;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

/** Decode a JSON string from just after its opening quote up to its end, or the end of the text. */
function readString(text: string, start: number): { value: string; end: number; closed: boolean } {
  let value = '';
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '"') return { value, end: at + 1, closed: true };
    if (character !== '\\') {
      value += character;
      at++;
      continue;
    }
    const kind = text.charAt(at + 1);
    if (kind === 'u') {
      const hex = text.slice(at + 2, at + 6);
      if (hex.length < 4) break;
      value += String.fromCharCode(Number.parseInt(hex, 16));
      at += 6;
    } else {
      if (kind === '') break;
      value += escapes[kind] ?? kind;
      at += 2;
    }
  }
  // Half of a surrogate pair would show as a broken sign until the other half arrives.
  return { value: value.replace(/[\uD800-\uDBFF]$/, ''), end: text.length, closed: false };
}
