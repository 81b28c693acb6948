import { limits } from '../limits.ts';

/**
 * Whether a document may be a script, told from its front matter alone and without reading YAML or
 * Markdown: every Markdown document is asked this after every key stroke. Nothing else is to be
 * parsed. Whether it really is one, `parseScript` says: the front matter may name another format.
 *
 * @param head the document, or its beginning as far as {@link limits.frontMatter} at least
 */
export function mayBeScript(head: string): boolean {
  const opening = /^\ufeff?---[ \t]*(?:\r\n|\n|\r)/.exec(head.slice(0, 1000));
  if (!opening) return false;
  const start = opening[0].length;
  // With room for the line that ends it, and for seeing that it is longer than it may be.
  const inside = head.slice(start, start + limits.frontMatter + 10);
  const end = inside.search(/^---[ \t]*$/m);
  return formatKey.test(end === -1 ? inside : inside.slice(0, end));
}

const formatKey = /(?:^|[{,])[ \t]*(["']?)scenewright\1[ \t]*:/m;
