import { asReference, isPerson, renderSpeech, type SpeakerNames } from '../parse/dialogue.ts';
import { saysFields } from '../parse/labelled-fields.ts';
import { metaFields } from '../parse/meta-line.ts';
import { asText, readsAsAction } from '../parse/told-paragraph.ts';
import {
  goingOn,
  nothing,
  renderField,
  renderNames,
  renderPlaceAndTime,
  renderSeconds,
} from '../parse/scene-fields.ts';
import { escapeInline, escapeLineStart } from '../markdown/inline-text.ts';
import type { Beat, Bible, DialogueLine, Scene } from '../script-model.ts';
import { speakerNames } from '../normalise-scene.ts';
import type { PartKind } from '../parse/scene-section.ts';
import { asTitle } from '../parse/title-parts.ts';
import { wrapWords } from '../normalise-text.ts';
import { headingLead, type ScriptWords } from './script-words.ts';
import { behind, type Colon } from '../parse/paragraph-lead.ts';

/**
 * The script's blocks as Markdown: `\n` line ends, none after the last line, wrapped at 80 columns
 * where there are spaces to wrap at. Values have to be normalised; then they read back as they are.
 */

const width = 80;

/** A space that no line is wrapped at. Values never hold this character. */
const glue = '\0';

/**
 * A scene's whole section.
 *
 * @param level of its heading
 */
export function renderScene(
  scene: Scene,
  number: number,
  bible: Bible,
  words: ScriptWords,
  level = 2,
): string {
  const heading = `${renderHeading(scene.title, number, words, level)}\n<!-- scene: ${scene.id} -->`;
  const parts = [renderPart('meta', scene, bible, words), ...renderBody(scene, bible, words)];
  return [heading, ...parts].join('\n\n');
}

/** What stands in a section beneath the line with place, time, cast and seconds. */
export function renderBody(scene: Scene, bible: Bible, words: ScriptWords): string[] {
  const part = (kind: PartKind): string => renderPart(kind, scene, bible, words);
  const questions = renderQuestions(scene.questions ?? [], words);
  const told = (['dialogue', 'narration', 'sound', 'prompt'] as const).map(part);
  return [part('action'), ...questions, ...told].filter((block) => block !== '');
}

/** What is left to the writer, a comment each. */
export function renderQuestions(questions: readonly string[], words: ScriptWords): string[] {
  const { colon, labels } = words;
  const [label = ''] = labels.question;
  return questions.map((text) =>
    wrapWords(`<!-- ${label}${behind(colon)}${text} -->`.split(' '), width).join('\n'),
  );
}

/** The blocks of one kind; empty when the scene has nothing of it. */
export function renderPart(kind: PartKind, scene: Scene, bible: Bible, words: ScriptWords): string {
  const names = speakerNames(scene.cast, bible);
  const { labels, colon } = words;
  switch (kind) {
    case 'meta':
      return renderMeta(scene);
    case 'action':
      return renderAction(scene.action, names);
    case 'dialogue':
      return renderDialogue(scene.dialogue, names, colon);
    case 'narration':
      return renderLabelled(labels.narration[0], scene.narration, colon);
    case 'sound':
      // Somebody may be called so, and would be read as speaking.
      return renderLabelled(
        labels.sound.find((word) => !isPerson(word, names)) ?? labels.sound[0],
        scene.sound,
        colon,
      );
    case 'prompt':
      return renderPrompt(scene.prompt);
  }
}

export function renderHeading(
  title: string,
  number: number,
  words: ScriptWords,
  level: number,
): string {
  return `${'#'.repeat(level)} ${headingLead(words, number, title)}${renderTitle(title)}`;
}

/** Paragraphs that begin with what would be read as a name, a label or a line of fields are said to be text. */
function renderAction(action: string, names: SpeakerNames): string {
  return action
    .split('\n\n')
    .map((text) => {
      const source = escapeInline(text);
      const isFields = metaFields(source) !== undefined || saysFields(source);
      const isAction = !isFields && readsAsAction(fill(source), names);
      return fill(isAction ? source : asText(source));
    })
    .join('\n\n');
}

/** One paragraph; `\n` in it becomes a hard break. */
export function renderParagraph(text: string): string {
  return fill(escapeInline(text));
}

/** The same as a quote. */
export function renderQuote(text: string): string {
  return fill(escapeInline(text), '> ');
}

/** A title in a heading, where hyphens alone would read as none and marks at its end would go. */
export function renderTitle(title: string): string {
  if (/^[-–—]$/.test(title)) return renderField(title);
  return asTitle(escapeInline(title).replace(/(?<=^| )(?=#+$)/, '\\'));
}

/**
 * The outline's list items, numbered from `first`, aligned for numbers up to `last`.
 *
 * @param mark what stands behind the numbers, `.` or `)`, or in their place: `-`, `*` or `+`
 */
export function renderOutline(
  beats: readonly Beat[],
  words: ScriptWords,
  first = 1,
  last = beats.length,
  mark = '.',
): string {
  const digits = String(last).length;
  return beats
    .map((beat, i) => {
      const number = String(first + i);
      // What is indented by four spaces is code.
      const aligned = number.padStart(Math.min(digits, number.length + 3));
      const lead = /[.)]/.test(mark) ? `${aligned}${mark} ` : `${mark} `;
      return renderBeat(beat, beats[i - 1], words, lead);
    })
    .join('\n\n');
}

function renderBeat(
  beat: Beat,
  before: Beat | undefined,
  { labels, colon }: ScriptWords,
  mark: string,
): string {
  const { title, seconds, place, time, cast, summary, contract } = beat;
  const isThere = place !== '' && place === before?.place && time === before.time;
  const goesOn = contract.continues && isThere;
  const where = goesOn ? goingOn : renderPlaceAndTime(place, time);
  const fields = [
    `**${title === '' ? nothing : renderTitle(title)}**`,
    renderSeconds(seconds),
    ...(where === nothing && cast.length === 0 ? [] : [where, renderNames(cast)]),
  ];
  const indent = ' '.repeat(mark.length);
  const promises = [
    [labels.entry, contract.entry],
    [labels.exit, contract.exit],
    [labels.handOff, contract.handOff],
    [labels.continues, contract.continues && !goesOn ? (labels.yes[0] ?? '') : ''],
  ] as const;
  // A comment at the start of a line would be a block of its own.
  const head = `${fields.join(' · ')}${glue}<!--${glue}id:${glue}${beat.id}${glue}-->`;
  const facts = promises
    .filter(([, text]) => text !== '')
    .map(([[label = ''], text]) =>
      fill(`${label}${behind(colon)}${escapeInline(text)}`, `${indent}  `, `${indent}- `),
    );
  const told = summary === '' ? [] : [fill(escapeInline(summary), indent)];
  const below = [...told, ...facts].join('\n');
  return fill(head, indent, mark) + (below === '' ? '' : `\n\n${below}`);
}

function renderMeta({ place, time, cast, seconds }: Scene): string {
  const fields = [renderField(place), renderField(time), renderNames(cast), renderSeconds(seconds)];
  return fill(`*${fields.join(' · ')}*`);
}

function renderDialogue(
  dialogue: readonly DialogueLine[],
  names: SpeakerNames,
  colon: Colon,
): string {
  return dialogue
    .map((speech, i) => {
      // Without a name it would be read as more of the speech before it, so it is quoted apart.
      const parting = i === 0 ? '' : speech.speaker === '' ? '\n\n' : '\n>\n';
      return parting + fill(renderSpeech(speech, names, colon), '> ');
    })
    .join('');
}

function renderLabelled(label = '', text: string, colon: Colon): string {
  if (text === '') return '';
  const source = escapeInline(text);
  if (colon !== '：') return fill(`**${label}${colon}** ${source}`);
  // Behind a wide colon without a space, emphasis would not end. What cannot be seen is part of the text.
  return fill(`**${label}**${colon}${/^[\p{Cf}\s]/u.test(source) ? asReference(source) : source}`);
}

function renderPrompt(prompt: string): string {
  if (prompt === '') return '';
  const paragraphs = prompt.split('\n\n').map((part) =>
    broken(
      part.split('\n').map((line) => {
        const rows = wrapWords(line.split(' '), width);
        // Backslashes at a line's end are doubled, since one says that the line end stays.
        return rows.map((row) => row.replace(/\\+$/, '$&$&'));
      }),
    )
      // Three hyphens could close front matter that is not closed yet.
      .map((row) => (row === '---' ? ' ---' : row))
      .join('\n'),
  );
  const longest = (prompt.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}prompt\n${paragraphs.join('\n\n')}\n${fence}`;
}

/**
 * A paragraph of inline Markdown; a `\n` in it becomes a hard break.
 *
 * @param indent What stands before each line.
 * @param first What stands before the first one, as wide as `indent`.
 */
function fill(source: string, indent = '', first = indent): string {
  if (source === '') return '';
  const rows = source.split('\n').map((line) => wrapWords(line.split(' '), width - indent.length));
  return broken(rows)
    .map((row, i) => (i === 0 ? first : indent) + escapeLineStart(row.replaceAll(glue, ' ')))
    .join('\n');
}

/** All rows, with a backslash where a line ends that is not only wrapped. */
function broken(lines: readonly (readonly string[])[]): string[] {
  return lines.flatMap((rows, i) =>
    i === lines.length - 1
      ? rows
      : rows.map((row, j) => (j === rows.length - 1 ? `${row}\\` : row)),
  );
}
