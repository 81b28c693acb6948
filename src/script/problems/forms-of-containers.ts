import { isPerson } from '../parse/dialogue.ts';
import { type Lead, leadOf, shownName } from '../parse/paragraph-lead.ts';
import { isTellingLabel, labelKind } from '../parse/part-labels.ts';
import { mayBeName } from './looks-spoken.ts';
import type { FoundForm, SceneSource } from './unread-forms.ts';

/** `::: prompt`, `:::{.narration}`; `!!! prompt`, `??? note "Prompt"`; `{% prompt %}`; `[!prompt]` in a quote. */
const openings = [
  {
    lead: /^:{3,}[ \t]*\{?[.#]?(?<word>[\p{L}-]+)\}?(?<rest>[^\n]*)(?:\n|$)/u,
    end: /(?:^|\n):{3,}[ \t]*$/,
  },
  {
    lead: /^(?:!!!|\?\?\?\+?)[ \t]+(?:[\p{L}-]+[ \t]+"(?<title>[^"\n]+)"|(?<word>[\p{L}-]+))[ \t]*\n/u,
  },
  { lead: /^\{%[ \t]*(?<word>[\p{L}-]+)[ \t]*%\}/u, end: /\{%[ \t]*end[ \p{L}-]*%\}[ \t]*$/u },
];

/** So many blocks at most stand in one. */
const mostBlocks = 50;

export function containerForm(scene: SceneSource, index: number): FoundForm | undefined {
  const { blocks, sourceOf } = scene;
  const block = blocks[index];
  if (block?.type === 'quote') return calloutForm(scene, index);
  if (block?.type !== 'paragraph' || !/^[:!?{]/.test(block.raw)) return undefined;
  for (const { lead, end } of openings) {
    const found = lead.exec(block.raw);
    const word = found?.groups?.title ?? found?.groups?.word;
    if (!found || word === undefined || !isLabel(word)) continue;
    let until = index;
    if (end) {
      const isEnd = (i: number): boolean => end.test(sourceOf(blocks[i] ?? block));
      while (until < blocks.length && until < index + mostBlocks && !isEnd(until)) until++;
      if (!isEnd(until) || until >= blocks.length) continue;
    }
    const inner = blocks
      .slice(index, until + 1)
      .map(sourceOf)
      .join('\n\n')
      .replace(lead, () => saidIn(found.groups?.rest))
      .replace(end ?? /$/, '');
    return { paragraphs: labelled(word, inner), until };
  }
  return undefined;
}

/** What of the line that opens a container is text: no attributes, and no colons that only adorn it. */
function saidIn(rest = ''): string {
  const text = /[{}]/.test(rest) ? '' : rest.replace(/:+[ \t]*$/, '').trim();
  return text === '' ? '' : `${text}\n`;
}

/** A callout that is called like a label; those that are called otherwise are the writer's own. */
function calloutForm(
  { blocks, sourceOf, names, parts }: SceneSource,
  index: number,
): FoundForm | undefined {
  const block = blocks[index];
  if (block?.type !== 'quote') return undefined;
  const inner = sourceOf(block).replace(/^[ \t]*>[ \t]?/gm, '');
  const found = /^\[!([\p{L}-]+)\][+-]?[ \t]*/u.exec(inner);
  const [lead = '', word = ''] = found ?? [];
  if (!found) return undefined;
  const rest = inner.slice(lead.length);
  const [title = '', ...lines] = rest.split('\n');
  const said = lines.join('\n').trim();
  // `[!quote] Mara` has its speaker in the place of a title, `[!mara]` in that of its kind.
  const [, name = '', tone = ''] =
    /^(.*?)[ \t]*(?:[(（]([^()（）]*)[)）])?[ \t]*[:：]?$/u.exec(title) ?? [];
  const isSaid = said !== '' && (quoting.test(word) || labelKind(word) === 'dialogue');
  const isOther = isSaid && lacksWords(parts) && mayBeName({ ...shownLead(name), rest: said });
  if (isSaid && (isPerson(shownName(name), names) || isOther)) {
    return { paragraphs: spokenBy(shownName(name), tone, said), until: index };
  }
  const own = word.replaceAll('-', ' ');
  if (isPerson(own, names)) return { paragraphs: spokenBy(own, '', rest), until: index };
  if (isLabel(word)) return { paragraphs: labelled(word, rest), until: index };
  const speeches = quoting.test(word) ? paragraphsOf(rest).map((one) => leadOf(one)) : [];
  if (speeches.length === 0 || !speeches.every((one) => one && isPerson(one.name, names))) {
    return undefined;
  }
  return {
    paragraphs: speeches.flatMap((one) => (one ? spokenBy(one.name, one.tone, one.rest) : [])),
    until: index,
  };
}

/** What callouts that say who speaks are called. */
const quoting = /^(?:quote|cite|speech|says?|line|chat|character|zitat|citation|cita)$/iu;

function spokenBy(name: string, tone: string, text: string): string[] {
  const how = tone === '' ? '' : ` (${tone})`;
  return paragraphsOf(text).map((one) => `**${name.toUpperCase()}**${how}: ${one}`);
}

function shownLead(name: string): Pick<Lead, 'name' | 'tone' | 'isMarked'> {
  return { name: shownName(name), tone: '', isMarked: true };
}

/** Whether a scene tells nothing else: what looks like its words is not only an ornament then. */
function lacksWords(parts: SceneSource['parts']): boolean {
  return parts.every(({ kinds }) => kinds.every((kind) => kind === 'meta' || kind === 'prompt'));
}

/** Lines that are indented so far that Markdown takes them for code: a pasted screenplay, or a prompt. */
export function indentedForm(
  { blocks, sourceOf, parts }: SceneSource,
  index: number,
): FoundForm | undefined {
  const block = blocks[index];
  if (block?.type !== 'other') return undefined;
  // What the block begins with is without its indentation.
  const [first = '', ...others] = sourceOf(block).split('\n');
  if (/^\[[^\]]*\]:|^(?:[-*_][ \t]*){3,}$/.test(first)) return undefined;
  if (!others.every((line) => line.trim() === '' || /^(?: {4}|\t)/.test(line))) return undefined;
  const inner = [first, ...others].map((line) => line.trim()).join('\n');
  const before = parts.findLast((part) => part.block.end <= block.start && part.kinds.length > 0);
  const waits = before?.waits === true;
  const isPrompt = waits && before.kinds.includes('prompt');
  const paragraphs = isPrompt ? labelled('Prompt', inner) : paragraphsOf(inner);
  // Other code is the writer's own.
  return waits || paragraphs.some((text) => /^[^\p{Ll}]{2,40}(?:\n|:)/u.test(text))
    ? { paragraphs, until: index, leastWords: waits ? 1 : Infinity }
    : undefined;
}

function labelled(word: string, inner: string): string[] {
  return paragraphsOf(inner).map((text) => `**${word.replaceAll('-', ' ')}:** ${text}`);
}

function paragraphsOf(text: string): string[] {
  return text
    .split(/\n[ \t]*\n/)
    .map((one) => one.replace(/^[ \t]+|[ \t]+$/gm, '').trim())
    .filter((one) => one !== '');
}

function isLabel(word: string): boolean {
  return isTellingLabel(word.replaceAll('-', ' '));
}
