import { lengthOf, placeAt, type Part } from './playlist.ts';

/** The address of a part's clip; `card` where it has none, `waiting` while nobody has told yet. */
export type ClipSource = { readonly address: string } | 'card' | 'waiting';

export interface ReelSound {
  /** From 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
}

/** Nothing is as near to its place as this many seconds, so it is not moved. */
const near = 0.01;

/**
 * Plays the parts of a film one after the other on two videos in turn: while one plays, the other has
 * loaded what comes next. A part without a clip stands for its seconds, and so does one whose clip cannot
 * be played.
 */
export class FilmReel {
  private readonly videos: readonly [HTMLVideoElement, HTMLVideoElement];
  private readonly onChange: () => void;
  private parts: readonly Part[] = [];
  private sourceOf: (id: string) => ClipSource = () => 'card';
  private index = 0;
  private offset = 0;
  private isPlaying = false;
  /** Which of the videos is on; the other one is next. */
  private turn: 0 | 1 = 0;
  private readonly loaded: (string | undefined)[] = [undefined, undefined];
  /** What is on: a part and its clip. */
  private shown = '';
  private readonly broken = new Set<string>();
  private frame = 0;
  private tickedAt: number | undefined;

  constructor(videos: readonly [HTMLVideoElement, HTMLVideoElement], onChange: () => void) {
    this.videos = videos;
    this.onChange = onChange;
    for (const [turn, video] of videos.entries()) {
      video.onerror = () => {
        const address = this.loaded[turn];
        if (address !== undefined) this.broken.add(address);
        this.settle();
      };
      video.onended = () => {
        if (turn === this.turn) this.tick();
      };
    }
  }

  get playing(): boolean {
    return this.isPlaying;
  }

  /** Seconds from the beginning of the film. */
  get at(): number {
    return (this.part?.from ?? 0) + this.offset;
  }

  get part(): Part | undefined {
    return this.parts[this.index];
  }

  /** Seconds from the beginning of the part. */
  get inPart(): number {
    return this.offset;
  }

  /** The part that comes next. */
  get next(): Part | undefined {
    return this.parts[this.index + 1];
  }

  /** Which video is to be seen; none for a card. */
  get onScreen(): 0 | 1 | undefined {
    return this.shown === '' ? undefined : this.turn;
  }

  /** The clip of this part is there and cannot be played. */
  get isBroken(): boolean {
    const source = this.part && this.sourceOf(this.part.id);
    return typeof source === 'object' && this.broken.has(source.address);
  }

  /** Go on with these parts, and where they come from; the part that is on stays on. */
  load(parts: readonly Part[], sourceOf: (id: string) => ClipSource, sound: ReelSound): void {
    const id = this.part?.id;
    this.sourceOf = sourceOf;
    if (parts !== this.parts) {
      this.parts = parts;
      const index = parts.findIndex((part) => part.id === id);
      this.index = index < 0 ? Math.max(0, Math.min(this.index, parts.length - 1)) : index;
      this.offset = Math.min(this.offset, this.part?.seconds ?? 0);
    }
    for (const video of this.videos) {
      video.volume = sound.volume;
      video.muted = sound.muted;
    }
    this.settle();
  }

  play(): void {
    if (this.at >= lengthOf(this.parts) - near) this.place(0, 0);
    this.isPlaying = true;
    this.tickedAt = undefined;
    this.settle();
    this.ask();
    this.onChange();
  }

  pause(): void {
    this.isPlaying = false;
    this.settle();
    this.onChange();
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** Go to a second of the film. */
  seek(second: number): void {
    const { index, offset } = placeAt(this.parts, second);
    this.place(index, offset);
    this.settle();
    this.onChange();
  }

  /** Go to the beginning of a part. */
  goTo(id: string): void {
    const part = this.parts.find((one) => one.id === id);
    if (part !== undefined) this.seek(part.from);
  }

  /** Go so many parts on, or back. */
  step(by: number): void {
    const part = this.parts[Math.max(0, Math.min(this.index + by, this.parts.length - 1))];
    if (part !== undefined) this.seek(part.from);
  }

  dispose(): void {
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    for (const video of this.videos) {
      video.onerror = null;
      video.onended = null;
      video.pause();
      video.removeAttribute('src');
      video.load();
    }
  }

  private ask(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(this.tick);
  }

  private readonly tick = (): void => {
    if (!this.isPlaying) return;
    const now = performance.now();
    const passed = (now - (this.tickedAt ?? now)) / 1000;
    this.tickedAt = now;
    const source = this.source();
    const seconds = this.part?.seconds ?? 0;
    if (source === 'card') {
      this.offset += passed;
      if (this.offset >= seconds) this.goOn();
    } else if (source !== 'waiting') {
      const video = this.videos[this.turn];
      if (video.ended) this.goOn();
      else this.offset = Math.min(video.currentTime, seconds);
    }
    this.settle();
    this.onChange();
    // It may have come to the end.
    if (this.playing) this.ask();
  };

  private goOn(): void {
    if (this.next === undefined) {
      this.isPlaying = false;
      this.offset = this.part?.seconds ?? 0;
    } else this.place(this.index + 1, 0);
  }

  private place(index: number, offset: number): void {
    this.index = index;
    this.offset = offset;
    this.shown = '';
  }

  /** What the part that is on is played from. */
  private source(part = this.part): ClipSource {
    const source = part === undefined ? 'card' : this.sourceOf(part.id);
    return typeof source === 'object' && this.broken.has(source.address) ? 'card' : source;
  }

  /** Bring the videos to where the film is. */
  private settle(): void {
    const source = this.source();
    if (typeof source === 'object') this.bring(source.address);
    else {
      this.shown = '';
      for (const video of this.videos) video.pause();
    }
    const next = this.next && this.source(this.next);
    const isSpare = typeof next === 'object' && next.address !== this.loaded[this.turn];
    if (isSpare) this.put(this.turn === 0 ? 1 : 0, next.address);
  }

  private bring(address: string): void {
    const shown = `${this.part?.id ?? ''} ${address}`;
    if (this.shown !== shown) {
      const other = this.turn === 0 ? 1 : 0;
      if (this.loaded[this.turn] !== address && this.loaded[other] === address) {
        this.videos[this.turn].pause();
        this.turn = other;
      }
      this.put(this.turn, address);
      this.shown = shown;
      const video = this.videos[this.turn];
      if (Math.abs(video.currentTime - this.offset) > near) video.currentTime = this.offset;
    }
    const video = this.videos[this.turn];
    if (!this.isPlaying) video.pause();
    else if (video.paused && !video.ended) {
      video.play().catch((error: unknown) => {
        // What cannot be played says so by itself; what may not be, waits for the reader.
        if (error instanceof DOMException && error.name === 'NotAllowedError') this.pause();
      });
    }
  }

  private put(turn: 0 | 1, address: string): void {
    if (this.loaded[turn] === address) return;
    this.loaded[turn] = address;
    this.videos[turn].src = address;
  }
}
