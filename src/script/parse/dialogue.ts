import { escapeInline, leadingBold, plainText } from '../markdown/inline-text.ts';
import type { DialogueLine } from '../script-model.ts';
import { memoize } from '../../base/memoize.ts';
import { limits } from '../limits.ts';
import { named } from '../names.ts';
import { normaliseLine, normaliseLines } from '../normalise-text.ts';

/**
 * Dialogue is quoted: `> **MARA** (whispering): Not tonight.` A paragraph that does not start with a
 * name goes on with the speech before it, or, first in its quote, is said by nobody who is named.
 */

/**
 * Read one quote.
 *
 * @param paragraphs Their sources.
 * @param names Characters as they are spelled; speakers stand in capitals.
 */
export function readDialogue(paragraphs: readonly string[], names: SpeakerNames): DialogueLine[] {
  const lines: { speaker: string; tone: string; line: string }[] = [];
  for (const source of paragraphs.flatMap((raw) => raw.split(/\\?\n(?=\*\*[^*\s])/))) {
    const { speaker, rest } = readSpeaker(source);
    const last = lines.at(-1);
    if (speaker === undefined && last) {
      last.line += `\n${plainText(rest)}`;
      continue;
    }
    const { tone, line } = readTone(rest, speaker?.closed ?? false);
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

function readSpeaker(source: string): { speaker?: Speaker; rest: string } {
  const found = leadingBold(source);
  if (!found) return { rest: source };
  const name = found.bold.replace(/[ \t\n]+/g, ' ');
  const rest = found.rest.trimStart();
  if (name.length > limits.name) return { speaker: { raw: name, closed: false }, rest };
  // `**MARA (whispering):** Not tonight.`
  const inside = /^((?:\\[\s\S]|[^\\(:])+?)\s*(\((?:\\[\s\S]|[^\\()])*\))?\s*(:?)$/.exec(name);
  const tone = inside?.[2] ?? '';
  if (!inside || (tone === '' && inside[3] === '')) {
    return { speaker: { raw: name, closed: false }, rest };
  }
  const closed = inside[3] !== '' && tone === '';
  return {
    speaker: { raw: inside[1] ?? name, closed },
    rest: tone === '' ? rest : `${tone}: ${rest.replace(/^[:：]\s*/, '')}`,
  };
}

function readTone(rest: string, closed: boolean): { tone: string; line: string } {
  const found = /^\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)\s*[:：]?\s*/.exec(rest);
  if (found) return { tone: found[1] ?? '', line: rest.slice(found[0].length) };
  return { tone: '', line: closed ? rest : rest.replace(/^[:：]\s*/, '') };
}

/** A speech's source before wrapping: its lines without the quote marks. */
export function renderSpeech(speech: DialogueLine, names: SpeakerNames): string {
  const { speaker, tone, line } = speech;
  const said = escapeInline(line);
  const how = tone === '' ? '' : ` (${escapeTight(tone)})`;
  if (speaker === '') {
    return tone === '' ? said.replace(/^[(:：]/, escapeAny) : `${how.trim()}: ${said}`.trim();
  }
  const capitals = speaker.toUpperCase();
  const name =
    isSpelled(speaker, names) && spelledAs(capitals, names) === speaker ? capitals : speaker;
  return `**${escapeTight(name)}**${how}: ${said}`.trim();
}

/** Also escapes what parts name, tone and speech. */
function escapeTight(text: string): string {
  return escapeInline(text).replace(/[():]/g, '\\$&');
}

function escapeAny(mark: string): string {
  return mark === '：' ? '&#65306;' : `\\${mark}`;
}
