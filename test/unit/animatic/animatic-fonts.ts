/**
 * The font with another character map: it has (as the glyph of "A") exactly these characters. A
 * stand-in for the fonts of an operating system.
 */
export function withCharacters(font: Uint8Array, characters: string): Uint8Array {
  const codePoints = [...new Set(characters)]
    .filter((character) => character !== ' ')
    .map((character) => character.codePointAt(0) ?? 0)
    .sort((a, b) => a - b);
  const cmap = Buffer.alloc(12 + 16 + codePoints.length * 12);
  cmap.writeUInt16BE(1, 2);
  cmap.writeUInt16BE(3, 4);
  cmap.writeUInt16BE(10, 6);
  cmap.writeUInt32BE(12, 8);
  cmap.writeUInt16BE(12, 12);
  cmap.writeUInt32BE(16 + codePoints.length * 12, 16);
  cmap.writeUInt32BE(codePoints.length, 24);
  codePoints.forEach((codePoint, i) => {
    cmap.writeUInt32BE(codePoint, 28 + i * 12);
    cmap.writeUInt32BE(codePoint, 32 + i * 12);
    cmap.writeUInt32BE(36, 36 + i * 12);
  });
  const copy = Buffer.from(font);
  for (let i = 0; i < copy.readUInt16BE(4); i++) {
    const entry = 12 + i * 16;
    if (copy.toString('latin1', entry, entry + 4) !== 'cmap') continue;
    copy.writeUInt32BE(copy.length, entry + 8);
    copy.writeUInt32BE(cmap.length, entry + 12);
  }
  return Buffer.concat([copy, cmap]);
}
