import type { RenderRequest } from '../../studios/port.ts';
import { type Page, readingWeight, setPages, share } from '../text/pages.ts';
import { leading, setText } from '../text/set-text.ts';
import type { Run } from '../text/wrap.ts';
import { type Plate, type Sheet, type TimedPlate, legible, wholeBox } from './sheet.ts';

/** Narration, then dialogue, each for a part of the time in proportion to its length. */
export function captionPlates(
  request: RenderRequest,
  sheet: Sheet,
  foot: number,
  frames: number,
): TimedPlate[] {
  const { size, unit, isWide, typeface } = sheet;
  const width = size.width * (isWide ? 0.76 : 0.84);
  // Captions may grow up to the heading, never into it.
  const room = foot - unit * 27;
  const cues = cueRuns(request, sheet);
  const letters = cues.flat().reduce((sum, run) => sum + run.text.length, 0);
  const pages = cues.flatMap((runs) => {
    const part = runs.reduce((sum, run) => sum + run.text.length, 0) / Math.max(1, letters);
    return setPages(
      runs,
      {
        width,
        steps: [
          { size: unit * 4, lines: isWide ? 2 : 4 },
          { size: unit * 3.4, lines: isWide ? 3 : 5 },
          ...[2.8, 2.4, 2.1].map((factor) => ({
            size: unit * factor,
            lines: Math.max(3, Math.floor((room - unit * 3) / (unit * factor * leading))),
          })),
        ],
        // About two seconds a page, in the part of the time that is this cue's own.
        pages: Math.max(1, Math.floor((request.seconds * part) / 2)),
      },
      typeface,
    );
  });
  const spans = share(pages.map(readingWeight), frames);
  return spans.flatMap((span, i) => {
    const page = pages[i];
    return page ? [{ ...span, ...captionPlate(page, sheet, foot), fades: true }] : [];
  });
}

function captionPlate(page: Page, sheet: Sheet, foot: number): Plate {
  const { size, unit, accent } = sheet;
  const widest = Math.max(...page.lines.map((l) => l.width));
  // Many lines read better with a straight left edge.
  const isBlock = page.lines.length > 4;
  const padX = unit * 2.2;
  const padY = unit * 1.3;
  const height = page.lines.length * page.size * leading + padY * 2 - page.size * (leading - 1);
  const box = wholeBox(
    (size.width - widest) / 2 - padX,
    foot - height,
    widest + padX * 2,
    height,
    size,
  );
  const svg =
    `<rect x="${box.x + 1}" y="${box.y + 1}" width="${box.width - 2}" height="${box.height - 2}" rx="${(unit * 1.2).toFixed(1)}" fill="#05070d" fill-opacity="0.74"/>` +
    setText(page.lines, {
      x: isBlock ? box.x + padX : size.width / 2,
      y: box.y + padY + page.size * 0.88,
      size: page.size,
      fill: '#ffffff',
      ...(isBlock ? {} : { anchor: 'middle' as const }),
      tints: { bold: accent },
    });
  return { svg, box };
}

/** More than any clip has time for. */
const mostCues = 200;

function cueRuns(request: RenderRequest, sheet: Sheet): Run[][] {
  const { narration, dialogue } = request.scene;
  const cues: Run[][] = narration
    .split(/\n\n+/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .slice(0, mostCues)
    .map((text) => [
      { text: legible(text, sheet, (writing) => `[narration in ${writing}]`), style: 'italic' },
    ]);
  for (const { speaker, tone, line: spoken } of dialogue) {
    if (cues.length >= mostCues) break;
    if (spoken.trim() === '') continue;
    const name = legible(speaker.trim(), sheet);
    const who = name === '' ? [] : [{ text: `${name}  `, style: 'bold' as const }];
    const manner = legible(tone.trim(), sheet);
    const how = manner === '' ? [] : [{ text: `(${manner}) `, style: 'italic' as const }];
    cues.push([
      ...who,
      ...how,
      {
        text: legible(spoken.trim(), sheet, (writing) => `[dialogue in ${writing}]`),
        style: 'regular',
      },
    ]);
  }
  return cues;
}
