import type { Block, ListItem } from '../markdown/block-types.ts';
import { hasMarkup, plainText } from '../markdown/inline-text.ts';
import { type KnownNames, named, nameKey } from '../names.ts';
import { isSlugLine, settingOf } from '../slug-line.ts';
import type { Meta } from './meta-line.ts';
import { cellsOf, isOwnBlock, splitTable } from './own-blocks.ts';
import { leadOf } from './paragraph-lead.ts';
import {
  readLength,
  readNames,
  readPlaceAndTime,
  readSeconds,
  splitFields,
} from './scene-fields.ts';

/**
 * Place, time, cast and seconds in lines, bullets, quotes or tables of their own, as chats and other programs
 * write them in the place of the scene's one line: `**Duration:** 12 s`, `- Location: Lamp room`,
 * `duration:: 12 s`, `[duration:: 12 s]`, `[0:00–0:12]`, `| Length | 12 s |`.
 */

type FieldName = keyof Meta;

const fieldWords: Readonly<Record<FieldName, string>> = {
  place:
    'Location|Place|Setting|Where|Ort|Schauplatz|Lieu|Décor|Lugar|Localización|Luogo|Local|Cenário|Locatie|Место|Địa điểm|Bối cảnh|場所|地点|地點|场景地点|장소|المكان',
  time: 'Time|Time of day|When|Zeit|Tageszeit|Moment|Heure|Hora|Momento|Ora|Время|Thời gian|時間帯|時間|时间|시간|الوقت',
  cast: 'Cast|Characters|Character|Who|Figuren|Personen|Besetzung|Personnages|Personnage|Personajes|Personaggi|Personagens|Персонажи|Nhân vật|登場人物|人物|角色|등장인물|الشخصيات',
  seconds:
    'Duration|Length|Runtime|Run time|Screen time|Seconds|Timing|Timecode|Time code|Timestamp|Timestamps|Dauer|Länge|Durée|Duración|Durata|Duração|Duur|Длительность|Thời lượng|長さ|尺|时长|時長|길이|المدة',
};

const byWord = new Map(
  (Object.entries(fieldWords) as [FieldName, string][]).flatMap(([name, words]) =>
    words.split('|').map((word) => [nameKey(word), name] as const),
  ),
);

interface Field {
  readonly name: FieldName;
  readonly value: string;
}

/** The field that a line is, by its label alone; or by its seconds, where there is nothing else in it. */
function fieldOf(line: string): Field | undefined {
  const lead = leadOf(dashed(line));
  const name = lead && lead.name.length < 30 ? byWord.get(nameKey(lead.name)) : undefined;
  if (!lead || name === undefined || lead.tone !== '') return lengthAlone(line);
  const value = lead.rest.replace(/^:\s*/, '').replace(/\\$/, '').trim();
  if (value === '') return undefined;
  // `Time: 0:00–0:12` is a length as well.
  if (name === 'time' && readLength(value) !== undefined) return { name: 'seconds', value };
  const isCertain = name === 'seconds' && secondsOf(value) !== undefined;
  const isInline = lead.rest.startsWith(':');
  if (!(lead.isMarked || isInline || isCertain || /^\P{Ll}/u.test(lead.name))) return undefined;
  return { name, value };
}

/** `Duration – 12 s`, `duration = 12 s` with a colon. */
function dashed(line: string): string {
  const found = /^([*_]{0,3}\p{L}[\p{L} ]{2,28}[*_]{0,3})\s+[-–—=]\s+(?=[\p{Nd}~≈])/u.exec(line);
  const [lead = '', name = ''] = found ?? [];
  return found && byWord.get(nameKey(name.replace(/[*_]/g, ''))) === 'seconds'
    ? `${name}: ${line.slice(lead.length)}`
    : line;
}

/** `(12 s)`, `**[0:00–0:12]**`, `⏱ 12 s`. */
function lengthAlone(line: string): Field | undefined {
  if (line.length > 60 || !/\p{Nd}/u.test(line)) return undefined;
  const [, value = ''] =
    /^(?:[\p{So}\p{Extended_Pictographic}]\ufe0f?\s*)?[*_`]{0,3}[([]?([^*_`()[\]]+)[)\]]?[*_`]{0,3}\\?$/u.exec(
      line.trim(),
    ) ?? [];
  return readLength(value) === undefined ? undefined : { name: 'seconds', value };
}

/** The fields of a line: one, or several that are parted as those of a scene's line are. */
function fieldsOf(line: string): Field[] {
  const inline = inlineIn(line);
  if (inline.length > 0 && line.replace(inlineFields, '').trim() === '') return inline;
  const parts = splitFields(line).map(fieldOf);
  const all = parts.filter((part) => part !== undefined);
  if (parts.length > 1 && all.length === parts.length) return all;
  return [fieldOf(line)].filter((field) => field !== undefined);
}

/** `[duration:: 12 s]`, `(place:: Lamp room)` as notebooks have them, also within a text. */
const inlineFields =
  /(?<!\\)(?:\[(\p{L}[\p{L} _-]{1,28}):: *([^[\]]+)\]|\((\p{L}[\p{L} _-]{1,28}):: *([^()]+)\))/gu;

function inlineIn(line: string): Field[] {
  if (!line.includes('::')) return [];
  return [...line.matchAll(inlineFields)].flatMap((found) => {
    const [, word = found[3] ?? '', said = found[4] ?? ''] = found;
    const name = byWord.get(nameKey(word));
    return name === undefined ? [] : [{ name, value: said.trim() }];
  });
}

/** The seconds that a paragraph says in a field of its own; nothing for other texts. */
export function secondsIn(raw: string): number | undefined {
  const found = (tableLines(raw) ?? linesOf(raw))
    .flatMap((line) => [...fieldsOf(line), ...inlineIn(line)])
    .find(({ name }) => name === 'seconds');
  return found && secondsOf(found.value);
}

/** A line that ends in a comma goes on in the next one. */
function linesOf(raw: string): string[] {
  return raw.replace(/([,，、])\\?\n/g, '$1 ').split(/\\?\n/);
}

function secondsOf(value: string): number | undefined {
  return readLength(value) ?? readSeconds(value);
}

/** The rows of a table of fields as lines, with labels in its first column or over its only row. */
function tableLines(raw: string): string[] | undefined {
  const { text, table } = splitTable(raw);
  if (table === '' || text !== '') return undefined;
  const [header = [], , ...rows] = table.split('\n').map(cellsOf);
  const [only = [], ...more] = rows;
  const isLabels =
    more.length === 0 && header.every((cell) => byWord.has(nameKey(plainText(cell))));
  if (isLabels) return header.map((label, i) => `**${plainText(label)}:** ${only[i] ?? ''}`);
  const isHeader = !byWord.has(nameKey(plainText(header[0] ?? '').replace(/:$/, '')));
  return (isHeader ? rows : [header, ...rows]).map(
    ([label = '', ...values]) => `**${plainText(label).replace(/:$/, '')}:** ${values.join(' ')}`,
  );
}

/** Whether a text could be read as a field. */
export function saysFields(raw: string): boolean {
  return linesOf(raw).some((line) => fieldsOf(line).length > 0 || inlineIn(line).length > 0);
}

export interface LabelledFields {
  readonly meta: Partial<Meta>;
  /** The blocks with fields, and what else is told in each. */
  readonly rests: ReadonlyMap<Block, Block | undefined>;
}

/** The fields of a scene, where they stand before all that is told. */
export function labelledFields(
  blocks: readonly Block[],
  names: KnownNames,
): LabelledFields | undefined {
  const meta: { -readonly [Key in FieldName]?: Meta[Key] } = {};
  const rests = new Map<Block, Block | undefined>();
  const take = (line: string, fields = fieldsOf(line)): boolean => {
    const values = fields.map((field) => valueOf(field, names));
    if (values.length === 0 || values.includes(undefined)) return false;
    // What was said first counts.
    for (const value of values) Object.assign(meta, { ...value, ...meta });
    return true;
  };
  /** What a line tells besides its fields; nothing where it has none. */
  const besides = (line: string): string | undefined => {
    if (take(line)) return '';
    return take(line, inlineIn(line)) ? line.replace(inlineFields, '').trim() : undefined;
  };
  for (const block of blocks) {
    if (isOwnBlock(block)) continue;
    const lines = wholeLines(block);
    if (lines) {
      const isAll = lines.every((line) => fieldsOf(line).some((field) => valueOf(field, names)));
      if (!isAll) {
        if (block.type === 'quote') break;
        continue;
      }
      for (const line of lines) take(line);
      rests.set(block, undefined);
    } else if (block.type === 'paragraph') {
      const [first = '', ...others] = linesOf(block.raw);
      const rest = besides(first);
      if (rest === undefined) break;
      const raw = [rest, ...others.map((line) => besides(line) ?? line)]
        .filter((line) => line !== '')
        .join('\n');
      rests.set(block, raw === '' ? undefined : { ...block, raw });
    } else if (block.type === 'list') {
      const items = block.items.filter((item) => !take(lineOf(item)));
      if (items.length === block.items.length) break;
      rests.set(block, items.length === 0 ? undefined : { ...block, items });
    } else break;
  }
  const { place, cast, seconds } = meta;
  const isSure = place !== undefined || cast !== undefined || seconds !== undefined;
  return isSure ? { meta, rests } : undefined;
}

/** The lines of what is read as fields only as a whole: a table, or a quote, which says who it is about. */
function wholeLines(block: Block): string[] | undefined {
  if (block.type === 'paragraph')
    return block.raw.includes('|') ? tableLines(block.raw) : undefined;
  if (block.type !== 'quote') return undefined;
  return block.children.flatMap((child) => {
    const lines = child.type === 'paragraph' ? linesOf(child.raw) : [''];
    return lines.map((line) => (lengthAlone(line) ? '' : line));
  });
}

/** Whether nothing but fields stands in a block. */
export function isFieldBlock(block: Block): boolean {
  const lines =
    wholeLines(block) ??
    (block.type === 'paragraph'
      ? linesOf(block.raw)
      : block.type === 'list'
        ? block.items.map(lineOf)
        : []);
  return lines.length > 0 && lines.every((line) => fieldsOf(line).length > 0);
}

/** The source of an item that is one line; empty for others. */
function lineOf({ own: { children } }: ListItem): string {
  const [only, ...more] = children;
  return only?.type === 'paragraph' && more.length === 0 && !only.raw.includes('\n')
    ? only.raw
    : '';
}

/** What a field says for certain: a name that is known, where any are, and a number of seconds. */
function valueOf({ name, value }: Field, names: KnownNames): Partial<Meta> | undefined {
  if (name === 'seconds') {
    const seconds = secondsOf(value);
    return seconds === undefined ? undefined : { seconds };
  }
  const shown = (hasMarkup(value) ? plainText(value) : value).trim();
  // Sentences are told.
  if (shown.length > 80 || /[.!?。！？;；]\s*$/u.test(shown)) return undefined;
  if (name === 'time') return shown.length > 30 ? undefined : { time: shown };
  if (name === 'cast') {
    const cast = readNames(value).map((one) => one.replace(/\s*\([^()]*\)$/u, ''));
    const { characters } = names;
    const isKnown = (one: string): boolean =>
      characters.length === 0 ? one.split(' ').length < 4 : named(characters, one) !== undefined;
    return cast.length > 0 && cast.every(isKnown) ? { cast } : undefined;
  }
  const setting = isSlugLine(shown) ? settingOf(shown) : readPlaceAndTime(value, names);
  const known = named(names.places, setting.place);
  if (names.places.length > 0 && !known) return undefined;
  const { place, time } = { ...setting, place: known?.name ?? setting.place };
  return { place, ...(time === '' ? {} : { time }) };
}
