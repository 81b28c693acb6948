import { t } from '../../base/l10n.ts';
import type { RenderRequest } from '../../studios/port.ts';
import { readingWeight, setPages, share } from '../text/pages.ts';
import { leading, setText } from '../text/set-text.ts';
import { type Sheet, type TimedPlate, legible, wholeBox, withEllipsis } from './sheet.ts';

/** What is seen, in the lower third; long descriptions are shown page by page. */
export function descriptionPlates(
  request: RenderRequest,
  sheet: Sheet,
  foot: number,
  frames: number,
): TimedPlate[] {
  const { size, unit, margin, isWide, typeface, accent } = sheet;
  const { scene } = request;
  const isEmpty = [
    scene.action,
    request.prompt,
    scene.narration,
    ...scene.dialogue.map((d) => d.line),
  ].every((text) => text.trim() === '');
  const text = isEmpty
    ? legible(t('Nothing is written for this scene yet.'), sheet)
    : legible(
        scene.action.trim() === '' ? request.prompt : scene.action,
        sheet,
        (writing) =>
          `This scene is written in ${writing}, and no font on this computer can show it. Install one and render the scene again.`,
      );
  const indent = unit * 1.9;
  const width = (isWide ? size.width * 0.66 : size.width - margin * 2) - indent;
  const lines = isWide ? 3 : 4;
  const longest = Math.max(1, Math.floor(request.seconds / 2.5));
  const all = setPages(
    [{ text, style: isEmpty ? 'italic' : 'regular' }],
    {
      width,
      steps: [
        { size: unit * 2.6, lines },
        { size: unit * 2.3, lines },
        { size: unit * 2.05, lines: lines + 1 },
      ],
      pages: longest,
    },
    typeface,
  );
  const pages = all.slice(0, longest);
  const spans = share(pages.map(readingWeight), frames);
  const tallest = Math.max(0, ...pages.map((page) => page.lines.length * page.size * leading));
  return spans.flatMap((span, i) => {
    const page = pages[i];
    if (!page) return [];
    const isCut = i === pages.length - 1 && all.length > pages.length;
    const shown = isCut ? withEllipsis(page) : page.lines;
    const top = foot - tallest;
    const svg =
      `<rect x="${margin}" y="${(top + page.size * 0.1).toFixed(1)}" width="${(unit * 0.45).toFixed(1)}" height="${(shown.length * page.size * leading).toFixed(1)}" fill="${accent}"/>` +
      setText(shown, {
        x: margin + indent,
        y: top + page.size * 1.05,
        size: page.size,
        fill: '#ffffff',
      });
    const box = wholeBox(
      margin - 2,
      top - 2,
      width + indent + unit * 2,
      tallest + page.size * 0.4,
      size,
    );
    return [{ ...span, svg, box, fades: pages.length > 1 }];
  });
}
