import { defined } from '../base/defined.ts';
import { openRegular } from '../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { kindOfFile, tellingBytes, type VideoKind } from './file-kind.ts';
import { type Box, Damaged, Parts } from '../media/parts.ts';

export interface VerifiedVideo {
  readonly kind: VideoKind;
  readonly bytes: number;
  /** Length in seconds, where the file's header tells. */
  readonly seconds?: number;
}

/**
 * See whether a file really is a whole video: the right beginning, and a structure whose parts add
 * up to exactly the file. It does not decode pictures. A file that is made to take for ever, of
 * millions of tiny parts, is refused before that.
 *
 * @throws ScenewrightError `bad-answer`, with `retryable` where the file looks cut off; `cancelled`.
 */
export async function verifyVideo(file: string, signal?: AbortSignal): Promise<VerifiedVideo> {
  const handle = await openRegular(file);
  try {
    const { size } = await handle.stat();
    const parts = new Parts(handle, size, signal);
    const head = await parts.at(0, tellingBytes);
    if (head.length === 0) throw new Damaged(t('it is empty'));
    const kind = kindOfFile(head);
    if (kind.is === 'video') return await whole(kind.video, parts);
    throw new Damaged(
      kind.is === 'unknown' ? t('it is no video that is known here') : t('it is {0}', kind.name),
      false,
    );
  } catch (error) {
    if (!(error instanceof Damaged)) throw error;
    const { message, retryable } = error;
    throw new ScenewrightError(
      'bad-answer',
      t(
        'What the service sent is not a clip: {0}. It was thrown away; retry to fetch it anew, or render the scene again.',
        message,
      ),
      { cause: error, retryable },
    );
  } finally {
    await handle.close();
  }
}

async function whole(kind: VideoKind, parts: Parts): Promise<VerifiedVideo> {
  switch (kind) {
    case 'mp4':
      return await mp4(parts);
    case 'webm':
    case 'mkv':
      return await matroska(kind, parts);
    case 'avi':
      return await avi(parts);
    case 'm2t':
    case 'flv':
      // Streams, whose ends nothing tells.
      return { kind, bytes: parts.size };
  }
}

async function mp4(parts: Parts): Promise<VerifiedVideo> {
  let seconds: number | undefined;
  let index = false;
  let media = false;
  for await (const box of parts.topBoxes()) {
    if (box.type === 'mdat') media ||= box.end > box.start;
    if (box.type !== 'moov') continue;
    index = true;
    for await (const inner of parts.boxes(box.start, box.end)) {
      if (inner.type !== 'mvhd') continue;
      seconds = await movieSeconds(parts, inner);
      break;
    }
  }
  if (!index || !media) throw new Damaged(t('it holds no picture'));
  return { kind: 'mp4', bytes: parts.size, ...defined({ seconds }) };
}

/** Length by the movie header; absent for fragmented files, which do not know it there. */
async function movieSeconds(parts: Parts, { start, end }: Box): Promise<number | undefined> {
  const header = await parts.at(start, Math.min(32, end - start));
  const long = header[0] === 1;
  if (header.length < (long ? 32 : 20)) return undefined;
  const timescale = header.readUInt32BE(long ? 20 : 12);
  const duration = long ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  return timescale > 0 && duration > 0 && duration !== 0xffff_ffff
    ? duration / timescale
    : undefined;
}

const segmentId = 0x18538067;
const clusterId = 0x1f43b675;

/** The header, then one segment, behind which nothing counts. Lengths inside are left to the player. */
async function matroska(kind: 'webm' | 'mkv', parts: Parts): Promise<VerifiedVideo> {
  const { size } = parts;
  const head = await parts.element(0);
  if (head.end === undefined) throw new Damaged(t('its structure is damaged'));
  const segment = await parts.element(head.end);
  if (segment.id !== segmentId) throw new Damaged(t('its structure is damaged'));
  // A recording of unknown length tells nothing more about its end.
  if (segment.end === undefined) return { kind, bytes: size };
  if (segment.end > size) throw new Damaged(t('it is cut off'));
  let media = false;
  for (let position = segment.start; position < segment.end;) {
    const part = await parts.element(position);
    media ||= part.id === clusterId;
    if (part.end === undefined) break;
    if (part.end > size) throw new Damaged(t('it is cut off'));
    position = part.end;
  }
  if (!media) throw new Damaged(t('it holds no picture'));
  return { kind, bytes: size };
}

/** A list of its parts that says how long it is. */
async function avi(parts: Parts): Promise<VerifiedVideo> {
  const length = (await parts.at(0, 8)).readUInt32LE(4);
  if (length + 8 > parts.size) throw new Damaged(t('it is cut off'));
  return { kind: 'avi', bytes: parts.size };
}
