import type { Typeface } from '../fonts/typeface.ts';
import type { RenderRequest } from '../../studios/port.ts';
import { space, spaceSky, underwater, underwaterSky } from './beyond.ts';
import { city, street } from './built.ts';
import { coast } from './coast.ts';
import { hex } from './colour.ts';
import { figures } from './figures.ts';
import { hall, kitchen, office, room } from './interiors.ts';
import { desert, field, forest, hills, mountains } from './nature.ts';
import { type Palette, paletteFor } from './palette.ts';
import { seeded } from './random.ts';
import { type PlaceKind, type ReadScene, type Reading, isInterior, readScene } from './reading.ts';
import { sky } from './sky.ts';
import type { Flat, Place, Stage } from './stage.ts';
import { texture, weather } from './weather.ts';

/** Everything behind the words: flats from back to front, and the scene's own light for accents. */
export interface Scenery {
  readonly flats: readonly Flat[];
  readonly palette: Palette;
  /** For thin lines and badges over dark scrims. */
  readonly accent: string;
}

const draw: Readonly<Record<PlaceKind, (stage: Stage) => Place>> = {
  coast,
  city,
  street,
  forest,
  mountains,
  desert,
  field,
  space,
  underwater,
  kitchen,
  office,
  hall,
  room,
  hills,
};

export interface Frame {
  readonly width: number;
  readonly height: number;
}

/**
 * Draw the scene's picture; `travel` is how many pixels the closest flat moves over the whole clip,
 * so that the flats can be drawn wide enough.
 */
export function scenery(
  request: ReadScene & Pick<RenderRequest, 'scriptTitle' | 'number'>,
  frame: Frame,
  travel: number,
  typeface: Typeface,
): Scenery {
  const seed = request.scene.id || `${request.scriptTitle} ${request.number}`;
  const stage = stageFor(readScene(request), frame, travel, seed);
  const { palette, reading } = stage;
  const place = draw[reading.place](stage);
  const { people, names } = figures(
    stage,
    place.ground,
    request.scene.cast,
    request.prompt,
    typeface,
  );
  const outside = isInterior(reading.place) ? [] : weather(stage);
  return {
    flats: [
      ...background(stage),
      ...place.behind,
      ...people,
      ...behindStill([...place.front, ...outside, ...texture(stage)], names),
    ],
    palette,
    accent: hex(palette.lamp),
  };
}

/** Flats with others put before all of them that slide; what lies still over the whole picture stays the last. */
function behindStill(flats: readonly Flat[], others: readonly Flat[]): readonly Flat[] {
  const end = flats.findLastIndex(({ depth }) => depth > 0) + 1;
  return [...flats.slice(0, end), ...others, ...flats.slice(end)];
}

/** What a picture of this reading is drawn on; the same seed gives the same one. */
export function stageFor(reading: Reading, frame: Frame, travel: number, seed: string): Stage {
  return {
    width: frame.width,
    // The words stand in the lowest part: the picture keeps its feet out of it.
    height: frame.height * 0.9,
    left: -travel,
    right: frame.width + travel,
    bottom: frame.height,
    horizon: frame.height * 0.55,
    unit: Math.min(frame.width, frame.height) / 100,
    palette: paletteFor(reading),
    reading,
    random: seeded(seed),
  };
}

function background(stage: Stage): Flat[] {
  switch (stage.reading.place) {
    case 'space':
      return spaceSky(stage);
    case 'underwater':
      return underwaterSky(stage);
    case 'kitchen':
    case 'office':
    case 'hall':
    case 'room':
      return []; // The walls hide it.
    default:
      return sky(stage);
  }
}
