import { hex, mix } from './colour.ts';
import { between } from './random.ts';
import {
  type Flat,
  type Stage,
  circle,
  fromEdges,
  glow,
  n,
  path,
  rect,
  vertical,
} from './stage.ts';

/** What falls or drifts before everything else outdoors. */
export function weather(stage: Stage): Flat[] {
  switch (stage.reading.weather) {
    case 'rain':
    case 'storm':
      return [rain(stage)];
    case 'snow':
      return [snow(stage)];
    case 'fog':
      return [fog(stage)];
    case 'clear':
    case 'clouds':
      return [];
  }
}

function rain(stage: Stage): Flat {
  const { random, left, right, bottom, unit, palette } = stage;
  let d = '';
  for (let i = 0; i < 130; i++) {
    const x = between(random, left, right);
    const y = between(random, -0.1, 1) * bottom;
    const length = unit * between(random, 4, 9);
    d += `M${n(x)} ${n(y)}l${n(-length * 0.22)} ${n(length)}`;
  }
  const tint = hex(mix(palette.orb, palette.sky[2], 0.3));
  return {
    depth: 1,
    svg: `<path d="${d}" fill="none" stroke="${tint}" stroke-width="${n(unit * 0.22)}" stroke-opacity="0.34"/>`,
  };
}

function snow(stage: Stage): Flat {
  const { random, left, right, bottom, unit } = stage;
  let svg = '';
  for (let i = 0; i < 120; i++) {
    svg += circle(
      between(random, left, right),
      bottom * random(),
      unit * between(random, 0.15, 0.6),
      '#ffffff',
      ` fill-opacity="${n(between(random, 0.4, 0.9))}"`,
    );
  }
  return { depth: 1, svg };
}

function fog(stage: Stage): Flat {
  const { left, right, height, horizon, palette } = stage;
  const tint = hex(mix(palette.sky[2], palette.sky[1], 0.4));
  return {
    depth: 0,
    svg:
      vertical('fog', [
        [0, tint, 0],
        [0.45, tint, 0.6],
        [0.75, tint, 0.42],
        [1, tint, 0.1],
      ]) + rect(left, horizon - height * 0.4, right - left, height * 0.7, 'url(#fog)'),
  };
}

/** What a look adds on top: paper, ink dots, scan lines, a worn frame. Static, so it costs nothing. */
export function texture(stage: Stage): Flat[] {
  const { width, bottom: height, left, right, reading, random, unit } = stage;
  switch (reading.look) {
    case 'watercolour': {
      let blots = '';
      for (let i = 0; i < 18; i++) {
        const r = unit * between(random, 8, 30);
        const tint = random() < 0.6 ? '#fffaf0' : '#8a7766';
        blots += glow(`blot${i}`, width * random(), height * random(), r, tint, 0.16);
      }
      return [{ depth: 0, svg: blots + edge(stage, '#fbf6ea', 0.45) }];
    }
    case 'noir':
    case 'horror':
      return [{ depth: 0, svg: edge(stage, '#000000', 0.8) }];
    case 'vintage':
      return [{ depth: 0, svg: edge(stage, '#2a1a0c', 0.7) }];
    case 'comic': {
      let d = '';
      const gap = unit * 1.6;
      for (let y = 0; y < height * 0.5; y += gap) {
        const r = unit * 0.42 * (1 - y / (height * 0.5));
        for (let x = left + ((y / gap) % 2) * gap * 0.5; x < right; x += gap) {
          d += `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(r * 2)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-r * 2)} 0z`;
        }
      }
      return [{ depth: 0, svg: path(d, '#000000', ' fill-opacity="0.13"') }];
    }
    case 'neon': {
      let d = '';
      for (let y = 0; y < height; y += 4) d += `M0 ${y}h${width}v1h${-width}z`;
      return [{ depth: 0, svg: path(d, '#000000', ' fill-opacity="0.16"') }];
    }
    case 'plain':
    case 'anime':
    case 'documentary':
    case 'pastel':
      return [];
  }
}

/** A frame that fades in from the edges. */
function edge(stage: Stage, tint: string, strength: number): string {
  return fromEdges(stage, { id: 'edge', tint, strength, reach: 0.74, clear: 0.62 });
}
