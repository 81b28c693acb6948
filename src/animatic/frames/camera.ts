import { type Layer, type VideoFrame, halfStep } from './planes.ts';
import type { Flat } from '../picture/stage.ts';
import type { Box } from './raster.ts';

/** A slow sideways move over the whole clip; the scenery is centred in the middle of it. */
export interface CameraMove {
  readonly frames: number;
  /** Pixels that the closest flat moves from one frame to the next: a multiple of a half. */
  readonly fastest: number;
  readonly direction: 1 | -1;
}

/** Flats that move at the same speed and stand one behind the other, drawn as one picture. */
export interface Strip {
  readonly svg: string;
  /** Pixels from one frame to the next: a multiple of a half. */
  readonly speed: number;
}

export function cameraMove(frames: number, width: number, direction: 1 | -1): CameraMove {
  // A narrow or a long clip would run out of scenery at the full speed.
  return { frames, direction, fastest: width > 1000 && frames <= 144 ? 1.5 : 1 };
}

/** How far past the frame's edges a picture of this speed has to reach, in whole even pixels. */
export function overhang(move: CameraMove, speed: number): number {
  return speed === 0 ? 0 : Math.ceil((speed * move.frames) / 4 + 1) * 2;
}

/** Strips back to front; what stands still before everything that moves is apart, as `still`. */
export function strips(
  flats: readonly Flat[],
  move: CameraMove,
): { moving: Strip[]; still: string } {
  const all: { svg: string; speed: number }[] = [];
  for (const { svg, depth } of flats) {
    const speed = Math.round(depth * move.fastest * 2) / 2;
    const last = all.at(-1);
    if (last?.speed === speed) last.svg += svg;
    else all.push({ svg, speed });
  }
  const isStill = all.length > 1 && all.at(-1)?.speed === 0;
  const still = isStill ? (all.pop()?.svg ?? '') : '';
  return { moving: all, still };
}

/** What of a strip has to be drawn. */
export function stripBox(move: CameraMove, speed: number, frame: Box): Box {
  const over = overhang(move, speed);
  return { ...frame, x: frame.x - over, width: frame.width + over * 2 };
}

/** A drawn strip that knows where it is at every frame. */
export class MovingLayer {
  private readonly move: CameraMove;
  private readonly speed: number;
  private readonly whole: Layer;
  private half: Layer | undefined;

  constructor(layer: Layer, speed: number, move: CameraMove) {
    this.whole = layer;
    this.speed = speed;
    this.move = move;
  }

  addTo(frame: VideoFrame, index: number): void {
    const { frames, direction } = this.move;
    const x = this.whole.x + direction * this.speed * (index - frames / 2);
    if (Number.isInteger(x)) {
      frame.add(this.whole, x);
      return;
    }
    this.half ??= halfStep(this.whole);
    frame.add(this.half, Math.ceil(x));
  }
}
