/** Seconds that two videos may be apart before the one that follows is moved. */
const farApart = 0.25;

/** Seconds apart that nobody sees. */
const inStep = 0.02;

/** Plays two videos in step; the shorter one stands at its end until the longer one is there, too. */
export class PairReel {
  private readonly videos: readonly [HTMLVideoElement, HTMLVideoElement];
  private readonly onChange: () => void;
  private readonly broken = new Set<HTMLVideoElement>();
  private isPlaying = false;
  private frame = 0;

  /** @param at seconds from the beginning that they begin at */
  constructor(
    videos: readonly [HTMLVideoElement, HTMLVideoElement],
    onChange: () => void,
    at: number,
  ) {
    this.videos = videos;
    this.onChange = onChange;
    for (const video of videos) {
      if (at > 0) video.currentTime = at;
      video.onloadedmetadata = onChange;
      video.onerror = () => {
        this.broken.add(video);
        onChange();
      };
    }
  }

  get playing(): boolean {
    return this.isPlaying;
  }

  /** Seconds of the longer one; 0 while nobody knows. */
  get seconds(): number {
    return Math.max(...this.videos.map(lengthOf));
  }

  /** Seconds from the beginning. */
  get at(): number {
    return this.leader.currentTime;
  }

  /** Which of them cannot be played. */
  isBroken(index: 0 | 1): boolean {
    return this.broken.has(this.videos[index]);
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  play(): void {
    if (this.leader.ended) this.seek(0);
    this.isPlaying = true;
    this.tick();
  }

  pause(): void {
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.hold();
    const [one, two] = this.videos;
    // Standing still, every difference is seen.
    if (Math.abs(one.currentTime - two.currentTime) > inStep) this.seek(this.at);
    this.onChange();
  }

  seek(second: number): void {
    const at = Math.max(0, Math.min(second, this.seconds));
    for (const video of this.videos) {
      if (canSeek(video)) video.currentTime = Math.min(at, lengthOf(video));
    }
    this.onChange();
  }

  dispose(): void {
    this.isPlaying = false;
    cancelAnimationFrame(this.frame);
    this.hold();
    for (const video of this.videos) {
      video.onloadedmetadata = null;
      video.onerror = null;
    }
  }

  /** The one that the other follows. */
  private get leader(): HTMLVideoElement {
    const [one, two] = this.videos;
    return lengthOf(two) > lengthOf(one) ? two : one;
  }

  private hold(): void {
    for (const video of this.videos) video.pause();
  }

  private readonly tick = (): void => {
    if (!this.isPlaying) return;
    const { leader } = this;
    if (leader.ended || this.broken.has(leader)) {
      this.pause();
      return;
    }
    const running = this.videos.filter((video) => !video.ended && !this.broken.has(video));
    // Whoever has nothing to show yet is waited for.
    if (running.some(({ readyState }) => readyState < HTMLMediaElement.HAVE_FUTURE_DATA)) {
      this.hold();
    } else {
      for (const video of running) {
        if (video !== leader) follow(video, leader.currentTime);
        // What cannot be played says so by itself.
        if (video.paused) video.play().catch(() => undefined);
      }
    }
    this.onChange();
    this.frame = requestAnimationFrame(this.tick);
  };
}

/** Bring a video that plays to a second without a jump that is seen, where that is possible. */
function follow(video: HTMLVideoElement, at: number): void {
  const ahead = video.currentTime - at;
  if (Math.abs(ahead) > farApart && at < lengthOf(video) && canSeek(video)) video.currentTime = at;
  video.playbackRate = Math.abs(ahead) <= inStep ? 1 : ahead > 0 ? 0.9 : 1.1;
}

/** Where it cannot, it would go back to its beginning. */
function canSeek({ seekable }: HTMLVideoElement): boolean {
  return seekable.length > 0 && seekable.end(0) > 0;
}

function lengthOf({ duration }: HTMLVideoElement): number {
  return Number.isFinite(duration) ? duration : 0;
}
