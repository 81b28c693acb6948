import type { RenderRequest } from '../../studios/port.ts';
import { type Page, setPages } from '../text/pages.ts';
import { escapeXml, leading, setText } from '../text/set-text.ts';
import { type Sheet, legible, withEllipsis } from './sheet.ts';

/** Script title, scene number and title, place and time. */
export function heading(request: RenderRequest, sheet: Sheet): string {
  const { size, unit, margin, typeface, accent, isWide } = sheet;
  const { scene } = request;
  let y = margin + unit * 1.4;
  let svg = '';
  const over = line(
    legible(request.scriptTitle, sheet),
    unit * 1.95,
    size.width - margin * 2,
    sheet,
  );
  if (over) {
    svg += setText(over.lines, { x: margin, y, size: over.size, fill: '#ffffffb8' });
    y += unit * 3.1;
  }
  const number = String(request.number);
  const badgeSize = unit * 2.9;
  const isNumbered = request.number > 0;
  const badgeWidth = isNumbered ? typeface.width(number, badgeSize, 'bold') + unit * 2.2 : 0;
  const badgeHeight = unit * 4.5;
  if (isNumbered) {
    svg +=
      `<rect x="${margin}" y="${y.toFixed(1)}" width="${badgeWidth.toFixed(1)}" height="${badgeHeight}" rx="${(unit * 0.8).toFixed(1)}" fill="${accent}"/>` +
      `<text x="${(margin + badgeWidth / 2).toFixed(1)}" y="${(y + badgeHeight / 2 + badgeSize * 0.36).toFixed(1)}" font-family="DejaVu Sans" font-weight="bold" font-size="${badgeSize.toFixed(1)}" fill="#14161d" text-anchor="middle">${escapeXml(number)}</text>`;
  }
  const titleX = margin + badgeWidth + (isNumbered ? unit * 1.7 : 0);
  const titleWidth = size.width - margin - titleX - (isWide ? size.width * 0.12 : 0);
  const title = setPages(
    [
      {
        text: legible(scene.title, sheet, () =>
          legible(request.sceneLabel ?? `Scene ${request.number}`, sheet),
        ),
        style: 'bold',
      },
    ],
    {
      width: titleWidth,
      steps: [
        { size: unit * 4.1, lines: 1 },
        { size: unit * 3.4, lines: 1 },
        { size: unit * 2.9, lines: 2 },
        { size: unit * 2.3, lines: 3 },
      ],
      pages: 1,
    },
    typeface,
  );
  const first = title[0];
  let bottom = y + badgeHeight;
  if (first) {
    const lines = title.length > 1 ? withEllipsis(first) : first.lines;
    const baseline =
      lines.length === 1 ? y + badgeHeight / 2 + first.size * 0.36 : y + first.size * 0.95;
    svg += setText(lines, { x: titleX, y: baseline, size: first.size, fill: '#ffffff' });
    bottom = Math.max(
      bottom,
      baseline + (lines.length - 1) * first.size * leading + first.size * 0.3,
    );
  }
  const where = [scene.place, scene.time]
    .map((text) => legible(text, sheet).trim())
    .filter((text) => text !== '');
  const detail = line(where.join('  ·  '), unit * 2.35, size.width - margin * 2, sheet);
  if (detail) {
    svg += setText(detail.lines, {
      x: margin,
      y: bottom + unit * 3.5,
      size: detail.size,
      fill: '#ffffffdd',
    });
  }
  return svg;
}

/** One line: smaller when it must, cut with an ellipsis when even that does not help. */
function line(text: string, size: number, width: number, sheet: Sheet): Page | undefined {
  const pages = setPages(
    [{ text, style: 'regular' }],
    {
      width,
      steps: [1, 0.9, 0.8].map((factor) => ({ size: size * factor, lines: 1 })),
      pages: 1,
    },
    sheet.typeface,
  );
  const first = pages[0];
  if (!first) return undefined;
  return pages.length > 1 ? { ...first, lines: withEllipsis(first) } : first;
}
