import path from 'node:path';
import { addressFrom, escapeHtml } from '../../base/html.ts';
import { t } from '../../base/l10n.ts';
import { blocksOf, readBlocks } from '../../script/markdown/read-blocks.ts';
import { mayBeScript } from '../../script/parse/is-script.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { sceneLabel } from '../../script/render/script-words.ts';

/** What a row that is dragged stands for. Paths are absolute. */
export interface DraggedClip {
  readonly scene: number;
  readonly title: string;
  readonly file: string;
  readonly poster?: string;
}

/** How a clip can stand in a Markdown document. */
export type ClipMarkup = 'player' | 'poster';

/**
 * Read what was dragged back from its text; nothing for any other text. Anybody may have made it, so
 * only what a row of the list could be counts: clips and posters with absolute paths.
 */
export function readClips(text: string): readonly DraggedClip[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.filter(isClip) : [];
}

function isClip(value: unknown): value is DraggedClip {
  if (typeof value !== 'object' || value === null) return false;
  const { scene, title, file, poster } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(scene) &&
    typeof title === 'string' &&
    isPath(file, clipEnd) &&
    (poster === undefined || isPath(poster, posterEnd))
  );
}

const clipEnd = /\.(?:mp4|webm|mkv|m2t|avi|flv)$/iu;
const posterEnd = /\.(?:jpe?g|png|webp|gif)$/iu;

function isPath(value: unknown, end: RegExp): boolean {
  return (
    typeof value === 'string' && path.isAbsolute(value) && value.isWellFormed() && end.test(value)
  );
}

/**
 * A block for each clip, to go into the Markdown document at `document`: a player, or its poster with
 * a link where it has one. To a script both are the writer's own: they belong to no scene.
 *
 * @param text of the document: a script's own word for a scene is used in it
 */
export function clipBlocks(
  clips: readonly DraggedClip[],
  markup: ClipMarkup,
  document: string,
  text: string,
): string[] {
  const script = mayBeScript(text) ? parseScript(text) : undefined;
  return clips.map((clip) => {
    const { scene, title, file, poster } = clip;
    const name =
      script?.isScript === true
        ? sceneLabel(script, scene, title)
        : t('Scene {0}: {1}', scene, title);
    const label = name.replace(/\s+/gu, ' ').trim();
    const address = addressFrom(document, file);
    const picture = poster === undefined ? undefined : addressFrom(document, poster);
    if (markup === 'poster' && picture !== undefined) {
      return `[![${escapeMarkdown(label)}](${picture})](${address})`;
    }
    const frame = picture === undefined ? '' : ` poster="${picture}"`;
    return `<video controls src="${address}"${frame} title="${escapeHtml(label)}"></video>`;
  });
}

function escapeMarkdown(text: string): string {
  return text.replace(/[\\[\]*_`<>&!~#|]/gu, '\\$&');
}

/** So many places are tried, each by reading the document anew; the end of it always does. */
const maxTries = 50;

/**
 * Put blocks of the writer's own into a document: behind the block that the offset is in, and in a
 * script no sooner than where the script still reads the same, so that they end up in no prompt,
 * speech or front matter.
 */
export function placeBlocks(
  text: string,
  offset: number,
  blocks: readonly string[],
): { readonly offset: number; readonly text: string } {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const inner = blocks.join(eol + eol);
  const places = placesFrom(text, offset);
  const insertion = (at: number): string => {
    const before = lineEndsBefore(text, at);
    const after = lineEndsAfter(text, at);
    const lead = at === 0 ? '' : eol.repeat(Math.max(0, 2 - before));
    const rest = at === text.length ? eol : eol.repeat(Math.max(0, 2 - after));
    return lead + inner + rest;
  };
  const before = mayBeScript(text) ? parseScript(text) : undefined;
  const present = meaningOf(before);
  const isHarmless = (at: number): boolean => {
    const after = text.slice(0, at) + insertion(at) + text.slice(at);
    return meaningOf(mayBeScript(after) ? parseScript(after, before) : undefined) === present;
  };
  const at = places.slice(0, maxTries).find(isHarmless) ?? text.length;
  return { offset: at, text: insertion(at) };
}

/** The offset itself where no block is open there, then the ends of all blocks behind it. */
function placesFrom(text: string, offset: number): number[] {
  const read = readBlocks(text);
  const { start, frontMatter } = read;
  const blocks = blocksOf(read);
  const spans = frontMatter === undefined ? blocks : [frontMatter, ...blocks];
  const isFree = offset >= start && !spans.some((span) => span.start < offset && offset < span.end);
  // A scene's id is found anywhere in it, but stays with its heading.
  const ends = spans
    .map(({ end }) => end)
    .filter(
      (end) => end >= offset && !/^\s*<!--\s*(?:scene|id)\s*:/u.test(text.slice(end, end + 200)),
    );
  return isFree && isOnBlankLine(text, offset) ? [offset, ...ends] : ends;
}

function isOnBlankLine(text: string, offset: number): boolean {
  return (
    /(?:^|\n)[ \t]*$/u.test(text.slice(0, offset)) && /^[ \t]*(?:\r?\n|$)/u.test(text.slice(offset))
  );
}

/** Line ends right before an offset, as far as they count: 0, 1 or 2. */
function lineEndsBefore(text: string, at: number): number {
  const found = /(?:\r?\n[ \t]*){0,2}$/u.exec(text.slice(Math.max(0, at - 200), at));
  return (found?.[0].match(/\n/gu) ?? []).length;
}

function lineEndsAfter(text: string, at: number): number {
  const found = /^(?:[ \t]*\r?\n){0,2}/u.exec(text.slice(at, at + 200));
  return (found?.[0].match(/\n/gu) ?? []).length;
}

/** All that a script says; the same for texts that read the same. Nothing for other documents. */
function meaningOf(script: ParsedScript | undefined): string {
  if (script?.isScript !== true) return '';
  const { brief, title, logline, bible, outline, scenes } = script;
  return JSON.stringify([
    brief,
    title,
    logline,
    bible,
    outline.map(({ beat }) => beat),
    scenes.map(({ id, scene }) => [id, scene]),
  ]);
}
