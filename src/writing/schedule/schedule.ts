import type { SceneId } from '../../script/script-model.ts';
import { BitSet } from './bit-set.ts';
import { OpenedBatches } from './opened-batches.ts';
import { SceneList } from './scene-list.ts';
import type { Pace, ScheduledScene } from './scheduled-scene.ts';

export interface ScheduleOptions {
  readonly pace: Pace;
  /** K: how many scenes may be in flight; `auto` for as many as there are places. */
  readonly batchSize: number | 'auto';
}

/** Scenes that land in the document together where the batch size is left to the endpoint. */
const automaticBatch = 5;

export type SceneState = 'waiting' | 'running' | 'written' | 'failed';

const codes = { waiting: 0, running: 1, written: 2, failed: 3 } as const;
const names = ['waiting', 'running', 'written', 'failed'] as const;

/** The position of no scene. */
export const none = -1;

/**
 * Decides which scene is begun next. Bookkeeping alone: no time, no requests.
 *
 * - `batches`: batches of K side by side, one batch after the other.
 * - `sliding`: K in flight, begun in order; scene n is begun as soon as a place is free and
 *   everything up to n − 2K is written.
 * - `planned`: whatever does not continue an unwritten scene may be begun; heads of long chains of
 *   continuations first, because they decide when the last scene is done.
 *
 * After a scene has failed for good only those are still begun that land in the document with it or
 * before it.
 *
 * While the outline grows, more scenes follow behind the last one that is known. That one waits for the
 * next, which it has to lead to, and so does the batch that they are to make up.
 *
 * A run asks by scene, a {@link virtualRun} by position: hundreds of scenes are run ahead dozens of
 * times whenever one is finished.
 */
export class Schedule {
  private readonly pace: Pace;
  private readonly size: number | 'auto';
  private list: SceneList;
  /** By position. */
  private states: Uint8Array;
  /** Those in flight, and others that have come to something, which are not on the list any more. */
  private readonly offList = new Map<SceneId, SceneState>();
  /** Ranks of those that wait for nothing but their turn. */
  private ready: BitSet;
  /** Everything before this position is written. */
  private firstUnwritten = 0;
  private begun = new OpenedBatches();
  /** More scenes will follow. */
  private growing = false;
  private openedCount = 0;
  private layouts = 0;
  private runningCount = 0;
  private failedCount = 0;

  /** @param scenes what is not in the document yet, in the outline's order */
  constructor(scenes: readonly ScheduledScene[], { pace, batchSize }: ScheduleOptions) {
    this.pace = pace;
    this.size = batchSize;
    this.list = new SceneList([], pace);
    this.states = new Uint8Array();
    this.ready = new BitSet(0);
    this.follow(scenes);
  }

  /** The schedule of a run as it stands, so that what follows can be tried out. */
  static of(scenes: readonly StandingScene[], options: StandingOptions): Schedule {
    const schedule = new Schedule(scenes, options);
    for (const { id, state } of scenes) if (state !== 'waiting') schedule.setId(id, state);
    schedule.advance();
    const begun = schedule.states.lastIndexOf(codes.running) + 1;
    if (options.pace === 'batches') {
      const { ends, batchSize } = options;
      const open = ends?.findIndex((end) => end >= begun) ?? none;
      if (ends !== undefined && begun > 0 && open !== none) {
        schedule.begun = new OpenedBatches(ends.slice(0, open + 1));
      }
      // One of automatic size ends with what was begun.
      else if (batchSize === 'auto' && begun > schedule.firstUnwritten) {
        schedule.begun = new OpenedBatches([begun]);
      }
    }
    return schedule;
  }

  /** Goes on from here on its own. */
  copy(): Schedule {
    const copy = new Schedule([], { pace: this.pace, batchSize: this.size });
    copy.list = this.list;
    copy.states = this.states.slice();
    copy.ready = this.ready.copy();
    for (const [id, state] of this.offList) copy.offList.set(id, state);
    copy.firstUnwritten = this.firstUnwritten;
    copy.begun = this.begun.copy();
    copy.growing = this.growing;
    copy.openedCount = this.openedCount;
    copy.layouts = this.layouts;
    copy.runningCount = this.runningCount;
    copy.failedCount = this.failedCount;
    return copy;
  }

  /** How many scenes of the list wait to be begun. */
  get waiting(): number {
    return this.states.reduce((sum, code) => sum + Number(code === codes.waiting), 0);
  }

  /** How many scenes are in flight, those included that are not on the list any more. */
  get running(): number {
    return this.runningCount;
  }

  /** What is to be written, in the outline's order. */
  get order(): readonly ScheduledScene[] {
    return this.list.scenes;
  }

  /** Whether every scene is written. */
  get complete(): boolean {
    return this.firstUnwritten >= this.list.length && !this.growing;
  }

  /** Grows with every batch that is opened; only in the pace `batches`. */
  get opened(): number {
    return this.openedCount;
  }

  /** Changes whenever the {@link batches} may be parted otherwise, but for the number of places. */
  get layout(): number {
    return this.layouts;
  }

  stateOf(id: SceneId): SceneState {
    const position = this.list.positionOf(id);
    return position === undefined ? (this.offList.get(id) ?? 'waiting') : this.stateAt(position);
  }

  stateAt(position: number): SceneState {
    return names[this.states[position] ?? codes.waiting] ?? 'waiting';
  }

  /**
   * Go on with another list: a batch has come into the document, the outline has grown, or the writer
   * has changed it. Scenes that both lists have keep their states, and batches that are under way stay
   * together as long as scenes only go at the front and come at the end.
   *
   * @param growing whether more scenes will follow
   */
  follow(scenes: readonly ScheduledScene[], growing = false): void {
    const before = this.list.scenes;
    const [first] = scenes;
    let landed = 0;
    while (landed < before.length && before[landed]?.id !== first?.id) landed++;
    const same = before.slice(landed).every(({ id }, position) => scenes[position]?.id === id);
    if (same) this.begun.landed(landed, this.growing ? Infinity : before.length);
    else this.begun = new OpenedBatches();
    this.growing = growing;
    this.layouts++;
    for (const [position, { id }] of before.entries()) {
      const state = this.stateAt(position);
      if (state !== 'waiting') this.offList.set(id, state);
    }
    this.list = new SceneList(scenes, this.pace);
    this.states = Uint8Array.from(scenes, ({ id }) => codes[this.offList.get(id) ?? 'waiting']);
    this.failedCount = this.states.reduce((sum, code) => sum + Number(code === codes.failed), 0);
    for (const { id } of scenes) this.offList.delete(id);
    this.ready = new BitSet(scenes.length);
    for (let position = 0; position < scenes.length; position++) this.review(position);
    this.firstUnwritten = 0;
    this.advance();
  }

  /**
   * The scenes that land in the document together, in order.
   *
   * @param places how many scenes may be in flight now, for batches of automatic size
   */
  batches(places: number): SceneId[][] {
    const batches: SceneId[][] = [];
    for (let start = 0; start < this.list.length;) {
      const end = this.batchEnd(start, places);
      batches.push(this.list.ids(start, end));
      start = end;
    }
    return batches;
  }

  /** The first of the {@link batches}; empty when nothing is left, or not all of it is known yet. */
  firstBatch(places: number): SceneId[] {
    const end = this.begun.endOf(0) ?? this.batchSize(places);
    if (this.growing && end > this.list.length) return [];
    return this.list.ids(0, Math.min(end, this.list.length));
  }

  /**
   * The scene that may be begun now; `undefined` when none may be.
   *
   * @param places how many scenes may be in flight now, at least 1
   */
  peek(places: number): SceneId | undefined {
    return this.list.scenes[this.peekAt(places)]?.id;
  }

  /** The position of what {@link peek} tells, or {@link none}. */
  peekAt(places: number): number {
    const inFlight = this.inFlight(places);
    if (this.runningCount >= inFlight) return none;
    const position = this.firstReady(places);
    if (position === none) return none;
    switch (this.pace) {
      case 'batches':
        return position < this.openEnd(places) ? position : none;
      case 'sliding':
        return this.firstUnwritten > position - 2 * inFlight ? position : none;
      case 'planned':
        return position;
    }
  }

  /** The scene that {@link peek} tells, which from now on is running. */
  next(places: number): SceneId | undefined {
    return this.list.scenes[this.nextAt(places)]?.id;
  }

  /** The position of what {@link next} begins, or {@link none}. */
  nextAt(places: number): number {
    const position = this.peekAt(places);
    if (position === none) return none;
    if (this.pace === 'batches') this.open(places);
    this.setAt(position, codes.running);
    return position;
  }

  /**
   * It waits again: there was no place for it at the service, or it is to be written anew. A batch of
   * automatic size ends with those of its scenes that were begun.
   */
  putBack(id: SceneId): void {
    const wasWritten = this.stateOf(id) === 'written';
    this.setId(id, 'waiting');
    const position = this.list.positionOf(id);
    if (wasWritten && position !== undefined) {
      this.firstUnwritten = Math.min(this.firstUnwritten, position);
    }
    if (this.size === 'auto' && !wasWritten) this.trimBatch();
  }

  written(id: SceneId): void {
    this.setId(id, 'written');
    this.advance();
  }

  writtenAt(position: number): void {
    this.setAt(position, codes.written);
    this.advance();
  }

  /** It failed for good. */
  failed(id: SceneId): void {
    this.setId(id, 'failed');
  }

  private inFlight(places: number): number {
    return this.size === 'auto' ? places : Math.min(this.size, places);
  }

  /** Of those that wait for nothing but their turn, the one that the pace prefers. */
  private firstReady(places: number): number {
    const end = this.endOfAllowed(places);
    for (let rank = this.ready.least; rank !== none; rank = this.ready.after(rank)) {
      const position = this.list.preferred[rank] ?? none;
      if (position < end) return position;
      // Where scenes are begun in order, no later one may be if this one may not.
      if (this.pace !== 'planned') return none;
    }
    return none;
  }

  /** Whether a scene waits for nothing but its turn may have changed. */
  private review(position: number): void {
    const isBlocked =
      this.pace === 'planned' &&
      this.list.continues[position] === 1 &&
      this.states[position - 1] !== codes.written;
    const isLast = this.growing && position === this.list.length - 1;
    const isReady = this.states[position] === codes.waiting && !isBlocked && !isLast;
    this.ready.put(this.list.ranks[position] ?? 0, isReady);
  }

  /** End (exclusive) of what may still be begun: behind a failed scene only its own batch. */
  private endOfAllowed(places: number): number {
    if (this.failedCount === 0) return this.list.length;
    const failed = this.states.indexOf(codes.failed);
    let end = 0;
    while (end <= failed) end = this.batchEnd(end, places);
    return end;
  }

  /** End (exclusive) of the batch that begins at a position. */
  private batchEnd(start: number, places: number): number {
    const end = this.begun.endOf(start) ?? start + this.batchSize(places);
    return Math.min(end, this.list.length);
  }

  /** End (exclusive) of the batch under way, or of the next one once that is written. */
  private openEnd(places: number): number {
    return this.begun.currentEnd(this.firstUnwritten, this.batchSize(places), this.list.length);
  }

  private open(places: number): void {
    const size = this.batchSize(places);
    if (!this.begun.open(this.firstUnwritten, size, this.list.length)) return;
    this.openedCount++;
    this.layouts++;
  }

  private trimBatch(): void {
    const isWaiting = (position: number): boolean => this.states[position] === codes.waiting;
    if (this.begun.trim(isWaiting, this.list.length)) this.layouts++;
  }

  private batchSize(places: number): number {
    if (this.size !== 'auto') return this.size;
    return this.pace === 'batches' ? places : automaticBatch;
  }

  private setId(id: SceneId, state: SceneState): void {
    const position = this.list.positionOf(id);
    if (position !== undefined) {
      this.setAt(position, codes[state]);
      return;
    }
    this.count(codes[this.offList.get(id) ?? 'waiting'], codes[state]);
    if (state === 'waiting') this.offList.delete(id);
    else this.offList.set(id, state);
  }

  private setAt(position: number, code: number): void {
    const before = this.states[position] ?? codes.waiting;
    this.states[position] = code;
    this.count(before, code);
    if (before === codes.failed) this.failedCount--;
    if (code === codes.failed) this.failedCount++;
    this.review(position);
    if (position + 1 < this.list.length) this.review(position + 1);
  }

  private count(before: number, after: number): void {
    if (before === codes.running) this.runningCount--;
    if (after === codes.running) this.runningCount++;
  }

  private advance(): void {
    while (this.states[this.firstUnwritten] === codes.written) this.firstUnwritten++;
  }
}

/** A scene of a run and how far it is. */
export interface StandingScene extends ScheduledScene {
  readonly state: SceneState;
}

export interface StandingOptions extends ScheduleOptions {
  /** Pace `batches`: the ends (exclusive) of the batches that the run has told, where it has. */
  readonly ends?: readonly number[] | undefined;
}
