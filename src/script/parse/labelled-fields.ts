import type { Block, ListItem } from '../markdown/block-types.ts';
import { hasMarkup, plainText } from '../markdown/inline-text.ts';
import { type KnownNames, named, nameKey } from '../names.ts';
import { isSlugLine, settingOf } from '../slug-line.ts';
import type { Meta } from './meta-line.ts';
import { isOwnBlock } from './own-blocks.ts';
import { leadOf } from './paragraph-lead.ts';
import { readNames, readPlaceAndTime, readSeconds, splitFields } from './scene-fields.ts';

/**
 * Place, time, cast and seconds in lines or bullets of their own, as chats write them in the place of the
 * scene's one line: `**Duration:** 12 s`, `- Location: Lamp room`, `duration:: 12 s`.
 */

type FieldName = keyof Meta;

const fieldWords: Readonly<Record<FieldName, string>> = {
  place:
    'Location|Place|Setting|Where|Ort|Schauplatz|Lieu|Décor|Lugar|Localización|Luogo|Local|Cenário|Locatie|Место|Địa điểm|Bối cảnh|場所|地点|地點|场景地点|장소|المكان',
  time: 'Time|Time of day|When|Zeit|Tageszeit|Moment|Heure|Hora|Momento|Ora|Время|Thời gian|時間帯|時間|时间|시간|الوقت',
  cast: 'Cast|Characters|Character|Who|Figuren|Personen|Besetzung|Personnages|Personnage|Personajes|Personaggi|Personagens|Персонажи|Nhân vật|登場人物|人物|角色|등장인물|الشخصيات',
  seconds:
    'Duration|Length|Runtime|Run time|Screen time|Seconds|Dauer|Länge|Durée|Duración|Durata|Duração|Duur|Длительность|Thời lượng|長さ|尺|时长|時長|길이|المدة',
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

/** The field that a line is, by its label alone. */
function fieldOf(line: string): Field | undefined {
  const lead = leadOf(line);
  const name = lead && lead.name.length < 30 ? byWord.get(nameKey(lead.name)) : undefined;
  if (!lead || name === undefined || lead.tone !== '') return undefined;
  const isInline = lead.rest.startsWith(':');
  if (!(lead.isMarked || isInline || /^\P{Ll}/u.test(lead.name))) return undefined;
  const value = lead.rest.replace(/^:\s*/, '').replace(/\\$/, '').trim();
  return value === '' ? undefined : { name, value };
}

/** The fields of a line: one, or several that are parted as those of a scene's line are. */
function fieldsOf(line: string): Field[] {
  const parts = splitFields(line).map(fieldOf);
  const all = parts.filter((part) => part !== undefined);
  if (parts.length > 1 && all.length === parts.length) return all;
  return [fieldOf(line)].filter((field) => field !== undefined);
}

/** The seconds that a paragraph says in a field of its own; nothing for other texts. */
export function secondsIn(raw: string): number | undefined {
  const found = linesOf(raw)
    .flatMap(fieldsOf)
    .find(({ name }) => name === 'seconds');
  return found && secondsOf(found.value);
}

/** A line that ends in a comma goes on in the next one. */
function linesOf(raw: string): string[] {
  return raw.replace(/([,，、])\\?\n/g, '$1 ').split(/\\?\n/);
}

function secondsOf(value: string): number | undefined {
  return readSeconds(value.replace(/^(?:about|approx\.?|ca\.?|circa|etwa|environ|unos)\s+/i, ''));
}

/** Whether a text could be read as a field. */
export function saysFields(raw: string): boolean {
  return linesOf(raw).some((line) => fieldsOf(line).length > 0);
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
  const take = (line: string): boolean => {
    const values = fieldsOf(line).map((field) => valueOf(field, names));
    if (values.length === 0 || values.includes(undefined)) return false;
    // What was said first counts.
    for (const value of values) Object.assign(meta, { ...value, ...meta });
    return true;
  };
  for (const block of blocks) {
    if (isOwnBlock(block)) continue;
    if (block.type === 'paragraph') {
      const [first = '', ...others] = linesOf(block.raw);
      if (!take(first)) break;
      const raw = others.filter((line) => !take(line)).join('\n');
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

/** Whether nothing but fields stands in a block. */
export function isFieldBlock(block: Block): boolean {
  const lines =
    block.type === 'paragraph'
      ? linesOf(block.raw)
      : block.type === 'list'
        ? block.items.map(lineOf)
        : [];
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
