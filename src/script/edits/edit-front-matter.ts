import type { Document, Node, Range, YAMLMap, YAMLSeq } from 'yaml';
import { isMap, isNode, isScalar, isSeq, stringify } from 'yaml';
import type { Blocks } from '../markdown/read-blocks.ts';
import { lineEnd } from '../markdown/lines.ts';
import { sameName } from '../names.ts';
import { normaliseLine } from '../normalise-text.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { readYaml } from '../parse/read-yaml.ts';

interface NamedEntry {
  readonly name: string;
}

/** What a plan brings into the front matter. */
export interface FrontMatterChanges {
  /** Texts to set, whatever is there now. */
  readonly set: Readonly<Record<string, string | number>>;
  /** Entries for lists; those whose name is in the list already are left as the writer has them. */
  readonly add: Readonly<Record<string, readonly NamedEntry[]>>;
}

/** YAML that every reader, old or new, takes for the same values. */
export function renderYaml(value: Readonly<Record<string, unknown>>): string {
  return stringify(value, yamlStyle);
}

const yamlStyle = { compat: 'yaml-1.1', lineWidth: 80 } as const;

/**
 * Edits that change these values and leave everything else, comments and unknown keys included, as
 * it is. Front matter that cannot be read is only added to, so that nothing the plan brought is lost
 * and the writer can mend it. Line ends are `\n`.
 */
export function editFrontMatter(
  text: string,
  layout: Pick<Blocks, 'start' | 'frontMatter'>,
  changes: FrontMatterChanges,
): TextEdit[] {
  const { frontMatter, start } = layout;
  if (!frontMatter) {
    const yaml = renderYaml({ scenewright: 1, ...changes.set, ...filled(changes.add) });
    return [{ start, end: start, text: `---\n${yaml}---\n\n` }];
  }
  const { content } = frontMatter;
  const source = text.slice(content.start, content.end);
  const edits = editYaml(source, changes);
  return edits.map((edit) => ({
    start: content.start + edit.start,
    end: content.start + edit.end,
    text: edit.text,
  }));
}

/**
 * The edit after which a look can be typed for an entry that has none, at the end of what it puts in;
 * nothing where the entry is not there or in a rare shape. Line ends are `\n`.
 */
export function roomForLook(source: string, list: string, name: string): TextEdit | undefined {
  const entries = valueOf(readOrNothing(source)?.contents, list);
  if (!isSeq(entries) || entries.flow) return undefined;
  for (const item of entries.items) {
    const node = isMap(item) ? item.get('name', true) : item;
    if (!isScalar(node) || !node.range || !sameName(textOf(node), name)) continue;
    const [start, end] = node.range;
    const lineStart = source.lastIndexOf('\n', start - 1) + 1;
    if (!isMap(item)) {
      const column = ' '.repeat(start - lineStart);
      const text = `name: ${source.slice(start, end)}\n${column}look: `;
      return lineEnd(source, end) === end ? { start, end, text } : undefined;
    }
    const look = item.get('look', true);
    if (item.flow || !item.range || textOf(look) !== '') return undefined;
    if (isScalar(look) && look.range) {
      const [at] = look.range;
      return { start: at, end: at, text: source.charAt(at - 1) === ':' ? ' ' : '' };
    }
    const column = ' '.repeat(item.range[0] - (source.lastIndexOf('\n', item.range[0] - 1) + 1));
    const at = lineEnd(source, end);
    return { start: at, end: at, text: `\n${column}look: ` };
  }
  return undefined;
}

function editYaml(source: string, changes: FrontMatterChanges): TextEdit[] {
  const document = readOrNothing(source);
  const map = document?.contents;
  if (!document || document.errors.length > 0 || (map !== null && !isMap(map))) {
    const wanted = { ...changes.set, ...filled(changes.add) };
    const missing = Object.entries(wanted).filter(
      ([key]) => !new RegExp(`^${key}:`, 'm').test(source),
    );
    return missing.map(([key, value]) => appended(source, key, value));
  }
  const edits = map?.flow ? undefined : rangedEdits(source, map, changes);
  if (edits && readOrNothing(applyEdits(source, edits))?.errors.length === 0) return edits;
  const text = rewritten(document, changes);
  return text === undefined ? [] : [{ start: 0, end: source.length, text }];
}

/** The changes in place; nothing when they need a shape of YAML that is too rare to edit by range. */
function rangedEdits(
  source: string,
  map: YAMLMap | null,
  { set, add }: FrontMatterChanges,
): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const [key, value] of Object.entries(set)) {
    const old = valueOf(map, key);
    if (!old) edits.push(appended(source, key, value));
    else if (!isScalar(old) || !old.range) return undefined;
    else if (textOf(old) !== String(value)) edits.push(replaced(source, old.range, key, value));
  }
  for (const [key, entries] of Object.entries(add)) {
    if (entries.length === 0) continue;
    const old = valueOf(map, key);
    if (!old) {
      edits.push(appended(source, key, entries));
    } else if (isNothing(old)) {
      if (!old.range) return undefined;
      const [start, end] = old.range;
      const at = lineEnd(source, end);
      edits.push({ start, end, text: '' });
      edits.push({ start: at, end: at, text: `\n${items(entries, 2)}` });
    } else if (isSeq(old)) {
      const missing = missingFrom(old, entries);
      if (missing.length === 0) continue;
      if (old.flow || !old.range) return undefined;
      const [start, end] = old.range;
      const at = lineEnd(source, start + source.slice(start, end).trimEnd().length);
      const column = start - (source.lastIndexOf('\n', start - 1) + 1);
      edits.push({ start: at, end: at, text: `\n${items(missing, column)}` });
    }
  }
  return edits;
}

function appended(source: string, key: string, value: unknown): TextEdit {
  return { start: source.length, end: source.length, text: renderYaml({ [key]: value }) };
}

/** On one line, so that a comment behind it stays one. */
function replaced(source: string, range: Range, key: string, value: string | number): TextEdit {
  const [start, end] = range;
  const line = stringify({ [key]: value }, { ...yamlStyle, lineWidth: 0 }).slice(key.length + 1);
  const old = source.slice(start, end).trimEnd();
  const lead = source.charAt(start - 1) === ':' ? ' ' : '';
  return { start, end: start + old.length, text: lead + line.trim() };
}

function items(entries: readonly NamedEntry[], column: number): string {
  return stringify(entries, yamlStyle)
    .trimEnd()
    .replace(/^(?=.)/gm, ' '.repeat(column));
}

/** The whole front matter anew, comments kept; nothing when it has everything already. */
function rewritten(
  document: Document.Parsed,
  { set, add }: FrontMatterChanges,
): string | undefined {
  let changed = false;
  const put = (key: string, value: unknown): void => {
    document.set(key, document.createNode(value));
    changed = true;
  };
  for (const [key, value] of Object.entries(set)) {
    if (textOf(valueOf(document.contents, key)) !== String(value)) put(key, value);
  }
  for (const [key, entries] of Object.entries(add)) {
    const old = valueOf(document.contents, key);
    if (isSeq(old)) {
      for (const entry of missingFrom(old, entries)) {
        old.add(document.createNode(entry));
        changed = true;
      }
    } else if (entries.length > 0 && (!old || isNothing(old))) {
      put(key, entries);
    }
  }
  return changed ? document.toString({ lineWidth: yamlStyle.lineWidth }) : undefined;
}

function missingFrom(seq: YAMLSeq, entries: readonly NamedEntry[]): NamedEntry[] {
  const names = seq.items.map((item) => textOf(isMap(item) ? item.get('name', true) : item));
  return entries.filter(({ name }) => !names.some((known) => sameName(known, name)));
}

function valueOf(map: unknown, key: string): Node | undefined {
  if (!isMap(map)) return undefined;
  const pair = map.items.find((one) => isScalar(one.key) && one.key.value === key);
  return isNode(pair?.value) ? pair.value : undefined;
}

function textOf(node: unknown): string {
  return isScalar(node) ? normaliseLine(String(node.value)) : '';
}

/** An empty value, `~`, `null` or an empty list. */
function isNothing(node: Node): boolean {
  if (isSeq(node)) return node.items.length === 0;
  return isScalar(node) && (node.value === null || ['', '~', 'null'].includes(textOf(node)));
}

function filled(add: FrontMatterChanges['add']): Record<string, readonly NamedEntry[]> {
  return Object.fromEntries(Object.entries(add).filter(([, entries]) => entries.length > 0));
}

/** Nothing for what is beyond our limits: it cannot be edited. */
function readOrNothing(source: string): Document.Parsed | undefined {
  const document = readYaml(source);
  return typeof document === 'string' ? undefined : document;
}
