import type { AnimaticFiles } from './animatic-files.ts';
import { RenderPool } from './render-pool.ts';
import type { CardTask } from './worker-messages.ts';

/** A still picture with a scene's number and title. */
export type Card = CardTask;

/** Draws cards in a thread of its own, one after the other, so that none waits for clips. */
export class CardDrawer {
  private readonly pool: RenderPool;

  constructor(files: AnimaticFiles) {
    this.pool = new RenderPool({ ...files, parallel: 1 });
  }

  /**
   * Resolves once the card is in its place.
   *
   * @throws ScenewrightError `cancelled` when `signal` aborts, `internal` when it cannot be drawn
   */
  async draw(card: Card, signal: AbortSignal): Promise<void> {
    await this.pool.card(card, signal);
  }

  /** Ends the thread. */
  async dispose(): Promise<void> {
    await this.pool.dispose();
  }
}
