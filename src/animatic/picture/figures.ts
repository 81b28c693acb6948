import type { Typeface } from '../fonts/typeface.ts';
import { escapeXml } from '../text/set-text.ts';
import { type Colour, hex, mix, ofHue } from './colour.ts';
import { type Random, between, seeded } from './random.ts';
import { type Flat, type Stage, circle, n, path, rect, tone } from './stage.ts';
import { lookIn, wornLook, type WornLook } from './worn-look.ts';

/** More than this many people are a crowd; the last ones are left out. */
const maxFigures = 5;

/** How tall a grown-up stands, as a share of the picture's height. */
const tallness = { wide: 0.24, medium: 0.44, close: 1.15 } as const;

/** The tallest of all, against the average; nobody is shorter than 0.9. */
const tallest = 1.06;

/** People, and their names over their heads: apart, for these have to be read before whatever grows or falls there. */
interface Figures {
  readonly people: readonly Flat[];
  readonly names: readonly Flat[];
}

/**
 * The cast as simple figures with name tags. The same name has the same outline and the same colours
 * in every scene, so that the eye follows a person through the cut: those that its look names, and
 * its own where that says nothing.
 *
 * @param prompt where the looks are said
 */
export function figures(
  stage: Stage,
  ground: number,
  cast: readonly string[],
  prompt: string,
  typeface: Typeface,
): Figures {
  const { width, height, reading } = stage;
  const people = cast.filter((name) => name.trim() !== '').slice(0, maxFigures);
  if (people.length === 0) return { people: [], names: [] };
  const isClose = reading.shot === 'close';
  const tall = Math.min(height * tallness[reading.shot], width * (isClose ? 1.5 : 0.6));
  // In a close shot the feet are far below the frame.
  const feet = isClose ? height * 0.37 + tall * tallest : ground;
  const step = Math.min((width * 0.8) / people.length, Math.max(tall * 0.56, stage.unit * 20));
  const spread = step * people.length;
  const middle = width / 2 + (stage.random() - 0.5) * width * 0.12;
  const all = people.map((name, i) => {
    const x = middle + spread * ((i + 0.5) / people.length - 0.5);
    const facesRight = people.length === 1 ? stage.random() < 0.5 : x < middle;
    const stand: Stand = { x, feet, size: tall, side: facesRight ? 1 : -1 };
    const room = people.length === 1 ? width * 0.4 : step;
    const person = personOf(stage, name, wornLook(lookIn(prompt, name)), stand);
    return { body: bodyOf(stage, person), tag: tag(stage, name, person, room, typeface) };
  });
  const depth = isClose ? 0.9 : 0.7;
  return {
    people: [{ depth, svg: all.map(({ body }) => body).join('') }],
    names: [{ depth, svg: all.map((one) => one.tag).join('') }],
  };
}

/** Measures and colours of one person; lengths in pixels. */
interface Person {
  readonly own: Random;
  readonly x: number;
  readonly feet: number;
  readonly top: number;
  readonly tall: number;
  /** Half the height of the head. */
  readonly head: number;
  readonly neck: number;
  /** Looks right (1) or left (-1). */
  readonly side: 1 | -1;
  /** Against the average. */
  readonly broad: number;
  readonly cloth: string;
  readonly legs: string;
  readonly skin: string;
  readonly hair: string;
  readonly accent: string;
  readonly rim: string;
  /** How much of that light is seen; little by day, where it would look like a gap. */
  readonly glow: number;
}

/** How tall somebody is, against the average. */
export function heightOf(own: Random, { tall = 1 }: WornLook): number {
  return between(own, 0.9, tallest) * tall;
}

/** What somebody's own colours and build begin from. */
export function ownOf(name: string): Random {
  return seeded(name.trim().toLowerCase());
}

/** Where somebody stands; lengths in pixels. */
export interface Stand {
  readonly x: number;
  readonly feet: number;
  /** Height of somebody of average height. */
  readonly size: number;
  /** Looks right (1) or left (-1). */
  readonly side: 1 | -1;
}

/** Somebody, without their name. */
export function figure(stage: Stage, name: string, look: WornLook, stand: Stand): string {
  return bodyOf(stage, personOf(stage, name, look, stand));
}

function personOf(
  stage: Stage,
  name: string,
  look: WornLook,
  { x, feet, size, side }: Stand,
): Person {
  const own = ownOf(name);
  const { palette } = stage;
  const tall = size * heightOf(own, look);
  const head = tall * 0.062;
  const hue = own() * 360;
  const air = palette.dark ? 0.52 : 0.24;
  const lit = (own: Colour, share: number): string =>
    hex(mix(palette.grade(own), tone(stage, 0.9), share));
  const dyed = (degrees: number, lightness: number, chroma: number, share: number): string =>
    lit(ofHue(degrees, lightness, chroma), share);
  return {
    own,
    x,
    feet,
    top: feet - tall,
    tall,
    head,
    neck: feet - tall + head * 2.15,
    side,
    broad: look.broad ?? 1,
    cloth: look.clothes ? lit(look.clothes, air) : dyed(hue, 0.38, 0.055, air + 0.14),
    legs: dyed(hue + 40, 0.27, 0.03, air + 0.14),
    skin: dyed(58, between(own, 0.5, 0.82), 0.06, air),
    hair: look.hair
      ? lit(look.hair, air)
      : dyed(between(own, 30, 80), between(own, 0.16, 0.4), 0.03, air),
    accent: dyed(hue, 0.7, 0.13, air * 0.6),
    rim: hex(mix(palette.sky[2], palette.orb, 0.4)),
    glow: palette.dark ? 0.6 : 0.2,
  };
}

function bodyOf(stage: Stage, person: Person): string {
  const { own, x, feet, tall } = person;
  const wearsCoat = own() < 0.5;
  const style = own();
  return (
    `<ellipse cx="${n(x)}" cy="${n(feet)}" rx="${n(tall * 0.17)}" ry="${n(tall * 0.018)}" fill="#000" fill-opacity="0.3"/>` +
    legs(person) +
    hairBehind(person, style) +
    torso(person, wearsCoat) +
    headOf(person) +
    scarf(person) +
    hair(person, style) +
    (stage.reading.place === 'space' ? helmet(person) : '')
  );
}

function legs({ x, feet, tall, head, side, broad, legs: fill }: Person): string {
  const hip = tall * 0.082 * broad;
  const waist = feet - tall * 0.5;
  const shoe = (at: number): string =>
    rect(
      at - hip * 0.45 + (side > 0 ? 0 : -head * 0.35),
      feet - head * 0.35,
      hip * 0.9 + head * 0.35,
      head * 0.45,
      fill,
      ` rx="${n(head * 0.2)}"`,
    );
  return (
    path(
      `M${n(x - hip)} ${n(waist)}L${n(x - hip * 0.85)} ${n(feet)}H${n(x - hip * 0.1)}L${n(x)} ${n(waist + tall * 0.08)}` +
        `L${n(x + hip * 0.1)} ${n(feet)}H${n(x + hip * 0.85)}L${n(x + hip)} ${n(waist)}Z`,
      fill,
    ) +
    shoe(x - hip * 0.5) +
    shoe(x + hip * 0.5)
  );
}

function torso(person: Person, wearsCoat: boolean): string {
  const { own, x, neck, tall, head, feet, side, broad, cloth, rim, glow } = person;
  const shoulder = tall * between(own, 0.092, 0.118) * broad;
  const hip = tall * between(own, 0.075, 0.092) * broad;
  const waist = neck + tall * 0.29;
  const hem = wearsCoat ? feet - tall * 0.22 : feet - tall * 0.46;
  const flare = wearsCoat ? hip * 1.55 : hip * 1.08;
  const bend = between(own, 0, 1);
  const arm = (s: 1 | -1): string => {
    const reach = s === side ? bend : 0;
    const hand = [
      x + s * (shoulder * 1.12 + reach * tall * 0.06),
      neck + tall * (0.33 - reach * 0.07),
    ] as const;
    return (
      `<path d="M${n(x + s * shoulder * 0.86)} ${n(neck + head)}Q${n(x + s * shoulder * 1.32)} ${n(neck + tall * 0.17)} ${n(hand[0])} ${n(hand[1])}" fill="none" stroke="${cloth}" stroke-width="${n(tall * 0.038)}" stroke-linecap="round"/>` +
      circle(hand[0], hand[1] + tall * 0.012, tall * 0.017, person.skin)
    );
  };
  return (
    arm(side === 1 ? -1 : 1) +
    path(
      `M${n(x - head * 0.42)} ${n(neck - head * 0.3)}Q${n(x - shoulder * 0.5)} ${n(neck + head * 0.2)} ${n(x - shoulder)} ${n(neck + head * 0.75)}` +
        `Q${n(x - shoulder * 1.06)} ${n(neck + tall * 0.16)} ${n(x - hip)} ${n(waist)}L${n(x - flare)} ${n(hem)}H${n(x + flare)}L${n(x + hip)} ${n(waist)}` +
        `Q${n(x + shoulder * 1.06)} ${n(neck + tall * 0.16)} ${n(x + shoulder)} ${n(neck + head * 0.75)}Q${n(x + shoulder * 0.5)} ${n(neck + head * 0.2)} ${n(x + head * 0.42)} ${n(neck - head * 0.3)}Z`,
      cloth,
    ) +
    `<path d="M${n(x + side * shoulder * 0.5)} ${n(neck + head * 0.3)}Q${n(x + side * shoulder * 0.95)} ${n(neck + head * 0.55)} ${n(x + side * shoulder * 1.03)} ${n(neck + tall * 0.1)}" fill="none" stroke="${rim}" stroke-width="${n(head * 0.13)}" stroke-linecap="round" stroke-opacity="${n(glow)}"/>` +
    arm(side)
  );
}

/** Turned a little to the side the person looks to: the face shows there, hair behind. */
function headOf({ x, top, head, side, skin, rim, glow }: Person): string {
  return (
    rect(x - head * 0.36, top + head * 1.6, head * 0.72, head * 0.95, skin) +
    `<ellipse cx="${n(x)}" cy="${n(top + head * 1.12)}" rx="${n(head * 0.84)}" ry="${n(head * 1.08)}" fill="${skin}"/>` +
    circle(x + side * head * 0.82, top + head * 1.24, head * 0.15, skin) +
    `<path d="M${n(x + side * head * 0.62)} ${n(top + head * 0.62)}Q${n(x + side * head * 0.92)} ${n(top + head * 1.1)} ${n(x + side * head * 0.5)} ${n(top + head * 1.9)}" fill="none" stroke="${rim}" stroke-width="${n(head * 0.1)}" stroke-linecap="round" stroke-opacity="${n(glow)}"/>`
  );
}

/** Two shapes: as one, what they share would be a hole on one of the two sides. */
function scarf({ x, neck, head, side, accent }: Person): string {
  const round = path(
    `M${n(x - head * 0.85)} ${n(neck - head * 0.18)}Q${n(x)} ${n(neck + head * 0.5)} ${n(x + head * 0.85)} ${n(neck - head * 0.18)}` +
      `L${n(x + head * 0.95)} ${n(neck + head * 0.4)}Q${n(x)} ${n(neck + head * 1.15)} ${n(x - head * 0.95)} ${n(neck + head * 0.4)}Z`,
    accent,
  );
  const end = path(
    `M${n(x + side * head * 0.2)} ${n(neck + head * 0.5)}l${n(side * head * 0.85)} ${n(head * 2.2)}l${n(-side * head * 0.9)} ${n(head * 0.1)}l${n(-side * head * 0.3)} ${n(-head * 2)}Z`,
    accent,
  );
  return round + end;
}

/** Long hair falls behind the shoulders. */
function hairBehind({ x, top, head, neck, hair: fill }: Person, style: number): string {
  if (style < 0.3 || style > 0.62) return '';
  return path(
    `M${n(x - head)} ${n(top + head * 0.9)}Q${n(x - head * 1.45)} ${n(neck + head * 1.2)} ${n(x - head * 0.9)} ${n(neck + head * 1.7)}` +
      `H${n(x + head * 0.9)}Q${n(x + head * 1.45)} ${n(neck + head * 1.2)} ${n(x + head)} ${n(top + head * 0.9)}Z`,
    fill,
  );
}

function hair({ x, top, head, side, hair: fill, accent }: Person, style: number): string {
  const cap = path(
    `M${n(x + side * head * 0.86)} ${n(top + head * 0.72)}Q${n(x + side * head * 0.7)} ${n(top - head * 0.14)} ${n(x - side * head * 0.1)} ${n(top - head * 0.12)}` +
      `Q${n(x - side * head * 1.1)} ${n(top)} ${n(x - side * head)} ${n(top + head * 1.1)}Q${n(x - side * head * 0.96)} ${n(top + head * 1.7)} ${n(x - side * head * 0.6)} ${n(top + head * 1.85)}` +
      `Q${n(x - side * head * 0.62)} ${n(top + head * 1.1)} ${n(x - side * head * 0.2)} ${n(top + head * 0.72)}Q${n(x + side * head * 0.3)} ${n(top + head * 0.5)} ${n(x + side * head * 0.86)} ${n(top + head * 0.72)}Z`,
    fill,
  );
  if (style < 0.16) {
    return (
      cap +
      path(
        `M${n(x - head * 0.98)} ${n(top + head * 0.4)}Q${n(x - head * 0.85)} ${n(top - head * 0.62)} ${n(x)} ${n(top - head * 0.62)}Q${n(x + head * 0.85)} ${n(top - head * 0.62)} ${n(x + head * 0.98)} ${n(top + head * 0.4)}Z`,
        fill,
      ) +
      rect(x - head * 0.97, top + head * 0.12, head * 1.94, head * 0.26, accent) +
      `<ellipse cx="${n(x)}" cy="${n(top + head * 0.45)}" rx="${n(head * 1.7)}" ry="${n(head * 0.22)}" fill="${fill}"/>`
    );
  }
  if (style < 0.3) return cap + circle(x - side * head * 0.75, top + head * 0.08, head * 0.5, fill);
  if (style > 0.86) {
    return (
      cap +
      path(
        `M${n(x - head * 0.98)} ${n(top + head * 0.6)}A${n(head * 0.98)} ${n(head * 0.92)} 0 0 1 ${n(x + head * 0.98)} ${n(top + head * 0.6)}Z`,
        accent,
      ) +
      rect(
        side > 0 ? x : x - head * 1.6,
        top + head * 0.46,
        head * 1.6,
        head * 0.2,
        accent,
        ` rx="${n(head * 0.1)}"`,
      )
    );
  }
  return cap;
}

function helmet({ x, top, head, side }: Person): string {
  return (
    circle(
      x,
      top + head * 1.1,
      head * 1.75,
      '#cfe6ff',
      ` fill-opacity="0.16" stroke="#eaf3ff" stroke-width="${n(head * 0.16)}" stroke-opacity="0.85"`,
    ) +
    `<path d="M${n(x + side * head * 0.7)} ${n(top - head * 0.2)}A${n(head * 1.4)} ${n(head * 1.4)} 0 0 ${side > 0 ? 1 : 0} ${n(x + side * head * 1.38)} ${n(top + head * 0.9)}" fill="none" stroke="#ffffff" stroke-width="${n(head * 0.15)}" stroke-linecap="round" stroke-opacity="0.8"/>`
  );
}

/**
 * The name over the head, cut to what fits; none where no font has its letters.
 *
 * @param room width that it may take, in pixels
 */
function tag(
  stage: Stage,
  name: string,
  { x, top: crown, head, accent }: Person,
  room: number,
  typeface: Typeface,
): string {
  const size = Math.max(13, stage.unit * 2.1);
  let text = typeface.withoutOrnaments(name).trim();
  if (text === '' || !typeface.covers(text)) return '';
  while (text.length > 2 && typeface.width(text, size, 'bold') > room - size * 2.2) {
    text = `${text.slice(0, -2).trimEnd()}…`;
  }
  const w = typeface.width(text, size, 'bold') + size * 2;
  const h = size * 1.7;
  // Never up into the heading.
  const top = Math.max(stage.unit * 24, crown - head * 0.9 - h);
  return (
    rect(x - w / 2, top, w, h, '#0b0d14', ` rx="${n(h / 2)}" fill-opacity="0.7"`) +
    circle(x - w / 2 + size * 0.82, top + h / 2, size * 0.24, accent) +
    `<text x="${n(x + size * 0.38)}" y="${n(top + h * 0.5 + size * 0.36)}" font-family="DejaVu Sans" font-weight="bold" font-size="${n(size)}" fill="#fff" text-anchor="middle">${escapeXml(text)}</text>`
  );
}
