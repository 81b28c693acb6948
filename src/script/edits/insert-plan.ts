import { marksOf } from './edit-title.ts';
import { editFrontMatter } from './edit-front-matter.ts';
import { insertBlocks, type Insertion, withEol } from './insert-blocks.ts';
import { outlineItems } from '../parse/outline-items.ts';
import type { Plan } from '../script-model.ts';
import { normalisePlan } from '../normalise-scene.ts';
import { withoutAttributes } from '../markdown/shown-words.ts';
import { loglineOf, readingOf, titleOf } from '../parse/parse-script.ts';
import type { ParsedScript } from '../parse/parsed-script.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import {
  renderOutline,
  renderParagraph,
  renderQuote,
  renderTitle,
} from '../render/render-scene.ts';
import { wordsOf } from '../render/script-words.ts';
import { type TextEdit, tidyEdits } from './text-edit.ts';

/**
 * Put a plan into the document: title and logline, characters and places into the front matter, the
 * outline. What the writer has put there meanwhile stays:
 *
 * - a title that differs between front matter and heading has been changed by hand;
 * - text under the title takes the place of the logline;
 * - characters and places that have an entry already keep it;
 * - beats whose id the outline has already are left alone; others go behind the last one.
 *
 * @param writer Label of the writer model.
 * @param notice What the writer should know of the plan; a quote behind the logline that comes with it.
 */
export function insertPlan(
  parsed: ParsedScript,
  plan: Plan,
  writer: string,
  notice = '',
): TextEdit[] {
  const { text, eol } = parsed;
  const { layout, front } = readingOf(parsed);
  const { title, logline, bible, outline } = normalisePlan(plan);
  const heading = titleOf(layout);
  const own = heading !== '' && front.title !== '' && heading !== front.title;

  const edits = editFrontMatter(text, layout, {
    set: {
      ...(front.isScript ? {} : { scenewright: 1 }),
      ...(own || title === '' ? {} : { title }),
      ...(writer === '' ? {} : { writer }),
    },
    add: {
      characters: bible.characters.map(({ name, look, voice }) => ({
        name,
        ...(look === '' ? {} : { look }),
        ...(voice === '' ? {} : { voice }),
      })),
      places: bible.places.map(({ name, look }) => ({ name, ...(look === '' ? {} : { look }) })),
    },
  });

  const insertions: Insertion[] = [];
  const top = layout.title ? layout.title.index : -1;
  if (layout.title && !own && title !== '' && heading !== title) {
    const { raw, rawSpan, end } = layout.title.content.heading;
    const start = raw === '' ? end : rawSpan.start;
    const last = raw === '' ? rawSpan.end : rawSpan.start + withoutAttributes(raw).length;
    const span = shiftedSpan({ start, end: last }, layout.title.at);
    edits.push({ ...span, text: `${raw === '' ? ' ' : ''}${renderTitle(title)}${marksOf(raw)}` });
  }
  if (!layout.title && title !== '') {
    insertions.push({ after: top, blocks: [`# ${renderTitle(title)}`] });
  }
  const hasLogline = loglineOf(layout) !== '' || front.logline !== '';
  if (logline !== '' && !hasLogline) {
    const quote = notice === '' ? [] : [renderQuote(notice)];
    insertions.push({ after: top, blocks: [renderParagraph(logline), ...quote] });
  }
  insertions.push(...outlineInsertions(parsed, outline));
  edits.push(...insertBlocks(text, layout, insertions));
  return tidyEdits(withEol(edits, eol));
}

function outlineInsertions(script: ParsedScript, outline: Plan['outline']): Insertion[] {
  const { text, outline: beats, reading } = script;
  const known = new Set(beats.map(({ beat }) => beat.id));
  const missing = outline.filter(({ id }) => !known.has(id));
  if (missing.length === 0) return [];
  const { title, outline: section, scenes, level } = reading.layout;
  const words = wordsOf(script);
  if (!section) {
    const [heading = ''] = words.labels.outline;
    const source = [`${'#'.repeat(level)} ${heading}`, renderOutline(missing, words)];
    if (title) return [{ after: title.index + title.content.blocks.length, blocks: source }];
    const first = scenes[0];
    return [{ after: first ? first.index - 1 : -1, blocks: source }];
  }
  const { index, content, at } = section;
  const items = outlineItems(content.blocks, text, at);
  const [first] = items;
  const last = items.at(-1);
  if (!first || !last) return [{ after: index, blocks: [renderOutline(missing, words)] }];
  const count = beats.length;
  const mark = /^[-+*]|(?<=^\d{1,9})[.)]/.exec(text.slice(at + last.item.start))?.[0];
  // An outline that grows was begun before anybody knew how long its numbers would be.
  const isAligned = text.charAt(at + first.item.start - 1) === ' ';
  const longest = isAligned ? count + missing.length : count + 1;
  const source = renderOutline(missing, words, count + 1, longest, mark);
  return [{ after: index + 1 + last.block, blocks: [source] }];
}
