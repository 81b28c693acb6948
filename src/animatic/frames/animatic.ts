import type { RenderRequest } from '../../studios/port.ts';
import { MovingLayer, type CameraMove, cameraMove, overhang, stripBox, strips } from './camera.ts';
import type { SystemFonts } from '../fonts/system-fonts.ts';
import { Typeface } from '../fonts/typeface.ts';
import { framesPerSecond, posterSize, sizes } from './frame-format.ts';
import { type Overlay, overlay } from './overlay.ts';
import { pictureCards, wholePicture } from '../picture/given-pictures.ts';
import { scenery } from '../picture/scenery.ts';
import { seeded } from '../picture/random.ts';
import { type Layer, VideoFrame, evenBox, toLayer } from './planes.ts';
import type { Box, Raster } from './raster.ts';
import type { TimedPlate } from '../words/sheet.ts';

/** What is loaded once and used for every clip. */
export interface AnimaticKit {
  readonly raster: Raster;
  /** Regular, bold, oblique. */
  readonly fonts: readonly Uint8Array[];
  readonly systemFonts: SystemFonts;
}

/** How many frames a caption takes to come and to go. */
const fadeFrames = 3;

/** One scene as a moving picture: the scenery behind, the words before it. */
export class Animatic {
  readonly frameCount: number;
  private readonly kit: AnimaticKit;
  private readonly typeface: Typeface;
  private readonly overlay: Overlay;
  private readonly scenery: readonly MovingLayer[];
  /** Everything before the scenery that does not change. */
  private readonly chrome: Layer;
  private readonly bar: Layer;
  /** What the clip ends with, where it is told. */
  private readonly end: Layer | undefined;
  /** Pictures of whom and what it shows. */
  private readonly cards: string;
  /** Plates are drawn when they are first shown, and dropped after they were shown last. */
  private readonly plates = new Map<TimedPlate, Layer>();
  private readonly frame: VideoFrame;
  private readonly whole: Box;
  /** The scenery as one picture, as it stands in the middle of the camera's move. */
  private readonly backdrop: string;

  constructor(request: RenderRequest, kit: AnimaticKit) {
    const size = sizes[request.aspect];
    const whole: Box = { x: 0, y: 0, ...size };
    this.whole = whole;
    this.kit = kit;
    this.frameCount = request.seconds * framesPerSecond;
    this.frame = new VideoFrame(size.width, size.height);
    this.typeface = Typeface.for(allText(request), kit.fonts, kit.systemFonts);
    const move: CameraMove = cameraMove(
      this.frameCount,
      size.width,
      seeded(`camera ${request.scene.id}`)() < 0.5 ? 1 : -1,
    );
    const set = scenery(request, size, overhang(move, move.fastest), this.typeface);
    const { firstFrame, lastFrame, references } = request.pictures ?? { references: [] };
    const { moving, still } =
      firstFrame === undefined
        ? strips(set.flats, move)
        : { moving: [{ svg: wholePicture(firstFrame, whole), speed: 0 }], still: '' };
    this.backdrop =
      firstFrame === undefined
        ? set.flats.map(({ svg }) => svg).join('')
        : wholePicture(firstFrame, whole);
    this.scenery = moving.map(
      ({ svg, speed }) =>
        new MovingLayer(this.draw(svg, stripBox(move, speed, whole)), speed, move),
    );
    this.end = lastFrame && this.draw(wholePicture(lastFrame, whole), whole);
    this.cards = pictureCards(references, whole);
    this.overlay = overlay(request, size, set.accent, this.typeface);
    this.chrome = this.draw(still + this.overlay.chrome + this.cards, whole);
    this.bar = this.draw(
      `<rect width="${size.width}" height="${size.height}" fill="${set.accent}"/>`,
      this.overlay.bar,
    );
  }

  /** The frame of this number; its buffer is used again for the next one. */
  frameAt(index: number): VideoFrame {
    const { frame } = this;
    for (const layer of this.scenery) layer.addTo(frame, index);
    if (this.end) frame.add(this.end, undefined, shareOfEnd(index, this.frameCount));
    frame.add(this.chrome);
    for (const plate of this.overlay.timed) {
      if (index < plate.from || index >= plate.to) continue;
      frame.add(this.plate(plate), undefined, plate.fades ? opacity(plate, index) : 1);
      if (index === plate.to - 1) this.plates.delete(plate);
    }
    const share = (index + 1) / this.frameCount;
    frame.fill(this.bar, Math.round((this.overlay.bar.width * share) / 2) * 2);
    return frame;
  }

  /** The scenery with the words of a third of the clip, as PNG. */
  poster(): Uint8Array {
    const { kit, overlay, typeface, whole } = this;
    const index = Math.floor(this.frameCount / 3);
    const words = overlay.timed.filter(({ from, to }) => index >= from && index < to);
    const svg =
      this.backdrop + overlay.chrome + this.cards + words.map((plate) => plate.svg).join('');
    return kit.raster.png(svg, whole, posterSize(whole), typeface.buffers);
  }

  private plate(plate: TimedPlate): Layer {
    let layer = this.plates.get(plate);
    if (!layer) {
      layer = this.draw(plate.svg, plate.box);
      this.plates.set(plate, layer);
    }
    return layer;
  }

  private draw(svg: string, box: Box): Layer {
    return toLayer(this.kit.raster.draw(svg, evenBox(box), this.typeface.buffers));
  }
}

/** The picture at the end comes up over the last two fifths, and is all there is on the last frame. */
function shareOfEnd(index: number, frames: number): number {
  const from = frames * 0.6;
  return Math.min(1, Math.max(0, (index + 1 - from) / (frames - from)));
}

/** Soft at both ends; a plate shorter than its own fades is simply shown. */
function opacity(plate: TimedPlate, index: number): number {
  if (plate.to - plate.from < fadeFrames * 4) return 1;
  const edge = Math.min(index - plate.from + 1, plate.to - index);
  return Math.min(1, edge / (fadeFrames + 1));
}

function allText(request: RenderRequest): string {
  const { scene } = request;
  return [
    request.scriptTitle,
    scene.title,
    scene.place,
    scene.time,
    scene.action,
    request.prompt,
    scene.narration,
    ...scene.cast,
    ...scene.dialogue.flatMap((d) => [d.speaker, d.tone, d.line]),
  ].join('\n');
}
