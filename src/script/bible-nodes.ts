import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { memoize } from '../base/memoize.ts';
import type { Span } from './markdown/block-types.ts';
import { findFrontMatter } from './markdown/find-front-matter.ts';
import { normaliseLine } from './normalise-text.ts';
import type { FrontMatter } from './parse/front-matter.ts';
import { readYaml } from './parse/read-yaml.ts';
import type { BibleList } from './problems/script-problem.ts';

/** A text of the front matter, and where it stands in the document. */
export interface YamlText {
  readonly text: string;
  readonly span: Span;
}

/** A character or place where the front matter has it. */
export interface BibleNode {
  readonly list: BibleList;
  readonly name: YamlText;
  /** The paths of its pictures. */
  readonly pictures: readonly YamlText[];
}

/** Characters and places in the order of the document; none where the front matter cannot be read. */
export const bibleNodes = memoize(({ head }: FrontMatter): readonly BibleNode[] => {
  const content = findFrontMatter(head)?.content;
  const document = content && readYaml(head.slice(content.start, content.end));
  if (content === undefined || document === undefined || typeof document === 'string') return [];
  const textsIn = (node: unknown): YamlText[] => {
    if (isSeq(node)) return node.items.flatMap(textsIn);
    if (!isScalar(node) || !node.range) return [];
    const text = normaliseLine(String(node.value));
    const [start, end] = node.range;
    const span = { start: content.start + start, end: content.start + end };
    return text === '' ? [] : [{ text, span }];
  };
  return (['characters', 'places'] as const).flatMap((list) => {
    const entries = valueAt(document.contents, list);
    return (isSeq(entries) ? entries.items : []).flatMap((entry): BibleNode[] => {
      const [name] = isScalar(entry) ? textsIn(entry) : textsIn(valueAt(entry, 'name'));
      if (name === undefined) return [];
      const value = valueAt(entry, 'picture') ?? valueAt(entry, 'pictures');
      const pictures =
        isMap(value) && list === 'places'
          ? [...textsIn(valueAt(value, 'inside')), ...textsIn(valueAt(value, 'outside'))]
          : textsIn(value);
      return [{ list, name, pictures }];
    });
  });
});

function valueAt(map: unknown, key: string): Node | undefined {
  if (!isMap(map)) return undefined;
  const pair = map.items.find((one) => isScalar(one.key) && one.key.value === key);
  return (pair?.value as Node | null | undefined) ?? undefined;
}
