import { type Block, isLone } from './block-types.ts';
import { hasMarkup } from './inline-text.ts';
import { effortOf } from '../limits.ts';

/** What reading the inline markup of all blocks will take, as `limits.effort` counts. */
export function inlineEffort(blocks: readonly Block[]): number {
  let effort = 0;
  const open = [...blocks];
  for (let block = open.pop(); block; block = open.pop()) {
    if (block.type === 'heading' || block.type === 'paragraph') effort += effortOfRaw(block.raw);
    else if (block.type === 'quote') for (const child of block.children) open.push(child);
    else if (block.type === 'list') {
      for (const { own } of block.items) {
        if (isLone(own)) effort += own.inlineEffort;
        else for (const child of own.children) open.push(child);
      }
    }
  }
  return effort;
}

/** What is read without the parser: the name of a speaker or the title of a beat, and an id. */
const own = /^\*\*[^*\\\n]+\*\*|<!-- [\w: ]* -->$/gm;

function effortOfRaw(raw: string): number {
  if (!hasMarkup(raw)) return 0;
  const rest = raw.replace(own, '');
  return hasMarkup(rest) ? effortOf(rest) : 0;
}
