/** Bits written one after the other, the highest of a byte first. */
export class Bits {
  private readonly written: number[] = [];

  /** @param value of which the lowest `count` bits are written */
  put(count: number, value: number): void {
    for (let i = count - 1; i >= 0; i--) this.written.push((value >> i) & 1);
  }

  /** The bytes so far, filled up with zeros; `length` of them, if told. */
  bytes(length = Math.ceil(this.written.length / 8)): Uint8Array {
    const bytes = new Uint8Array(length);
    this.written.forEach((bit, i) => {
      if (bit === 1) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (0x80 >> (i & 7));
    });
    return bytes;
  }
}
