import type { SceneId } from '../../script/script-model.ts';

export const paces = ['batches', 'sliding', 'planned'] as const;

/** How scenes are scheduled; see {@link Schedule}. */
export type Pace = (typeof paces)[number];

export interface ScheduledScene {
  readonly id: SceneId;
  /** It goes on without a cut from the scene before it in the outline. */
  readonly continues: boolean;
  /** The scene before it in the outline, if this run writes that one too. */
  readonly previous?: SceneId;
}

export interface ScheduleOptions {
  readonly pace: Pace;
  /** K: how many scenes may be in flight; `auto` for as many as there are places. */
  readonly batchSize: number | 'auto';
}

/** Scenes that land in the document together where the batch size is left to the endpoint. */
const automaticBatch = 5;

type State = 'waiting' | 'running' | 'written' | 'failed';

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
 */
export class Schedule {
  private readonly pace: Pace;
  private readonly size: number | 'auto';
  private scenes: readonly ScheduledScene[] = [];
  private positions = new Map<SceneId, number>();
  private readonly states = new Map<SceneId, State>();
  /** Positions in the order in which the pace likes to begin them. */
  private preferred: number[] = [];
  /** Everything before this position is written. */
  private firstUnwritten = 0;
  /** Pace `batches`: the ends (exclusive) of the batches that were opened, ascending. */
  private ends: number[] = [];
  private openedCount = 0;
  private layouts = 0;
  private runningCount = 0;

  /** @param scenes what is not in the document yet, in the outline's order */
  constructor(scenes: readonly ScheduledScene[], { pace, batchSize }: ScheduleOptions) {
    this.pace = pace;
    this.size = batchSize;
    this.follow(scenes);
  }

  /** How many scenes are in flight, those included that are not on the list any more. */
  get running(): number {
    return this.runningCount;
  }

  /** What is to be written, in the outline's order. */
  get order(): readonly ScheduledScene[] {
    return this.scenes;
  }

  /** Whether every scene is written. */
  get complete(): boolean {
    return this.firstUnwritten >= this.scenes.length;
  }

  /** Grows with every batch that is opened; only in the pace `batches`. */
  get opened(): number {
    return this.openedCount;
  }

  /** Changes whenever the {@link batches} may be parted otherwise, but for the number of places. */
  get layout(): number {
    return this.layouts;
  }

  stateOf(id: SceneId): State {
    return this.states.get(id) ?? 'waiting';
  }

  /**
   * Go on with another list: a batch has come into the document, or the writer has changed the
   * outline. Scenes that both lists have keep their states, and batches that are under way stay
   * together as long as only what has come into the document is missing from the new list.
   */
  follow(scenes: readonly ScheduledScene[]): void {
    const landed = this.scenes.length - scenes.length;
    const same =
      landed >= 0 && scenes.every(({ id }, position) => this.scenes[position + landed]?.id === id);
    this.ends = same ? this.ends.map((end) => end - landed).filter((end) => end > 0) : [];
    this.layouts++;
    this.scenes = scenes;
    this.positions = new Map(scenes.map(({ id }, position) => [id, position]));
    this.preferred = scenes.map((_, position) => position);
    if (this.pace === 'planned') {
      const chains = this.chains();
      this.preferred.sort((a, b) => (chains[b] ?? 0) - (chains[a] ?? 0) || a - b);
    }
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
    for (let start = 0; start < this.scenes.length;) {
      const end = this.batchEnd(start, places);
      batches.push(this.scenes.slice(start, end).map(({ id }) => id));
      start = end;
    }
    return batches;
  }

  /** The first of the {@link batches}; empty when nothing is left. */
  firstBatch(places: number): SceneId[] {
    if (this.scenes.length === 0) return [];
    return this.scenes.slice(0, this.batchEnd(0, places)).map(({ id }) => id);
  }

  /**
   * The scene that may be begun now; `undefined` when none may be.
   *
   * @param places how many scenes may be in flight now, at least 1
   */
  peek(places: number): SceneId | undefined {
    const inFlight = this.inFlight(places);
    if (this.runningCount >= inFlight) return undefined;
    const end = this.endOfAllowed(places);
    const batchEnd = this.pace === 'batches' ? this.openEnd(places) : end;
    for (const position of this.preferred) {
      const scene = this.scenes[position];
      if (scene === undefined || position >= end || this.stateOf(scene.id) !== 'waiting') continue;
      if (this.mayBegin(position, inFlight, batchEnd)) return scene.id;
      // Where scenes are begun in order, no later one may be if this one may not.
      if (this.pace !== 'planned') return undefined;
    }
    return undefined;
  }

  /** The scene that {@link peek} tells, which from now on is running. */
  next(places: number): SceneId | undefined {
    const id = this.peek(places);
    if (id === undefined) return undefined;
    if (this.pace === 'batches') this.open(places);
    this.set(id, 'running');
    return id;
  }

  /**
   * It waits again: there was no place for it at the service, or it is to be written anew. A batch of
   * automatic size ends with those of its scenes that were begun.
   */
  putBack(id: SceneId): void {
    const wasWritten = this.stateOf(id) === 'written';
    this.set(id, 'waiting');
    const position = this.positions.get(id);
    if (wasWritten && position !== undefined) {
      this.firstUnwritten = Math.min(this.firstUnwritten, position);
    }
    if (this.size === 'auto' && !wasWritten) this.trimBatch();
  }

  written(id: SceneId): void {
    this.set(id, 'written');
    this.advance();
  }

  /** It failed for good. */
  failed(id: SceneId): void {
    this.set(id, 'failed');
  }

  private inFlight(places: number): number {
    return this.size === 'auto' ? places : Math.min(this.size, places);
  }

  private mayBegin(position: number, inFlight: number, batchEnd: number): boolean {
    switch (this.pace) {
      case 'batches':
        return position < batchEnd;
      case 'sliding':
        return this.firstUnwritten > position - 2 * inFlight;
      case 'planned': {
        const before = this.scenes[position - 1];
        return (
          before === undefined ||
          !this.hangsOnPrevious(position) ||
          this.stateOf(before.id) === 'written'
        );
      }
    }
  }

  /** By position: how many scenes hang on it in a chain of continuations. */
  private chains(): number[] {
    const chains = new Array<number>(this.scenes.length).fill(0);
    for (let i = chains.length - 2; i >= 0; i--) {
      if (this.hangsOnPrevious(i + 1)) chains[i] = 1 + (chains[i + 1] ?? 0);
    }
    return chains;
  }

  private hangsOnPrevious(position: number): boolean {
    const scene = this.scenes[position];
    const before = this.scenes[position - 1];
    return scene?.continues === true && before !== undefined && scene.previous === before.id;
  }

  /** End (exclusive) of what may still be begun: behind a failed scene only its own batch. */
  private endOfAllowed(places: number): number {
    const failed = this.scenes.findIndex(({ id }) => this.stateOf(id) === 'failed');
    if (failed === -1) return this.scenes.length;
    let end = 0;
    while (end <= failed) end = this.batchEnd(end, places);
    return end;
  }

  /** End (exclusive) of the batch that begins at a position. */
  private batchEnd(start: number, places: number): number {
    const end = this.ends.find((one) => one > start) ?? start + this.batchSize(places);
    return Math.min(end, this.scenes.length);
  }

  /** End (exclusive) of the batch under way, or of the next one once that is written. */
  private openEnd(places: number): number {
    return this.endsFrom(places).at(-1) ?? this.ends.at(-1) ?? 0;
  }

  private open(places: number): void {
    const more = this.endsFrom(places);
    if (more.length === 0) return;
    this.ends.push(...more);
    this.openedCount++;
    this.layouts++;
  }

  /** Ends of the batches to open, so that the first unwritten scene is in the last one. */
  private endsFrom(places: number): number[] {
    const more: number[] = [];
    let end = this.ends.at(-1) ?? 0;
    while (end <= this.firstUnwritten && end < this.scenes.length) {
      end = this.batchEnd(end, places);
      more.push(end);
    }
    return more;
  }

  private trimBatch(): void {
    const end = this.ends.at(-1);
    if (end === undefined) return;
    const start = this.ends.at(-2) ?? 0;
    let last = end;
    while (last > start + 1 && this.stateOf(this.scenes[last - 1]?.id ?? '') === 'waiting') last--;
    if (last === end) return;
    this.ends[this.ends.length - 1] = last;
    this.layouts++;
  }

  private batchSize(places: number): number {
    if (this.size !== 'auto') return this.size;
    return this.pace === 'batches' ? places : automaticBatch;
  }

  private set(id: SceneId, state: State): void {
    if (this.stateOf(id) === 'running') this.runningCount--;
    if (state === 'running') this.runningCount++;
    this.states.set(id, state);
  }

  private advance(): void {
    for (;;) {
      const scene = this.scenes[this.firstUnwritten];
      if (scene === undefined || this.stateOf(scene.id) !== 'written') return;
      this.firstUnwritten++;
    }
  }
}
