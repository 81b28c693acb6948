import { cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import type { EventQueue } from './event-queue.ts';
import type { WritingEvent } from '../writing-events.ts';
import type { SceneJournal } from '../journal/scene-journal.ts';
import type { RunState } from './run-state.ts';
import type { Schedule } from '../schedule/schedule.ts';

export interface BatchCommitterOptions {
  readonly runState: RunState;
  readonly schedule: Schedule;
  readonly journal: SceneJournal;
  readonly events: EventQueue<WritingEvent>;
  readonly places: () => number;
  /** Whether a finished scene may come into the document as it is. */
  readonly final: (id: SceneId) => boolean;
}

/** Brings finished scenes into the document: whole batches, in order. */
export class BatchCommitter {
  private readonly options: BatchCommitterOptions;
  private delivered = 0;
  /** The batches that were told last and are not delivered yet. */
  private told: string | undefined;
  /** For which schedule that was found. */
  private layout = '';

  constructor(options: BatchCommitterOptions) {
    this.options = options;
  }

  /** Tell the batches that are still to be written, unless that is known. */
  tell(): void {
    const { schedule, events, places } = this.options;
    const layout = `${schedule.layout} ${places()}`;
    if (layout === this.layout) return;
    this.layout = layout;
    const batches = schedule.batches(places());
    const now = keyOf(batches);
    if (now === this.told) return;
    this.told = now;
    events.push({ type: 'scheduled', batches });
  }

  /** The scenes of the next batch, once they are all there for good. */
  next(): readonly Scene[] | undefined {
    const { schedule, runState, places, final } = this.options;
    const scenes: Scene[] = [];
    for (const id of schedule.firstBatch(places())) {
      const finished = runState.finished(id);
      if (finished === undefined || !final(id)) return undefined;
      scenes.push(finished.scene);
    }
    return scenes.length === 0 ? undefined : scenes;
  }

  /**
   * Give scenes to the consumer and wait until they are in the document.
   *
   * @throws ScenewrightError `cancelled` when nobody takes them any more
   */
  async commit(scenes: readonly Scene[]): Promise<void> {
    const { runState, journal, events, schedule, places } = this.options;
    const batches = schedule.batches(places());
    const taken = await events.deliver({ type: 'batchWritten', index: this.delivered++, scenes });
    if (!taken) throw cancelledError(t('The writing'));
    runState.land(scenes);
    this.told = keyOf(batches.slice(1));
    await Promise.allSettled(scenes.map(({ id }) => journal.remove(id)));
  }
}

function keyOf(batches: readonly (readonly SceneId[])[]): string {
  return batches.map((batch) => batch.join(' ')).join('\n');
}
