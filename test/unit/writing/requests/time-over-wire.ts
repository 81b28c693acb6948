import { setImmediate } from 'node:timers/promises';
import type { WriterModel } from '../../../../src/models/writer-model.ts';
import type { VirtualClock } from '../writing-support.ts';

/** Virtual time for real connections: it passes only while nothing is on its way. */
export class TimeOverWire {
  private readonly clock: VirtualClock;
  private readonly inHand: () => number;
  /** Requests that a run waits for. */
  private asked = 0;

  /** @param inHand how many requests the server has in hand */
  constructor(clock: VirtualClock, inHand: () => number) {
    this.clock = clock;
    this.inHand = inHand;
  }

  /** The same model, whose requests are counted. */
  counted(writer: WriterModel): WriterModel {
    return {
      label: writer.label,
      generate: async (task, given) => {
        this.asked++;
        try {
          return await writer.generate(task, given);
        } finally {
          this.asked--;
        }
      },
    };
  }

  /** Let time pass until it settles. */
  async until<T>(run: Promise<T>): Promise<T> {
    const state = { over: false };
    const end = (): void => {
      state.over = true;
    };
    run.then(end, end);
    for (let quiet = 0; !state.over;) {
      await setImmediate();
      quiet = this.asked === this.inHand() ? quiet + 1 : 0;
      if (quiet > 5) this.clock.pass();
    }
    return run;
  }
}
