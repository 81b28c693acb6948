import { t } from '../base/l10n.ts';
import { Damaged, type Element, type Parts } from './parts.ts';

const segmentId = 0x18538067;
const clusterId = 0x1f43b675;
const seekHeadId = 0x114d9b74;
const cuesId = 0x1c53bb6b;
/** What points to another place in the file, and what leads there from the element that holds it. */
const pathsOf: ReadonlyMap<number, readonly number[]> = new Map([
  [seekHeadId, [0x4dbb, 0x53ac]],
  [cuesId, [0xbb, 0xb7, 0xf1]],
]);
const voidId = 0xec;
const topIds: ReadonlySet<number> = new Set([
  ...[clusterId, seekHeadId, voidId],
  // Information, tracks, cues, tags, chapters, attachments.
  ...[0x1549a966, 0x1654ae6b, cuesId, 0x1254c367, 0x1043a770, 0x1941a469],
]);

/** A few seconds of pictures, in bytes. */
const largestCluster = 256 * 1024 * 1024;
/** Everything else that a reader takes in at once; in bytes. */
const largestTable = 512 * 1024;

/**
 * See that a WebM or Matroska file is made of nothing but what belongs there, that nothing in it is
 * so large that it cannot be read at once, and that it points only to what it holds. Readers look for
 * a way on where something else stands, and some never find one.
 *
 * @returns where it ends; what stands behind that is nobody's
 * @throws Damaged; ScenewrightError `cancelled`
 */
export async function checkMatroska(parts: Parts): Promise<number> {
  const head = await parts.element(0);
  if (endOf(head, parts) > largestTable) throw tooMuch();
  const segment = await parts.element(endOf(head, parts));
  if (segment.id !== segmentId) throw damaged();
  const end = segment.end ?? parts.size;
  if (end > parts.size) throw new Damaged(t('it is cut off'));
  const begins = new Set<number>();
  const pointers: number[] = [];
  for (let position = segment.start; position < end;) {
    const element = await parts.element(position);
    begins.add(position);
    if (element.id === clusterId) {
      position = await cluster(parts, element);
    } else {
      const stop = endOf(element, parts);
      if (!topIds.has(element.id)) throw damaged();
      if (element.id !== voidId && stop - element.start > largestTable) throw tooMuch();
      const path = pathsOf.get(element.id);
      if (path !== undefined) pointers.push(...(await numbers(parts, element.start, stop, path)));
      position = stop;
    }
  }
  if (pointers.some((to) => !begins.has(segment.start + to) && segment.start + to < end)) {
    throw damaged();
  }
  return end;
}

/** @returns where it ends; one that does not say so ends before the next element of its kind */
async function cluster(parts: Parts, { start, end }: Element): Promise<number> {
  const stop = end ?? parts.size;
  if (stop > parts.size) throw new Damaged(t('it is cut off'));
  let position = start;
  while (position < stop) {
    const element = await parts.element(position);
    if (topIds.has(element.id) && element.id !== voidId) {
      if (end === undefined) break;
      throw damaged();
    }
    position = endOf(element, parts);
    if (position > stop) throw damaged();
  }
  if (position - start > largestCluster) throw tooMuch();
  return position;
}

/** The numbers that a path of element ids leads to, between two offsets. */
async function numbers(
  parts: Parts,
  start: number,
  end: number,
  [id, ...rest]: readonly number[],
): Promise<number[]> {
  const found: number[] = [];
  for (let position = start; position < end;) {
    const element = await parts.element(position);
    position = endOf(element, parts);
    if (position > end) throw damaged();
    if (element.id !== id) continue;
    if (rest.length === 0) found.push(await number(parts, element.start, position));
    else found.push(...(await numbers(parts, element.start, position, rest)));
  }
  return found;
}

async function number(parts: Parts, start: number, end: number): Promise<number> {
  const bytes = await parts.at(start, Math.min(8, end - start));
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

function endOf({ end }: Element, parts: Parts): number {
  if (end === undefined) throw damaged();
  if (end > parts.size) throw new Damaged(t('it is cut off'));
  return end;
}

function damaged(): Damaged {
  return new Damaged(t('its structure is damaged'));
}

function tooMuch(): Damaged {
  return new Damaged(t('its parts are larger than those of any clip'), false);
}
