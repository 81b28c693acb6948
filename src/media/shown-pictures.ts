import { type EncodedPacket, EncodedPacketSink } from 'mediabunny';
import { type MediaFile, packetsOf, reading } from './read.ts';
import { editRounding } from './track-times.ts';

/** The packets of pictures that go into a film when they are copied. */
export interface ShownPictures {
  /** How many there are. */
  readonly count: number;
  /** Those that stay behind, by their place in the file. */
  readonly hidden: ReadonlySet<number>;
  /** Whether what is hidden can be left out: not where pictures that are shown are built upon it. */
  readonly copyable: boolean;
}

/**
 * Which pictures of a clip are shown. Clips that were cut without being encoded begin with pictures that
 * their edit list hides, because the first shown one is built upon them.
 *
 * @throws ScenewrightError `bad-input` that names the file
 */
export async function shownPictures(media: MediaFile): Promise<ShownPictures> {
  const { file, video, times } = media;
  const { from, to, spliced } = times.video;
  return await reading(file, async () => {
    const { packetCount } = await packetsOf(video, file);
    const first = await video.getFirstTimestamp();
    const everything = first >= from - editRounding && to >= (await video.computeDuration());
    if (everything || spliced) return { count: packetCount, hidden: new Set(), copyable: !spliced };
    const isHidden = ({ timestamp, duration }: EncodedPacket): boolean =>
      timestamp + duration / 2 <= from || timestamp >= to - editRounding;
    const hidden = new Set<number>();
    let place = 0;
    let begun: EncodedPacket | undefined;
    let ended = false;
    let copyable = true;
    const packets = new EncodedPacketSink(video).packets(undefined, undefined, {
      metadataOnly: true,
    });
    for await (const packet of packets) {
      if (isHidden(packet)) {
        hidden.add(place);
        ended ||= packet.timestamp >= to - editRounding;
      } else {
        begun ??= packet;
        // In the order of decoding: begun by itself, and nothing is built upon what is cut off behind.
        copyable &&= begun.type === 'key' && packet.timestamp >= begun.timestamp && !ended;
      }
      place++;
    }
    return { count: packetCount - hidden.size, hidden, copyable: copyable && begun !== undefined };
  });
}
