import { plainText } from '../markdown/inline-text.ts';
import { type KnownNames, named } from '../names.ts';
import { namesTogether } from '../problems/known-speakers.ts';
import type { Scene } from '../script-model.ts';
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
  return fields.some((field) => /^[*_]|[*_]$/.test(plainText(field))) ? undefined : fields;
}

/** Whether it says all that such a line can, so that it is one also where it does not stand first. */
export function isWholeMeta(raw: string, fields: readonly string[]): boolean {
  return /^[*_]/.test(raw) && fields.length > 3 && readSeconds(fields.at(-1) ?? '') !== undefined;
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
