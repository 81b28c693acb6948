import type { FilmView, FromPage, KeptPage } from './protocol.ts';

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

  readonly save = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.api.setState(this.latest && { view: this.latest });
  };
}
