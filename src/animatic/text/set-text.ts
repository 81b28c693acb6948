import { type FontStyle, familyName, styleAttributes } from '../fonts/typeface.ts';
import type { Line } from './wrap.ts';

/** How far apart baselines are, as a share of the font size. */
export const leading = 1.36;

export interface Setting {
  /** Left edge, or the middle when `anchor` says so. */
  readonly x: number;
  /** Baseline of the first line. */
  readonly y: number;
  readonly size: number;
  readonly fill: string;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Colours of single styles where they differ from `fill`. */
  readonly tints?: Readonly<Partial<Record<FontStyle, string>>>;
}

/** Lines of text as SVG. */
export function setText(lines: readonly Line[], setting: Setting): string {
  const { x, y, size, fill, anchor = 'start', tints = {} } = setting;
  return lines
    .map((line, i) => {
      const text = line.runs.map((run) => run.text).join('');
      // A mark at both ends gives the whole line its direction, the punctuation included.
      const mark = isRightToLeft(text) ? '\u200f' : '';
      const runs = line.runs
        .map(
          (run) =>
            `<tspan${styleAttributes[run.style]}${tints[run.style] ? ` fill="${tints[run.style] ?? ''}"` : ''}>${escapeXml(run.text)}</tspan>`,
        )
        .join('');
      return `<text xml:space="preserve" x="${x.toFixed(1)}" y="${(y + i * size * leading).toFixed(1)}" font-family="${familyName}" font-size="${size.toFixed(1)}" fill="${fill}" paint-order="stroke" stroke="#05070d" stroke-opacity="0.45" stroke-width="${(size * 0.12).toFixed(1)}" stroke-linejoin="round" text-anchor="${anchor}">${mark}${runs}${mark}</text>`;
    })
    .join('');
}

/** Whether the first letter is Hebrew or Arabic. */
function isRightToLeft(text: string): boolean {
  const letter = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}]/u.test(letter);
}

/** Text that may stand in XML; characters that XML forbids are left out. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
