import type { Block } from '../markdown/block-types.ts';
import { plainText } from '../markdown/inline-text.ts';
import { type KnownNames, named } from '../names.ts';
import { namesTogether } from '../problems/known-speakers.ts';
import type { Scene } from '../script-model.ts';
import { leadOf } from './paragraph-lead.ts';
import { labelKind } from './part-labels.ts';
import { isOwnBlock, splitTable } from './own-blocks.ts';
import { isCast, readField, readNames, readSeconds, splitFields } from './scene-fields.ts';

/** The line with place, time, cast and seconds that a scene begins with. */

export type Meta = Pick<Scene, 'place' | 'time' | 'cast' | 'seconds'>;

/** The fields of `*Lamp room · night · Mara · 8 s*`, whatever its emphasis; nothing for other paragraphs. */
export function metaFields(raw: string): string[] | undefined {
  const inner = withoutEmphasis(raw.trim());
  if (inner !== undefined) {
    const fields = splitFields(inner);
    const [last = ''] = fields.slice(-1);
    if (fields.length > 1 || readSeconds(last) !== undefined) return fields;
    const parted = inner.split(/\s+(?:[-–—/]|-{2,3})\s+/u);
    return parted.length > 2 && readSeconds(parted.at(-1) ?? '') !== undefined ? parted : undefined;
  }
  const fields = splitFields(raw);
  if (fields.length < 4 || readSeconds(fields.at(-1) ?? '') === undefined) return undefined;
  // Whatever a label tells may look like fields.
  if (labelKind(leadOf(fields[0] ?? '')?.name ?? '') !== undefined) return undefined;
  return fields.some((field) => /^[*_]|[*_]$/.test(plainText(field))) ? undefined : fields;
}

/** Whether a paragraph is such a line for certain, wherever it stands. */
export function isSureMeta(raw: string): boolean {
  const fields = metaFields(raw);
  return fields !== undefined && isSure(raw, fields);
}

/** A paragraph that is such a line, or begins with one. */
export interface MetaLine {
  readonly block: Block;
  readonly fields: readonly string[];
  /** What follows it in its paragraph. */
  readonly below: string;
}

/**
 * The line of a scene: the first that is one for certain, wherever it stands, or before anything is told
 * in words the first that may be one. Lists, pictures and prompts tell nothing of where the scene is.
 */
export function metaIn(blocks: readonly Block[]): MetaLine | undefined {
  let isOpen = true;
  for (const block of blocks) {
    if (block.type === 'heading') return undefined;
    if (isOwnBlock(block) || block.type === 'code') continue;
    const raw = onlyParagraph(block);
    const line = raw === undefined ? undefined : lineIn(raw, isOpen && block.type === 'paragraph');
    if (line) return { block, ...line };
    if (
      block.type === 'quote' ||
      (block.type === 'paragraph' && plainText(raw ?? '').trim() !== '')
    )
      isOpen = false;
  }
  return undefined;
}

/** Whether a block is nothing but such a line. */
export function isMetaBlock(block: Block): boolean {
  return metaIn([block])?.below === '';
}

/** The source of a paragraph, or of the only one in a list or quote. */
function onlyParagraph(block: Block): string | undefined {
  if (block.type === 'paragraph') return splitTable(block.raw).text;
  const children =
    block.type === 'list'
      ? block.items.flatMap((item) => item.own.children)
      : block.type === 'quote'
        ? block.children
        : [];
  const [only, ...more] = children;
  if (only?.type !== 'paragraph' || more.length > 0) return undefined;
  // Without emphasis it is what somebody says.
  return block.type === 'list' || /^[*_]/.test(only.raw) ? only.raw : undefined;
}

function lineIn(
  raw: string,
  isOpen: boolean,
): { fields: readonly string[]; below: string } | undefined {
  const fields = metaFields(raw);
  if (fields && (isOpen || isSure(raw, fields))) return { fields, below: '' };
  const end = raw.search(/\\?\n/);
  if (end === -1 || !/^[*_]/.test(raw)) return undefined;
  const first = raw.slice(0, end);
  const alone = metaFields(first);
  if (!alone || alone.length < 4 || !isSure(first, alone)) return undefined;
  return { fields: alone, below: raw.slice(end).replace(/^\\?\n/, '') };
}

/** Whether it says so much that it is one also where it does not stand first: seconds at its end, above all. */
function isSure(raw: string, fields: readonly string[]): boolean {
  const last = fields.at(-1) ?? '';
  if (readSeconds(last) === undefined) return false;
  return /^[*_]/.test(raw) && fields.length > 3
    ? true
    : fields.length > 2 && !/^\p{Nd}+$/u.test(last);
}

const emphasised = [
  /^(\*{1,3})(?!\*)((?:\\[\s\S]|[^*\\])+)\1$/,
  /^(_{1,3})(?!_)((?:\\[\s\S]|[^_\\]|_(?=[\p{L}\p{N}]))+)\1$/u,
  /^(?:\*\*_|\*__)((?:\\[\s\S]|[^*_\\])+)(?:_\*\*|__\*)$/,
  /^(?:_\*\*|__\*)((?:\\[\s\S]|[^*_\\])+)(?:\*\*_|\*__)$/,
];

function withoutEmphasis(raw: string): string | undefined {
  if (!/^[*_]/.test(raw)) return undefined;
  for (const form of emphasised) {
    const found = form.exec(raw);
    if (found) return found[2] ?? found[1];
  }
  return undefined;
}

export function readMeta(
  given: readonly string[],
  otherwise: Meta,
  names: KnownNames,
): Meta & { badSeconds: boolean } {
  const fields = [...given];
  const seconds = readSeconds(fields.at(-1) ?? '');
  const full = fields.length > 3;
  if (seconds !== undefined || full) fields.pop();
  if (fields.length === 0)
    return { ...otherwise, badSeconds: false, seconds: seconds ?? otherwise.seconds };
  let [place = '', time = '', cast = ''] = fields;
  if (fields.length === 2 && isCast(time, names)) [time, cast] = ['', time];
  if (fields.length === 1 && isCast(place, names)) [place, cast] = ['', place];
  return {
    badSeconds: full && seconds === undefined,
    seconds: seconds ?? otherwise.seconds,
    place: readField(place),
    time: readField(time),
    cast: readNames(withoutEmphasis(cast) ?? cast).flatMap((name) => together(name, names)),
  };
}

/** `Mara and Old Tom` are two, where both are known and not the pair of them. */
function together(name: string, { characters }: KnownNames): readonly string[] {
  if (named(characters, name)) return [name];
  const all = namesTogether(name);
  return all.length > 1 && all.every((one) => named(characters, one)) ? all : [name];
}
