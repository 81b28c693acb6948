import path from 'node:path';
import {
  type EncodedPacket,
  EncodedPacketSink,
  type InputAudioTrack,
  type InputVideoTrack,
} from 'mediabunny';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { wordsFor } from './library-words.ts';

/**
 * The packets of a track, in the order of the file, as many as its index promises.
 *
 * @throws ScenewrightError `bad-input` that names a file whose content cannot be read or breaks off;
 * `cancelled`
 */
export async function* readTrack(
  track: InputVideoTrack | InputAudioTrack,
  count: number,
  file: string,
): AsyncGenerator<EncodedPacket> {
  const packets = new EncodedPacketSink(track).packets();
  try {
    for (let left = count; ; left--) {
      let packet: EncodedPacket | undefined;
      try {
        packet = (await packets.next()).value ?? undefined;
      } catch (error) {
        if (error instanceof ScenewrightError) throw error;
        throw damagedClip(file, t('cannot be read ({0})', wordsFor(error)), error);
      }
      if (packet) {
        yield packet;
        continue;
      }
      // A file that is cut off reads like one that ends early.
      if (left > 0) throw damagedClip(file, t('breaks off'));
      return;
    }
  } finally {
    await packets.return();
  }
}

export function damagedClip(file: string, how: string, cause?: unknown): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t(
      '{0} is damaged: its content {1}. No video was made. Render that scene again, then assemble.',
      path.basename(file),
      how,
    ),
    { cause },
  );
}
