import type { RenderRequest } from '../../studios/port.ts';
import type { Typeface } from '../fonts/typeface.ts';
import { framesPerSecond, type Size } from './frame-format.ts';
import type { Box } from './raster.ts';
import { captionPlates } from '../words/captions.ts';
import { clockPlates, speechNote } from '../words/running-clock.ts';
import { descriptionPlates } from '../words/description.ts';
import { heading } from '../words/heading.ts';
import type { Sheet, TimedPlate } from '../words/sheet.ts';

export interface Overlay {
  /** Scrims, heading and bar: all that never changes. */
  readonly chrome: string;
  readonly timed: readonly TimedPlate[];
  /** Where the bar grows from left to right, in whole even pixels. */
  readonly bar: Box;
}

/** All words and marks of a clip; `accent` is the colour of the scene's own light. */
export function overlay(
  request: RenderRequest,
  size: Size,
  accent: string,
  typeface: Typeface,
): Overlay {
  const unit = Math.min(size.width, size.height) / 100;
  const sheet: Sheet = {
    size,
    unit,
    margin: unit * 5.4,
    isWide: size.width > size.height,
    typeface,
    accent,
  };
  const frames = request.seconds * framesPerSecond;
  const bar = barBox(sheet);
  const foot = bar.y - unit * 5.4;
  const description = descriptionPlates(request, sheet, foot, frames);
  const captionFoot =
    (description.length > 0 ? Math.min(...description.map((d) => d.box.y)) : foot) - unit * 1.6;
  const captions = captionPlates(request, sheet, captionFoot, frames);
  return {
    chrome:
      scrims(sheet, description[0]?.box.y ?? foot) +
      heading(request, sheet) +
      barTrack(bar) +
      speechNote(request, sheet, bar),
    timed: [...description, ...captions, ...clockPlates(request, sheet, bar)],
    bar,
  };
}

function barBox({ size, unit, margin }: Sheet): Box {
  const even = (value: number): number => Math.round(value / 2) * 2;
  return {
    x: even(margin),
    y: even(size.height - unit * 4.4),
    width: even(size.width - margin * 2),
    height: even(unit * 0.8),
  };
}

function barTrack(bar: Box): string {
  return `<rect x="${bar.x}" y="${bar.y}" width="${bar.width}" height="${bar.height}" fill="#ffffff" fill-opacity="0.26"/>`;
}

/** Darkness behind the words: around the heading and along the foot, no more than they need. */
function scrims({ size, unit, isWide }: Sheet, textTop: number): string {
  const foot = size.height - textTop + unit * 20;
  // Eased: a straight ramp shows where it begins.
  const stops = [0.82, 0.76, 0.64, 0.46, 0.27, 0.1, 0].map(
    (opacity, i, all) =>
      `<stop offset="${(i / (all.length - 1)).toFixed(3)}" stop-color="#05070d" stop-opacity="${opacity}"/>`,
  );
  const reach = isWide ? size.width * 0.72 : size.width * 1.5;
  return (
    `<linearGradient id="scrimFoot" x1="0" y1="1" x2="0" y2="0">${stops.join('')}</linearGradient>` +
    `<radialGradient id="scrimHead" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1" gradientTransform="scale(${reach.toFixed(1)} ${(unit * 40).toFixed(1)})">${stops.join('')}</radialGradient>` +
    `<rect x="0" y="0" width="${size.width}" height="${(unit * 40).toFixed(1)}" fill="url(#scrimHead)"/>` +
    `<rect x="0" y="${(size.height - foot).toFixed(1)}" width="${size.width}" height="${foot.toFixed(1)}" fill="url(#scrimFoot)"/>`
  );
}
