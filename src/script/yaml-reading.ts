import { type Document, isScalar, Lexer, parseDocument, visit, YAMLParseError } from 'yaml';
import { limits } from './limits.ts';

/**
 * Every scalar as text, several documents as an error, and no warnings on the process: those would
 * show what the writer typed in the log. That keys are unique is looked at here: the library compares
 * each with each.
 */
const reading = {
  schema: 'failsafe',
  prettyErrors: false,
  logLevel: 'error',
  uniqueKeys: false,
} as const;

/**
 * Read front matter as YAML, in a time that grows with its length alone. What is wrong with it is in
 * the document's `errors`.
 *
 * @returns why it is not read, for what is nested too deeply or too large
 */
export function readYaml(source: string): Document.Parsed | string {
  const beyond = beyondYaml(source);
  if (beyond !== undefined) return beyond;
  let document: Document.Parsed;
  try {
    document = parseDocument(source, reading);
  } catch {
    return 'The front matter cannot be read';
  }
  requireUniqueKeys(document);
  return document;
}

/** Tokens of the lexer's own, which stand nowhere. */
const lexerSigns = '\u0002\u0018\u001f\ufeff';

/** Why front matter is beyond what is read as YAML; nothing for all that a script can have. */
function beyondYaml(source: string): string | undefined {
  if (source.length > limits.frontMatter) return 'The front matter is too long';
  /** The columns at which something stands that what follows may stand in. */
  const columns: number[] = [];
  let column = 0;
  let flow = 0;
  let tokens = 0;
  for (const token of new Lexer().lex(source)) {
    if (++tokens > limits.frontMatterTokens) return 'The front matter is too large';
    const first = token.charAt(0);
    if (first === '[' || first === '{') flow++;
    else if (first === ']' || first === '}') flow = Math.max(0, flow - 1);
    if (first === '\n' || first === '\r') {
      column = 0;
      continue;
    }
    if (lexerSigns.includes(first)) continue;
    if (flow === 0 && !' \t#]}'.includes(first)) {
      while ((columns.at(-1) ?? -1) >= column) columns.pop();
      columns.push(column);
    }
    if (columns.length + flow > limits.frontMatterDepth) {
      return 'The front matter is nested too deeply';
    }
    const lineStart = token.lastIndexOf('\n') + 1;
    column = lineStart === 0 ? column + token.length : token.length - lineStart;
  }
  return undefined;
}

function requireUniqueKeys(document: Document.Parsed): void {
  visit(document, {
    Map(_, map) {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) {
          const [start = 0, end = start] = key.range ?? [];
          document.errors.push(
            new YAMLParseError([start, end], 'DUPLICATE_KEY', 'Map keys must be unique'),
          );
          return;
        }
        keys.add(key.value);
      }
    },
  });
}
