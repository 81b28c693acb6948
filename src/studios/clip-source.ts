import { defined } from '../base/defined.ts';
import { t } from '../base/l10n.ts';
import { clipPlaces } from './clip-places.ts';
import type { ClipSource } from './port.ts';

/** A clip is tried to be had in so many places at most. */
const mostSources = 8;

/**
 * Where the clip is to be had that an answer has or names, and where else should that be refused;
 * absent where it names no place for us.
 *
 * @param own the address by the service's own rule, where it has one
 * @param at the source at an address, which may be relative to the service; absent where that is none for us
 */
export function clipSource(
  answer: unknown,
  own: ClipSource | undefined,
  at: (address: string) => ClipSource | undefined,
): ClipSource | undefined {
  const { places, clips } = clipPlaces(answer);
  const all = places.map((place) => {
    const { kind, value } = place;
    return { place, source: kind === 'inside' ? ({ kind, base64: value } as const) : at(value) };
  });
  const isSure = ({ place }: (typeof all)[number]): boolean =>
    place.kind !== 'relative' && !place.isAside;
  // What a service calls its own files is not always an address; its rule for them is one.
  const sources = [
    ...all.filter(isSure).map(({ source }) => source),
    own,
    ...all.filter((one) => !isSure(one)).map(({ source }) => source),
  ].flatMap((source) => source ?? []);
  const note =
    clips > 1 ? t('The service made {0} clips; the first of them is here.', clips) : undefined;
  return inTurn(sources.slice(0, mostSources), note);
}

/** The first of some sources, each with the next one for when it is refused. */
function inTurn(sources: readonly ClipSource[], note: string | undefined): ClipSource | undefined {
  const [first, ...others] = sources;
  if (first === undefined || first.kind === 'file') return first;
  return { ...first, ...defined({ otherwise: inTurn(others, undefined), note }) };
}
