import { type FontFace, inMemory, readFace } from './sfnt.ts';
import { readFileSync } from 'node:fs';
import type { SystemFonts } from './system-fonts.ts';
import { writingSystemOf } from './scripts.ts';

export type FontStyle = 'regular' | 'bold' | 'italic';

/** The bundled family's name, as the SVG asks for it. */
export const familyName = 'DejaVu Sans';

/** SVG attributes that select the style. */
export const styleAttributes: Readonly<Record<FontStyle, string>> = {
  regular: '',
  bold: ' font-weight="bold"',
  italic: ' font-style="oblique"',
};

/** All fonts that one clip is set in: the bundled family and what the system had to lend. */
export class Typeface {
  /** Files for the renderer, the bundled family first: it is tried first for every character. */
  readonly buffers: readonly Uint8Array[];
  private readonly faces: Readonly<Record<FontStyle, FontFace>>;
  private readonly others: readonly FontFace[];

  private constructor(
    buffers: readonly Uint8Array[],
    faces: Readonly<Record<FontStyle, FontFace>>,
    others: readonly FontFace[],
  ) {
    this.buffers = buffers;
    this.faces = faces;
    this.others = others;
  }

  /** The bundled family (regular, bold, italic) with what `text` needs besides from the system. */
  static for(text: string, bundled: readonly Uint8Array[], system: SystemFonts): Typeface {
    const [regular, bold = regular, italic = regular] = bundled.map((buffer) =>
      readFace(inMemory(buffer)),
    );
    if (!regular || !bold || !italic) throw new Error('The animatic needs at least one font.');
    const buffers = [...bundled];
    const others: FontFace[] = [];
    let missing = missingIn(text, [regular]);
    // Each pass finds a font for one writing system; a text rarely has more than two.
    for (let pass = 0; pass < 4 && missing.size > 0; pass++) {
      const name = writingSystemOf([...missing].join(''))?.pattern;
      const wanted = new Set([...missing].filter((character) => !name || name.test(character)));
      const file = system.find(wanted);
      if (file !== undefined) {
        const buffer = new Uint8Array(readFileSync(file));
        buffers.push(buffer);
        others.push(readFace(inMemory(buffer)));
      }
      const still = missingIn(text, [regular, ...others]);
      missing = new Set([...still].filter((character) => !wanted.has(character)));
    }
    return new Typeface(buffers, { regular, bold, italic }, others);
  }

  /** Whether every character of the text can be drawn. */
  covers(text: string): boolean {
    return missingIn(text, [this.faces.regular, ...this.others]).size === 0;
  }

  /** The text without characters that no font has and nobody misses, such as emoji. */
  withoutOrnaments(text: string): string {
    const faces = [this.faces.regular, ...this.others];
    return Array.from(text.normalize('NFC'))
      .filter((character) => !isOrnament(character) || has(faces, character))
      .join('');
  }

  /** The text without the characters that no font has. */
  coveredPart(text: string): string {
    const missing = missingIn(text, [this.faces.regular, ...this.others]);
    return Array.from(text.normalize('NFC'))
      .filter((character) => !missing.has(character))
      .join('');
  }

  /**
   * Advance width in pixels. Kerning and ligatures are not counted: they make lines a little
   * shorter, never longer.
   */
  width(text: string, size: number, style: FontStyle): number {
    let sum = 0;
    for (const character of text) {
      const codePoint = character.codePointAt(0) ?? 0;
      if (isMark(character)) continue;
      sum += this.faceOf(codePoint, style).advance(codePoint);
    }
    return sum * size;
  }

  private faceOf(codePoint: number, style: FontStyle): FontFace {
    const own = this.faces[style];
    if (own.has(codePoint)) return own;
    if (this.faces.regular.has(codePoint)) return this.faces.regular;
    return this.others.find((face) => face.has(codePoint)) ?? own;
  }
}

function has(faces: readonly FontFace[], character: string): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  return faces.some((face) => face.has(codePoint));
}

function missingIn(text: string, faces: readonly FontFace[]): Set<string> {
  const missing = new Set<string>();
  for (const character of new Set(text.normalize('NFC'))) {
    if (/[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}]/u.test(character)) continue;
    if (!isOrnament(character) && !has(faces, character)) missing.add(character);
  }
  return missing;
}

/** Non-spacing marks stand over their base and take no room. */
function isMark(character: string): boolean {
  return /[\p{Mn}\p{Default_Ignorable_Code_Point}]/u.test(character);
}

function isOrnament(character: string): boolean {
  return /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Private_Use}]/u.test(
    character,
  );
}
