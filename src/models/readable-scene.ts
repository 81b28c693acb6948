import { withoutWrapping } from './language-model/answer-reading.ts';

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

/** UTF-16 code units that are looked at for every piece: no scene is longer, nor any thought before it. */
const maxScene = 32_000;
const maxThoughts = 512_000;

/**
 * The string members of the outermost object of a JSON text that may break off anywhere; the last
 * one as far as it has come. Never throws: what cannot be read ends the list. Called for every piece
 * of a streamed answer, so it leaves the going over the text to regular expressions.
 */
export function partialStrings(textSoFar: string): Map<string, string> {
  if (textSoFar.length > maxThoughts) return new Map();
  const text = withoutWrapping(textSoFar).slice(0, maxScene);
  const members = new Map<string, string>();
  const start = text.indexOf('{');
  if (start === -1) return members;
  let depth = 1;
  let key: string | undefined;
  let expectsValue = false;
  const tokens = new RegExp(token);
  tokens.lastIndex = start + 1;
  for (let found = tokens.exec(text); found !== null; found = tokens.exec(text)) {
    const [sign, content] = found;
    if (content !== undefined) {
      const closed = text[tokens.lastIndex] === '"';
      if (depth === 1) {
        if (expectsValue && key !== undefined) members.set(key, decode(content, closed));
        else if (closed) key = decode(content, closed);
        expectsValue = false;
      }
      if (!closed) break;
      tokens.lastIndex++;
    } else if (sign === '{' || sign === '[') depth++;
    else if (sign === '}' || sign === ']') depth--;
    else if (depth === 1) expectsValue = sign === ':';
    if (depth === 0) break;
  }
  return members;
}

/** A sign of JSON's syntax, or a string from its opening quote up to where it ends or breaks off. */
const token = /"((?:[^"\\]+|\\(?:u[\da-f]{4}|[^u]))*)|[{}[\]:,]/gi;

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
};

/** What a string says that ends, or breaks off, behind `content`. */
function decode(content: string, closed: boolean): string {
  const said = content.includes('\\')
    ? content.replace(/\\(?:u([\da-f]{4})|([^u]))/gi, (_, hex?: string, kind = '') =>
        hex === undefined
          ? (escapes[kind as string] ?? (kind as string))
          : String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : content;
  // Half of a surrogate pair would show as a broken sign until the other half arrives.
  return closed ? said : said.replace(/[\uD800-\uDBFF]$/, '');
}
