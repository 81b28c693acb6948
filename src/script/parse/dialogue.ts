import { escapeInline, leadingBold, plainText } from '../markdown/inline-text.ts';
import type { DialogueLine } from '../script-model.ts';
import { memoize } from '../../base/memoize.ts';
import { limits } from '../limits.ts';
import { named } from '../names.ts';
import { isVoice } from '../problems/known-speakers.ts';
import { saysFields } from './labelled-fields.ts';
import {
  behind,
  type Colon,
  colons,
  type Lead,
  leadOf,
  otherColons,
  shownName,
} from './paragraph-lead.ts';
import { labelKind } from './part-labels.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';

/**
 * Dialogue is quoted: `> **MARA** (whispering): Not tonight.` A paragraph that does not start with a
 * name goes on with the speech before it, or, first in its quote, is said by nobody who is named. A name
 * may have any emphasis, stand in brackets, or as in screenplays on a line of its own.
 */

/**
 * Read one quote.
 *
 * @param paragraphs Their sources.
 * @param names Characters as they are spelled; speakers stand in capitals.
 */
export function readDialogue(paragraphs: readonly string[], names: SpeakerNames): DialogueLine[] {
  const lines: { speaker: string; tone: string; line: string }[] = [];
  for (const source of signed(paragraphs, names).flatMap((raw) => speechesIn(raw, names))) {
    const { speaker, rest } = readSpeaker(source, names);
    const last = lines.at(-1);
    if (speaker === undefined && last) {
      // How it is said may stand in a paragraph of its own.
      const { tone, line } = last.line === '' && last.tone === '' ? readTone(rest) : noTone;
      if (tone !== '') {
        Object.assign(last, { tone: normaliseLine(plainText(tone)), line: plainText(line) });
        continue;
      }
      last.line += `\n${plainText(rest)}`;
      continue;
    }
    const { tone, line } = readTone(rest, speaker);
    lines.push({
      speaker: spelledAs(normaliseLine(plainText(speaker?.raw ?? '')), names),
      tone: normaliseLine(plainText(tone)),
      line: plainText(line),
    });
  }
  return lines
    .map((one) => ({ ...one, line: normaliseLines(one.line) }))
    .filter(({ speaker, tone, line }) => speaker !== '' || tone !== '' || line !== '');
}

/** Of a quote with a name beneath it, `— Mara`, that name is the speaker. */
function signed(paragraphs: readonly string[], names: SpeakerNames): readonly string[] {
  const last = paragraphs.at(-1) ?? '';
  const found = signature.exec(last);
  const name = shownName(found?.groups?.name ?? '');
  if (!found || name === '' || !isPerson(name, names)) return paragraphs;
  const said = [...paragraphs.slice(0, -1), last.slice(0, found.index).trimEnd()]
    .map((one) => one.replace(/\\$/, ''))
    .filter((one) => one !== '');
  const [first, ...others] = said;
  const isOthers = said.some((one) => readSpeaker(one, names).speaker !== undefined);
  return first === undefined || isOthers ? paragraphs : [`**${name}:** ${first}`, ...others];
}

const signature =
  /(?:^|\n|(?<=["”»“]\s*))[ \t]*(?:[–—―]|-{1,2}(?=\s))\s*(?<name>[^\n–—―"“”]{2,40})$/u;

/** Whether a paragraph outside of any quote is what somebody who is known says. */
export function isSpeech(source: string, names: SpeakerNames): boolean {
  const lead = leadOf(source);
  if (lead && (isCalled(lead, names, false) || isAbove(source, lead, names))) return true;
  return ownLine(source, names) !== undefined;
}

/** Whether a name with its colon stands alone in the line above what is said. */
function isAbove(source: string, { name }: Lead, names: SpeakerNames): boolean {
  return aboveLine.test(source) && isPerson(name, names);
}

const aboveLine = new RegExp(
  `^[^\\n${colons}]{1,100}[${colons}][*_]{0,3}[ \\t]*(?:\\\\?\\n|$)`,
  'u',
);

/** Whether a paragraph outside of any quote is a name in capitals alone: what they say comes next. */
export function isCue(source: string, names: SpeakerNames): boolean {
  return !source.includes('\n') && ownLine(`${source}\n`, names) !== undefined;
}

/** Whether somebody of the script has the name. */
export function isPerson(name: string, names: SpeakerNames): boolean {
  return (
    name.length <= limits.name &&
    names.some((list) => named(spellings(list).entries, name) !== undefined)
  );
}

/** Whether a paragraph of a quote begins with who speaks. */
export function namesSpeaker(source: string, names: SpeakerNames): boolean {
  return readSpeaker(source, names).speaker !== undefined;
}

/** The speeches of a paragraph, each with its speaker before it. */
function speechesIn(raw: string, names: SpeakerNames): string[] {
  const speeches: string[] = [];
  for (const part of raw.split(/\\?\n(?=\*\*[^*\s]|__[^_\s])/)) {
    let start = 0;
    // Formatters that fill lines put speeches behind each other.
    for (const { index } of part.matchAll(/(?<=\S)\\?\s(?=[*_]{2}[^*_\s]|[*_~`[]?\p{Lu})/gu)) {
      const skipped = part.charAt(index) === '\\' ? 2 : 1;
      const next = part.slice(index + skipped, index + skipped + 400);
      if (!/^[*_]{2}/.test(next) && part.charAt(index + skipped - 1) !== '\n') continue;
      const lead = leadOf(next);
      if (!lead || !isInCapitals(lead.name) || !isKnown(lead.name, names)) continue;
      speeches.push(part.slice(start, index));
      start = index + skipped;
    }
    speeches.push(part.slice(start));
  }
  return speeches;
}

/** Whether a text before a colon is a name, and not how a sentence begins. */
function isCalled(lead: Lead, names: SpeakerNames, isQuoted: boolean): boolean {
  const { name, isMarked } = lead;
  const capitals = isInCapitals(name);
  if (isVoice(name)) return capitals || isMarked;
  if (isKnown(name, names)) return isQuoted || capitals || isMarked || inMarks.test(lead.rest);
  return isQuoted && capitals && screenName.test(name) && !direction.test(name);
}

/** All of it between quotation marks. */
const inMarks = /^\s*(?:"[^"]+"|“[^“”]+”|„[^„“”]+[“”]|«[^«»]+»|「[^「」]+」)\s*$/u;

/** Cuts and titles as screenplays have them. */
export const direction = / TO$|^(?:FADE|CUT|DISSOLVE|SMASH|MATCH|INT|EXT|HTTPS?|THE END)\b/;

/** A name as it stands in capitals for show. */
const screenName = /^\p{Lu}[\p{Lu}\p{M}\p{N} '’.&#-]{0,40}$/u;

/** All in capitals, or in writing that has none. */
function isInCapitals(name: string): boolean {
  return name === name.toUpperCase() && /[\p{Lu}\p{Lo}]/u.test(name);
}

function isKnown(name: string, names: SpeakerNames): boolean {
  return isPerson(name, names) || (name.length <= limits.name && isVoice(name));
}

/**
 * A name in capitals on a line of its own, and what follows it. As in Fountain, `@` stands before one that is
 * not in capitals, and `^` behind one who speaks at the same time.
 */
function ownLine(source: string, names: SpeakerNames): { name: string; rest: string } | undefined {
  const end = source.indexOf('\n');
  const line = (end === -1 ? source : source.slice(0, end)).replace(/\\$/, '').trim();
  if (end === -1 || line.length > 60 || /[:：]|^&#/.test(line)) return undefined;
  const found = /^([*_=]*)(@?)([^()（）]*[^()（）\s])\s*(\([^()]*\))?$/.exec(
    line.replace(/\s*\^$/, ''),
  );
  const [, marks = '', forced = '', own = '', tone = ''] = found ?? [];
  const name = marks + own;
  const shown = shownName(name.replaceAll('==', ''));
  const isCapitals = isInCapitals(shown) && /\p{Lu}/u.test(shown) && isKnown(shown, names);
  if (!isCapitals && !(forced !== '' && isPerson(shown, names))) return undefined;
  const below = source.slice(end + 1);
  const more = tone === '' ? null : toneLine.exec(below);
  const tones = more ? `(${tone.slice(1, -1)}, ${more[1] ?? ''})` : tone;
  const rest = below.slice(more?.[0].length ?? 0);
  return { name: name.replaceAll('==', ''), rest: `${tones === '' ? '' : `${tones}: `}${rest}` };
}

/** How something is said, on a line of its own. */
const toneLine = /^\s*[*_]{0,3}[(（]([^()（）]+)[)）][*_]{0,3}[ \t]*\\?\n/u;

/** Whom a speaker in capitals may mean, in lists of names of which the first go before the later. */
export type SpeakerNames = readonly (readonly string[])[];

/** The name of the cast that a speaker in capitals means. */
export function spelledAs(speaker: string, names: SpeakerNames): string {
  if (speaker.length > limits.name || isSpelled(speaker, names)) return speaker;
  for (const list of names) {
    const found = named(spellings(list).entries, speaker);
    if (found !== undefined) return found.name;
  }
  return speaker;
}

function isSpelled(speaker: string, names: SpeakerNames): boolean {
  return names.some((list) => spellings(list).all.has(speaker));
}

const spellings = memoize((names: readonly string[]) => ({
  all: new Set(names),
  entries: names.map((name) => ({ name })),
}));

interface Speaker {
  readonly raw: string;
  /** The colon stood inside the bold name, as in `**MARA:**`. */
  readonly closed: boolean;
}

function readSpeaker(source: string, names: SpeakerNames): { speaker?: Speaker; rest: string } {
  const found = leadingStrong(source);
  if (!found) return readOtherSpeaker(source, names);
  const name = withoutAt(found.bold.replace(/[ \t\n]+/g, ' '), names);
  if (!isSetApart(name, found.rest, names)) return { rest: source };
  const rest = found.rest.replace(/^[\s\p{Cf}]+/u, '');
  if (name.length > limits.name) return { speaker: { raw: name, closed: false }, rest };
  // `**MARA (whispering):** Not tonight.`
  const inside = insideName.exec(name);
  const tone = inside?.[2] ?? '';
  if (!inside || (tone === '' && inside[3] === '')) {
    return { speaker: { raw: name, closed: false }, rest };
  }
  const closed = inside[3] !== '' && tone === '';
  return {
    speaker: { raw: inside[1] ?? name, closed },
    rest: tone === '' ? rest : `${tone}: ${rest.replace(colon, '')}`,
  };
}

/** `@Mara` of somebody who is known; others may be called so. */
function withoutAt(name: string, names: SpeakerNames): string {
  const own = /^@(?=\p{L})/u.test(name) ? name.slice(1) : name;
  return own !== name && isPerson(shownName(own.replace(/[:：(].*$/u, '')), names) ? own : name;
}

/** Whether bold text is a name and no stressed word: what a speech has between them is there, or nobody else is meant. */
function isSetApart(name: string, rest: string, names: SpeakerNames): boolean {
  if (opensSpeech.test(rest) || endsName.test(name)) return true;
  if (/^[ \t]*\\?\n/.test(rest) && !/[.!?,;…]$/.test(name)) return true;
  const shown = shownName(name);
  return isInCapitals(shown) || isKnown(shown, names);
}

const opensSpeech = new RegExp(`^[\\s\\p{Cf}*_]*(?:[${colons}([（【]|[–—-]\\s)`, 'u');
const endsName = new RegExp(`[${colons})）]$`, 'u');

const colon = new RegExp(`^\\s*[${colons}]\\s*`, 'u');
const insideName = new RegExp(
  `^((?:\\\\[\\s\\S]|[^\\\\(${colons}])+?)\\s*(\\((?:\\\\[\\s\\S]|[^\\\\()])*\\))?\\s*([${colons}]?)$`,
);

/** Bold text in any form that it begins with. */
function leadingStrong(source: string): { bold: string; rest: string } | undefined {
  if (source.startsWith('**') && !source.startsWith('***')) return leadingBold(source);
  const [lead = ''] = /^[\s\p{Cf}]*/u.exec(source) ?? [];
  const own = source.slice(lead.length);
  const [whole = '', bold] =
    /^\*\*\*((?:\\[\s\S]|[^*\\])+)\*\*\*/.exec(own) ??
    /^__((?:\\[\s\S]|[^_\\])+)__(?![\p{L}\p{N}])/u.exec(own) ??
    [];
  if (bold !== undefined) return { bold, rest: own.slice(whole.length) };
  return lead === '' ? undefined : leadingBold(own);
}

function readOtherSpeaker(
  source: string,
  names: SpeakerNames,
): { speaker?: Speaker; rest: string } {
  const lead = leadOf(source);
  if (lead && isCalled(lead, names, true)) {
    const { name, tone, rest } = lead;
    const raw = escapeInline(name);
    return tone === ''
      ? { speaker: { raw, closed: true }, rest }
      : { speaker: { raw, closed: false }, rest: `(${tone}): ${rest}` };
  }
  const [whole = '', bracketed = ''] = /^\[([^[\]\\]+)\](?![[(])\s*/.exec(source) ?? [];
  if (bracketed !== '' && isInCapitals(bracketed) && isKnown(bracketed, names)) {
    return { speaker: { raw: bracketed, closed: true }, rest: source.slice(whole.length) };
  }
  const own = ownLine(source, names);
  return own ? { speaker: { raw: own.name, closed: false }, rest: own.rest } : { rest: source };
}

const noTone = { tone: '', line: '' };

function readTone(rest: string, speaker?: Speaker): { tone: string; line: string } {
  const found = tonePattern.exec(rest);
  if (found) return { tone: found[2] ?? found[3] ?? '', line: rest.slice(found[0].length) };
  return {
    tone: '',
    line: speaker?.closed === true ? rest : withoutMark(rest, speaker !== undefined),
  };
}

/** A dash takes the place of a colon only behind a name, and where there is none. */
function withoutMark(rest: string, isNamed: boolean): string {
  return isNamed && !colon.test(rest)
    ? rest.replace(/^[-–—]\s+(?=\S)/u, '')
    : rest.replace(colon, '');
}

const tonePattern = new RegExp(
  `^([*_]{0,3})[(（]((?:\\\\[\\s\\S]|[^\\\\()（）]|\\((?:\\\\[\\s\\S]|[^\\\\()])*\\))*)[)）](?:\\1[\\s\\p{Cf}]*(?:[${colons}]|[–—]\\s)?|[${colons}]\\1)\\s*` +
    `|^[[【]([^[\\]\\\\【】]*)[\\]】]\\s*[${colons}]\\s*`,
  'u',
);

/** A speech's source before wrapping: its lines without the quote marks. */
export function renderSpeech(speech: DialogueLine, names: SpeakerNames, colon: Colon): string {
  const { speaker, tone, line } = speech;
  const isWide = colon === '：';
  const said = withoutCalls(escapeInline(line), names);
  const how = tone === '' ? '' : isWide ? `（${escapeTight(tone)}）` : ` (${escapeTight(tone)})`;
  const parted = behind(colon);
  if (speaker === '') {
    if (tone !== '') return `${how.trim()}${parted}${said}`.trim();
    return asNoName(said.replace(opensTone, escapeAny), names);
  }
  const capitals = speaker.toUpperCase();
  const name =
    isSpelled(speaker, names) && spelledAs(capitals, names) === speaker ? capitals : speaker;
  const shown = escapeTight(name);
  // What is named like a label would be read as one.
  const bold = labelKind(name, true) === undefined ? shown : asReference(shown);
  return `**${bold}**${how}${parted}${said}`.trim();
}

/** Names in a speech that could begin another one, if a line should begin there. */
function withoutCalls(said: string, names: SpeakerNames): string {
  if (!anyColon.test(said) && !said.includes('\n')) return said;
  return said.replace(beforeColon, (whole, before: string, space: string, mark: string) => {
    const words = before.split(/\s+/);
    const isCall = words.some((_, i) => {
      const name = shownName(words.slice(i).join(' ').replace(/\(.*$/, ''));
      return isInCapitals(name) && isKnown(name, names);
    });
    return isCall ? before + space + escapeAny(mark) : whole;
  });
}

/** A text that is read as speech of nobody who is named. */
function asNoName(said: string, names: SpeakerNames): string {
  const { speaker } = readSpeaker(said, names);
  const isPlain = labelKind(leadOf(said)?.name ?? '', true) === undefined && !saysFields(said);
  const signedBy = /[–—―-](?=\s*[^\n–—―-]{2,40}$)/u.exec(said);
  if (signedBy && isPerson(shownName(said.slice(signedBy.index + 1)), names)) {
    // A backslash would leave the dash where it is, and a name behind it.
    const before = said.slice(0, signedBy.index).replace(/(?<!\\)((?:\\\\)*)\\$/u, '$1');
    return asNoName(before + asReference(said.slice(signedBy.index)), names);
  }
  return speaker === undefined && isPlain ? said : asReference(said);
}

/** With its first letter as Markdown can also write it, which shows the same and is read as no name. */
export function asReference(source: string): string {
  const [first = ''] = source;
  return first === '' || first === '\\' || /^&#\d+;/u.test(source)
    ? source
    : `&#${first.codePointAt(0)};${source.slice(first.length)}`;
}

const opensTone = new RegExp(`^[(（【${colons}]`, 'u');
const anyColon = new RegExp(`[${colons}]`, 'u');
/** Up to five words and the colon behind them. */
const beforeColon = new RegExp(
  `(?<=^|[\\s\\\\*_~\`[])((?:[^\\s${colons}]+\\s+){0,4}[^\\s${colons}]+)(\\s*)([${colons}])`,
  'gu',
);
const parting = new RegExp(`[（）${otherColons}]`, 'gu');

/** Also escapes what parts name, tone and speech. */
function escapeTight(text: string): string {
  return escapeInline(text).replace(/[():]/g, '\\$&').replace(parting, escapeAny);
}

function escapeAny(mark: string): string {
  const code = mark.charCodeAt(0);
  return code > 127 ? `&#${code};` : `\\${mark}`;
}
