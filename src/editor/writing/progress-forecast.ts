import type { SceneId } from '../../script/script-model.ts';
import { estimateRemaining } from '../../writing/forecast/estimate-remaining.ts';
import type { ScheduleOptions, StandingScene } from '../../writing/schedule/schedule.ts';
import type { ScheduledScene } from '../../writing/schedule/scheduled-scene.ts';
import { StreamTimes, type Streamed } from '../../writing/forecast/stream-times.ts';

/** An estimate is made anew after so long even when nothing has happened, which tells something too. */
const staleMs = 1000;

/** About so many beats are planned in one request. */
const beatsOfRequest = 9;

/** Gathers what a run's own scenes tell about the time that it still needs. */
export class ProgressForecast {
  private readonly rules: ScheduleOptions;
  private readonly streams = new StreamTimes();
  private readonly completedMs: number[] = [];
  /** When each of the scenes under way was begun, or begun again. */
  private readonly since = new Map<SceneId, number>();
  private scenes: readonly ScheduledScene[] = [];
  private ends: readonly number[] = [];
  /** Beats that are still to be planned. */
  private toCome = 0;
  private known: { readonly at: number; readonly remainingMs: number | undefined } | undefined;

  constructor(rules: ScheduleOptions) {
    this.rules = rules;
  }

  /**
   * @param scenes what is still to be written
   * @param batches in which they will come into the document
   */
  scheduled(scenes: readonly ScheduledScene[], batches: readonly (readonly SceneId[])[]): void {
    this.scenes = scenes;
    let end = 0;
    this.ends = batches.map(({ length }) => (end += length));
    this.changed();
  }

  /** @param toCome scenes that are not scheduled yet, because their beats are still to be planned */
  planning(toCome: number): void {
    this.toCome = toCome;
    this.changed();
  }

  begun(id: SceneId, at: number): void {
    this.since.set(id, at);
    this.streams.begun(id);
    this.changed();
  }

  text(id: SceneId, text: string, at: number): void {
    const since = this.since.get(id);
    if (since !== undefined) this.streams.text(id, text.length, at - since);
  }

  /** @param tookMs what the model took for it; absent where that tells nothing about the others */
  written(id: SceneId, at: number, tookMs: number | undefined): void {
    const since = this.since.get(id);
    if (tookMs !== undefined) this.completedMs.push(tookMs);
    if (since !== undefined) this.streams.finished(id, at - since);
    this.since.delete(id);
    this.changed();
  }

  dropped(id: SceneId): void {
    this.since.delete(id);
    this.streams.dropped(id);
    this.changed();
  }

  /** Something else has changed that the estimate rests on. */
  changed(): void {
    this.known = undefined;
  }

  /**
   * Milliseconds until the last scene is written, or `undefined` while nothing has been measured.
   * Cheap enough for ten times a second: it is worked out again only when something has happened.
   *
   * @param places scenes that the service takes at once; `undefined` while that is not known
   */
  remainingMs(
    at: number,
    places: number | undefined,
    restingMs: number,
    stateOf: (id: SceneId) => 'written' | 'failed' | 'unwritten',
  ): number | undefined {
    if (this.known === undefined || at - this.known.at >= staleMs) {
      this.known = { at, remainingMs: this.estimate(at, places, restingMs, stateOf) };
    }
    const { remainingMs } = this.known;
    return remainingMs === undefined ? undefined : Math.max(0, remainingMs - (at - this.known.at));
  }

  private estimate(
    at: number,
    places: number | undefined,
    restingMs: number,
    stateOf: (id: SceneId) => 'written' | 'failed' | 'unwritten',
  ): number | undefined {
    const { pace, batchSize } = this.rules;
    const runningForMs = new Map<SceneId, number>();
    const streamed = new Map<SceneId, Streamed>();
    const scenes = this.scenes.map((scene): StandingScene => {
      const { id } = scene;
      const since = this.since.get(id);
      const known = stateOf(id);
      if (known !== 'unwritten') return { ...scene, state: known };
      if (since !== undefined) {
        runningForMs.set(id, at - since);
        streamed.set(id, this.streams.tell(id, at - since));
      }
      return { ...scene, state: since === undefined ? 'waiting' : 'running' };
    });
    // What is still to be planned takes places as well: a request for some beats about as long as one
    // for a scene.
    const coming = this.toCome + Math.ceil(this.toCome / beatsOfRequest);
    for (let number = 1; number <= coming; number++) {
      scenes.push({ id: `to come ${number}`, continues: false, state: 'waiting' });
    }
    return estimateRemaining({
      pace,
      batchSize,
      ends: this.ends,
      places: places ?? Math.max(1, this.since.size),
      scenes,
      completedMs: this.completedMs,
      runningForMs,
      streamed,
      restingMs,
    });
  }
}
