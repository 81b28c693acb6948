import type { FilmMode, FilmView, FromPage, KeptPage, PlayingChoices } from './protocol.ts';

interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): KeptPage | undefined;
  setState(state: KeptPage | undefined): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** Keeping serialises the whole view, so it is not done for each of ten views a second. */
const keepEveryMs = 1000;

/** The extension, as the page sees it. */
export class Host {
  private readonly api = acquireVsCodeApi();
  private latest: FilmView | undefined;
  private chosen = this.api.getState()?.playing;
  private modeChosen = this.api.getState()?.mode;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly post = (message: FromPage): void => {
    this.api.postMessage(message);
  };

  /** The view that an earlier life of this page kept last. */
  restore(): FilmView | undefined {
    this.latest = this.api.getState()?.view;
    return this.latest;
  }

  /** Keep `view` for the page's next life; at once when it is the first or the page goes away. */
  keep(view: FilmView | undefined): void {
    const first = this.latest === undefined || view === undefined;
    this.latest = view;
    if (first) this.save();
    else this.timer ??= setTimeout(this.save, keepEveryMs);
  }

  /** How the film is to be played, as the reader chose last. */
  get playing(): PlayingChoices {
    return this.chosen ?? { volume: 1, muted: false, subtitles: true };
  }

  keepPlaying(chosen: PlayingChoices): void {
    this.chosen = chosen;
    this.save();
  }

  /** How the scenes are shown, as the reader chose last. */
  get mode(): FilmMode {
    return this.modeChosen ?? 'strip';
  }

  keepMode(mode: FilmMode): void {
    this.modeChosen = mode;
    this.save();
  }

  readonly save = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { latest: view, chosen: playing, modeChosen: mode } = this;
    this.api.setState(
      view && {
        view,
        ...(playing === undefined ? {} : { playing }),
        ...(mode === undefined ? {} : { mode }),
      },
    );
  };
}
