/**
 * The Castagnoli checksum, as Google's storage announces it; of large files often the only one. Eight
 * bytes a step (slicing by eight), which is about as fast as a disk.
 */
export class Crc32c {
  private readonly tables = makeTables();
  private state = 0xffffffff;

  update(bytes: Uint8Array): void {
    const [t0, t1, t2, t3, t4, t5, t6, t7] = this.tables;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let crc = this.state;
    let at = 0;
    for (; at + 8 <= bytes.length; at += 8) {
      const low = crc ^ view.getUint32(at, true);
      const high = view.getUint32(at + 4, true);
      crc =
        (t7[low & 255] ?? 0) ^
        (t6[(low >>> 8) & 255] ?? 0) ^
        (t5[(low >>> 16) & 255] ?? 0) ^
        (t4[low >>> 24] ?? 0) ^
        (t3[high & 255] ?? 0) ^
        (t2[(high >>> 8) & 255] ?? 0) ^
        (t1[(high >>> 16) & 255] ?? 0) ^
        (t0[high >>> 24] ?? 0);
    }
    for (; at < bytes.length; at++) {
      crc = (crc >>> 8) ^ (t0[(crc ^ (bytes[at] ?? 0)) & 255] ?? 0);
    }
    this.state = crc;
  }

  /** Big-endian, in Base64. */
  digest(): string {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE((this.state ^ 0xffffffff) >>> 0);
    return bytes.toString('base64');
  }
}

type Tables = [
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
  Int32Array,
];

function makeTables(): Tables {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    return crc;
  });
  const tables = [first];
  for (let more = 1; more < 8; more++) {
    const before = tables[more - 1] ?? first;
    tables.push(before.map((crc) => (crc >>> 8) ^ (first[crc & 255] ?? 0)));
  }
  return tables as Tables;
}
