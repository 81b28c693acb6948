import type { Picture as GivenPicture } from '../../studios/pictures.ts';
import type { RenderRequest } from '../../studios/port.ts';
import {
  MovingLayer,
  type CameraMove,
  type Strip,
  cameraMove,
  overhang,
  stripBox,
  strips,
} from './camera.ts';
import type { SystemFonts } from '../fonts/system-fonts.ts';
import { Typeface } from '../fonts/typeface.ts';
import { framesPerSecond, posterSize, sizes } from './frame-format.ts';
import { type Overlay, overlay } from './overlay.ts';
import { cardWidth, pictureCards, wholePicture } from '../picture/given-pictures.ts';
import { scenery } from '../picture/scenery.ts';
import { seeded } from '../picture/random.ts';
import type { SmallPictures } from '../picture/small-pictures.ts';
import { type Layer, VideoFrame, evenBox, toLayer } from './planes.ts';
import { layOver, reduced } from './pixels.ts';
import { opaquePng, readOpaquePng, type OpaquePicture } from './png-file.ts';
import type { Box, Raster } from './raster.ts';
import type { TimedPlate } from '../words/sheet.ts';

/** What is loaded once and used for every clip. */
export interface AnimaticKit {
  readonly raster: Raster;
  /** Regular, bold, oblique. */
  readonly fonts: readonly Uint8Array[];
  readonly systemFonts: SystemFonts;
  readonly smallPictures: SmallPictures;
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
  /** Whether what is behind the words is the same on every frame. */
  private readonly standsStill: boolean;
  /** That, once it was put together. */
  private ground: Uint8Array | undefined;
  private readonly whole: Box;
  /** What stands behind the words: what came with the order, or the scenery in the middle of the camera's move. */
  private readonly backdrop: OpaquePicture | string;

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
      firstFrame === undefined ? strips(set.flats, move) : { moving: [], still: '' };
    const strip = ({ svg, speed }: Strip): MovingLayer =>
      new MovingLayer(this.draw(svg, stripBox(move, speed, whole)), speed, move);
    if (firstFrame === undefined) {
      this.backdrop = set.flats.map(({ svg }) => svg).join('');
      this.scenery = moving.map(strip);
    } else {
      this.backdrop = this.filling(firstFrame);
      this.scenery = [new MovingLayer(this.layerOf(this.backdrop), 0, move)];
    }
    this.standsStill = firstFrame !== undefined && lastFrame === undefined;
    this.end = lastFrame && this.layerOf(this.filling(lastFrame));
    this.cards = pictureCards(
      references.map((one) => kit.smallPictures.of(one, cardWidth(whole))),
      whole,
    );
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
    if (this.ground !== undefined) frame.bytes.set(this.ground);
    else {
      this.addGround(index);
      if (this.standsStill) this.ground = frame.bytes.slice();
    }
    for (const plate of this.overlay.timed) {
      if (index < plate.from || index >= plate.to) continue;
      frame.add(this.plate(plate), undefined, plate.fades ? opacity(plate, index) : 1);
      if (index === plate.to - 1) this.plates.delete(plate);
    }
    const share = (index + 1) / this.frameCount;
    frame.fill(this.bar, Math.round((this.overlay.bar.width * share) / 2) * 2);
    return frame;
  }

  /** All that stands behind the words that come and go. */
  private addGround(index: number): void {
    const { frame } = this;
    for (const layer of this.scenery) layer.addTo(frame, index);
    if (this.end) frame.add(this.end, undefined, shareOfEnd(index, this.frameCount));
    frame.add(this.chrome);
  }

  /** The scenery with the words of a third of the clip, as PNG. */
  poster(): Uint8Array {
    const { backdrop, overlay, whole } = this;
    const { raster } = this.kit;
    const { buffers } = this.typeface;
    const index = Math.floor(this.frameCount / 3);
    const words = overlay.timed.filter(({ from, to }) => index >= from && index < to);
    const svg = overlay.chrome + this.cards + words.map((plate) => plate.svg).join('');
    const size = posterSize(whole);
    if (typeof backdrop === 'string') return raster.png(backdrop + svg, whole, size, buffers);
    const ground = reduced(backdrop, whole.width / size.width);
    layOver(ground, raster.draw(svg, whole, buffers, size).rgba);
    return opaquePng(ground);
  }

  /** A picture that came with the order, as it fills the frame: nearly always one that was drawn here, in this size. */
  private filling(picture: GivenPicture): OpaquePicture {
    const { whole } = this;
    const { width, height } = whole;
    const read = picture.type === 'image/png' ? readOpaquePng(picture.bytes) : undefined;
    if (read?.width === width && read.height === height) return read;
    const ground = `<rect width="${width}" height="${height}" fill="#000"/>`;
    const { rgba } = this.kit.raster.draw(
      ground + wholePicture(picture, whole),
      whole,
      this.typeface.buffers,
    );
    return { width, height, rgba };
  }

  private layerOf({ rgba }: OpaquePicture): Layer {
    return toLayer({ box: this.whole, rgba });
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
