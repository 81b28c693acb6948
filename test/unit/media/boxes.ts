/** A box of an MP4 file, taken apart so that a test can put it together again in another way. */
export interface BoxNode {
  type: string;
  /** What a box holds that is no container, or what stands before the boxes in one. */
  data: Uint8Array;
  children: BoxNode[];
}

const containers = new Set([
  ...['moov', 'trak', 'mdia', 'minf', 'stbl', 'edts', 'mvex', 'moof', 'traf', 'mfra'],
]);

/** The boxes of a file that is whole. */
export function takeApart(file: Uint8Array): BoxNode[] {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const found: BoxNode[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const short = bytes.readUInt32BE(at);
    const size =
      short === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? bytes.length - at : short;
    const type = bytes.toString('latin1', at + 4, at + 8);
    const content = bytes.subarray(at + (short === 1 ? 16 : 8), at + Math.max(8, size));
    found.push(
      containers.has(type)
        ? { type, data: new Uint8Array(), children: takeApart(content) }
        : { type, data: content, children: [] },
    );
    at += Math.max(8, size);
  }
  return found;
}

/** One box with its sizes as they have to be. */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(body.length + 8, 0);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, body]);
}

export function putTogether(boxes: readonly BoxNode[]): Buffer {
  return Buffer.concat(
    boxes.map(({ type, data, children }) => box(type, data, putTogether(children))),
  );
}

/** All boxes, the outer before the inner. */
export function allBoxes(boxes: readonly BoxNode[]): BoxNode[] {
  return boxes.flatMap((one) => [one, ...allBoxes(one.children)]);
}

/** Big-endian 32-bit numbers. */
export function words(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((number, i) => bytes.writeUInt32BE(number >>> 0, i * 4));
  return bytes;
}
