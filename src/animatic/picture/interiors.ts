import { hex, lighter, mix } from './colour.ts';
import { between } from './random.ts';
import { bed, floorLamp, jar, picture, pot, shelf, sofa, table } from './furniture.ts';
import { roomLight, shell, vignette, windowTo } from './room-shell.ts';
import { type Place, type Stage, circle, glow, n, path, polygon, rect, vertical } from './stage.ts';

export function room(stage: Stage): Place {
  const { width, height, unit, palette, random } = stage;
  const light = roomLight(stage);
  const floorY = height * 0.72;
  const flip = random() < 0.5;
  const at = (share: number): number => (flip ? 1 - share : share) * width;
  const winW = Math.min(width * 0.26, unit * 34);
  const winH = Math.min(height * 0.34, unit * 36);
  const lampX = at(0.86);
  const pictures =
    picture(stage, light, at(0.62) - unit * 6, floorY - height * 0.37, unit * 12, unit * 9) +
    picture(stage, light, at(0.74) - unit * 4, floorY - height * 0.33, unit * 7, unit * 9);
  const wantsBed = /bed|sleep|giường|phòng ngủ|寝|床/u.test(stage.reading.words);
  return {
    behind: [
      shell(stage, light, floorY),
      {
        depth: 0.2,
        svg:
          windowTo(stage, light, at(0.26) - winW / 2, floorY - winH - height * 0.13, winW, winH) +
          pictures,
      },
      {
        depth: 0.4,
        svg:
          (wantsBed
            ? bed(stage, light, at(0.6), floorY + unit * 5)
            : sofa(stage, light, at(0.58), floorY + unit * 5)) +
          shelf(stage, light, at(0.06), floorY + unit * 2),
      },
      { depth: 0.5, svg: floorLamp(stage, light, lampX, floorY + unit * 7) },
    ],
    front: palette.dark ? [vignette(stage)] : [],
    ground: height * 0.84,
  };
}

export function kitchen(stage: Stage): Place {
  const { width, height, left, right, unit, palette, random } = stage;
  const light = roomLight(stage);
  const floorY = height * 0.74;
  const counterY = floorY - unit * 17;
  const tile = hex(lighter(light.wall, palette.dark ? 0.03 : 0.07));
  let tiles = '';
  for (let y = counterY - unit * 15; y < counterY; y += unit * 3.6) {
    tiles += rect(left, y, right - left, unit * 0.2, tile);
  }
  for (let x = left; x < right; x += unit * 5.4)
    tiles += rect(x, counterY - unit * 15, unit * 0.2, unit * 15, tile);
  let cupboards =
    rect(left, counterY, right - left, unit * 2, light.wood(0.12)) +
    rect(
      left,
      counterY + unit * 2,
      right - left,
      floorY - counterY - unit * 2 + unit * 3,
      light.wood(0.4),
    );
  for (let x = left; x < right; x += unit * 13) {
    cupboards += rect(
      x + unit * 0.8,
      counterY + unit * 4,
      unit * 11.4,
      floorY - counterY - unit * 3,
      light.wood(0.32),
      ` rx="${n(unit * 0.4)}"`,
    );
    cupboards += rect(
      x + unit * 10,
      counterY + unit * 6,
      unit * 0.6,
      unit * 3,
      hex(mix(palette.lamp, palette.near, 0.35)),
      ` rx="${n(unit * 0.3)}"`,
    );
  }
  const shelfY = counterY - unit * 21;
  let things = rect(left, shelfY, right - left, unit * 1.1, light.wood(0.3));
  for (let x = left + unit * 2; x < right; x += unit * between(random, 4.6, 8))
    things += jar(stage, light, x, shelfY);
  for (let x = left + unit * 3; x < right; x += unit * between(random, 14, 26))
    things += pot(stage, light, x, counterY);
  const winW = Math.min(width * 0.26, unit * 28);
  const winH = unit * 23;
  const winX = width * (random() < 0.5 ? 0.2 : 0.6);
  let pendants = '';
  for (let i = 0; i < 3; i++) {
    const x = width * (0.22 + i * 0.28);
    const y = height * 0.24;
    pendants +=
      rect(x - unit * 0.15, 0, unit * 0.3, y, light.wood(0.9)) +
      path(
        `M${n(x - unit * 4)} ${n(y + unit * 3)}Q${n(x - unit * 3.4)} ${n(y - unit)} ${n(x)} ${n(y - unit)}Q${n(x + unit * 3.4)} ${n(y - unit)} ${n(x + unit * 4)} ${n(y + unit * 3)}Z`,
        light.wood(0.85),
      ) +
      circle(x, y + unit * 3, unit * 1.3, hex(lighter(palette.lamp, 0.05))) +
      glow(
        `pendant${i}`,
        x,
        y + unit * 3,
        unit * (palette.dark ? 24 : 12),
        hex(palette.lamp),
        palette.dark ? 0.6 : 0.3,
      );
  }
  return {
    behind: [
      shell(stage, light, floorY),
      {
        depth: 0.22,
        svg: tiles + things + windowTo(stage, light, winX, counterY - winH - unit * 5, winW, winH),
      },
      { depth: 0.34, svg: cupboards },
      { depth: 0.55, svg: pendants },
    ],
    front: [
      { depth: 0.95, svg: table(stage, light, height * 0.97) },
      ...(palette.dark ? [vignette(stage)] : []),
    ],
    ground: height * 0.86,
  };
}

export function office(stage: Stage): Place {
  const { width, height, left, right, unit, palette } = stage;
  const light = roomLight(stage);
  const floorY = height * 0.73;
  const winW = unit * 15;
  let panes = '';
  let index = 0;
  for (let x = left + unit * 3; x < right; x += winW + unit * 5) {
    panes += windowTo(stage, light, x, floorY - height * 0.46, winW, height * 0.32, index++ === 3);
  }
  let desks = '';
  for (const share of [0.16, 0.84]) {
    const x = width * share;
    const y = floorY - unit * 7;
    const screen = hex(mix(palette.sky[1], palette.orb, 0.5));
    desks +=
      rect(x - unit * 12, y, unit * 24, unit * 1.4, light.wood(0.35)) +
      rect(x - unit * 11, y + unit, unit * 1.2, unit * 13, light.wood(0.55)) +
      rect(x + unit * 9.8, y + unit, unit * 1.2, unit * 13, light.wood(0.55)) +
      rect(
        x - unit * 6.5,
        y - unit * 10,
        unit * 13,
        unit * 8,
        light.wood(0.9),
        ` rx="${n(unit * 0.5)}"`,
      ) +
      rect(x - unit * 5.9, y - unit * 9.4, unit * 11.8, unit * 6.8, screen) +
      rect(x - unit * 1, y - unit * 2.4, unit * 2, unit * 2.4, light.wood(0.9)) +
      (palette.dark
        ? glow(`screen${Math.round(share * 100)}`, x, y - unit * 6, unit * 15, screen, 0.5)
        : '');
  }
  let ceiling = '';
  for (let i = 0; i < 3; i++) {
    const x = width * (0.18 + i * 0.32);
    ceiling +=
      rect(x - unit * 9, height * 0.055, unit * 18, unit * 0.9, hex(lighter(palette.lamp, 0.08))) +
      glow(`tube${i}`, x, height * 0.06, unit * 22, hex(palette.lamp), palette.dark ? 0.5 : 0.25);
  }
  return {
    behind: [
      shell(stage, light, floorY),
      { depth: 0.18, svg: panes },
      { depth: 0.3, svg: ceiling },
      { depth: 0.5, svg: desks },
    ],
    front: [],
    ground: height * 0.85,
  };
}

/** Anything large with columns: stations, churches, libraries, palaces, caves. */
export function hall(stage: Stage): Place {
  const { width, height, left, right, unit, palette, bottom } = stage;
  const light = roomLight(stage);
  const floorY = height * 0.74;
  const step = unit * 24;
  let arches = '';
  for (let x = left - unit * 4; x < right; x += step) {
    const w = unit * 13;
    const top = height * 0.22;
    const id = `arch${Math.round(x - left)}`;
    arches +=
      vertical(id, [
        [0, hex(palette.sky[0])],
        [1, hex(palette.sky[2])],
      ]) +
      path(
        `M${n(x)} ${n(floorY - unit * 4)}V${n(top + w / 2)}A${n(w / 2)} ${n(w / 2)} 0 0 1 ${n(x + w)} ${n(top + w / 2)}V${n(floorY - unit * 4)}Z`,
        `url(#${id})`,
      ) +
      rect(x + w / 2 - unit * 0.3, top, unit * 0.6, floorY - unit * 4 - top, light.wood(0.5)) +
      rect(x, top + unit * 14, w, unit * 0.5, light.wood(0.5));
    arches += `<linearGradient id="${id}s" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="${hex(palette.orb)}" stop-opacity="${palette.dark ? 0.1 : 0.3}"/><stop offset="1" stop-color="${hex(palette.orb)}" stop-opacity="0"/></linearGradient>`;
    arches += polygon(
      [
        [x, top + w * 0.3],
        [x + w, top + w * 0.3],
        [x + w + unit * 26, bottom],
        [x + unit * 16, bottom],
      ],
      `url(#${id}s)`,
    );
  }
  const columns = (nearness: number, gap: number, thick: number): string => {
    let svg = '';
    for (let x = left + unit * 4; x < right; x += gap) {
      const w = unit * thick;
      svg +=
        `<linearGradient id="c${Math.round(x - left)}"><stop offset="0" stop-color="${light.wood(nearness - 0.18)}"/><stop offset="1" stop-color="${light.wood(nearness + 0.2)}"/></linearGradient>` +
        rect(x, 0, w, floorY + unit * 4, `url(#c${Math.round(x - left)})`) +
        rect(x - w * 0.18, floorY + unit * 2.4, w * 1.36, unit * 2.6, light.wood(nearness + 0.1)) +
        rect(x - w * 0.18, height * 0.1, w * 1.36, unit * 2, light.wood(nearness + 0.1));
    }
    return svg;
  };
  const lampY = height * 0.2;
  const lamp = hex(lighter(palette.lamp, 0.05));
  return {
    behind: [
      shell(stage, light, floorY),
      { depth: 0.2, svg: arches },
      { depth: 0.42, svg: columns(0.45, unit * 48, 4.4) },
      {
        depth: 0.5,
        svg:
          rect(width / 2 - unit * 0.2, 0, unit * 0.4, lampY, light.wood(0.9)) +
          circle(width / 2, lampY, unit * 2, lamp) +
          glow('chandelier', width / 2, lampY, unit * 30, lamp, palette.dark ? 0.55 : 0.25),
      },
    ],
    front: palette.dark ? [vignette(stage)] : [],
    ground: height * 0.85,
  };
}
