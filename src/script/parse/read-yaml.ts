import { type Document, isScalar, Lexer, parseDocument, Parser, visit, YAMLParseError } from 'yaml';
import { t } from '../../base/l10n.ts';
import { limits } from '../limits.ts';

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
  // Each fault becomes an `Error`, with a stack that nobody reads and that costs more than the parsing:
  // an extension host keeps a hundred frames of each.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    document = parseDocument(source, reading);
  } catch {
    return t('The front matter cannot be read');
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  requireUniqueKeys(document);
  return document;
}

/**
 * What front matter says as plain data. Entries whose key is no text are left out: the library writes
 * such a key out as YAML again in each key that it stands in, and no setting of a script has one.
 *
 * @throws where aliases go on without end
 */
export function valuesOf(document: Document): unknown {
  visit(document, {
    Map(_, map) {
      map.items = map.items.filter(({ key }) => isScalar(key));
    },
  });
  return document.toJS() as unknown;
}

/**
 * Why front matter is beyond what is read as YAML; nothing for all that a script can have. How deep it
 * is nested the parser itself says: what is made of deep nesting, such as the texts of keys that are
 * collections, takes far more time than the parsing.
 */
function beyondYaml(source: string): string | undefined {
  if (source.length > limits.frontMatter) return t('The front matter is too long');
  const parser = new Parser();
  let tokens = 0;
  let aliases = 0;
  for (const token of new Lexer().lex(source)) {
    if (token.startsWith('*')) aliases++;
    if (++tokens > limits.frontMatterTokens || aliases > limits.frontMatterAliases) {
      return t('The front matter is too large');
    }
    const step = parser.next(token);
    while (step.next().done === false) {
      // What it yields are whole documents, which are not wanted here.
    }
    if (parser.stack.length > limits.frontMatterDepth) {
      return t('The front matter is nested too deeply');
    }
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
            new YAMLParseError([start, end], 'DUPLICATE_KEY', t('Map keys must be unique')),
          );
          return;
        }
        keys.add(key.value);
      }
    },
  });
}
