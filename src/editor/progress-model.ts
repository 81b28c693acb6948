import type { ScenewrightError } from '../base/errors.ts';
import type { Scene, SceneId } from '../script/model.ts';
import type { ParsedScript } from '../script/parse.ts';
import type { CellState, ProgressView, RunState } from '../webview/protocol.ts';
import { estimateRemaining } from '../writing/estimate.ts';
import type { WritingEvent } from '../writing/events.ts';

/** The number of characters of a scene that is being written which the page gets to see. */
const liveLength = 600;

interface CellModel {
  readonly id: SceneId;
  title: string;
  seconds: number;
  state: CellState;
  batch?: number;
}

/** What is known when a run begins. */
export interface RunStart {
  readonly uri: string;
  readonly title: string;
  readonly writer: string;
  readonly batchSize: number;
  /** The outline and which of its scenes the script holds already; empty before planning. */
  readonly cells: readonly { id: SceneId; title: string; seconds: number; written: boolean }[];
}

/** The scenes of a script's outline, and which of them are written. */
export function cellsOf(script: ParsedScript): RunStart['cells'] {
  const written = writtenIds(script);
  return script.outline.map(({ beat }) => ({
    id: beat.id,
    title: beat.title,
    seconds: beat.seconds,
    written: written.has(beat.id),
  }));
}

export function writtenIds(script: ParsedScript): Set<SceneId> {
  return new Set(script.scenes.filter(({ written }) => written).map(({ scene }) => scene.id));
}

/** How a script stands while nobody writes it. */
export function idleProgress(uri: { toString(): string }, script: ParsedScript): ProgressModel {
  return new ProgressModel(
    {
      uri: uri.toString(),
      title: script.title,
      writer: script.writer,
      batchSize: 1,
      cells: cellsOf(script),
    },
    Date.now,
    'idle',
  );
}

/** Folds the events of a writing run into what the progress page and the status bar show. */
export class ProgressModel {
  private readonly start: RunStart;
  private readonly now: () => number;
  private cells: CellModel[];
  private readonly live = new Map<SceneId, { text: string; attempt: number; since: number }>();
  private readonly completedMs: number[] = [];
  private tokens: { input: number; output: number } | undefined;
  private title: string;
  private state: RunState;
  private error: ScenewrightError | undefined;
  private readonly startedAt: number;
  private pausedAt: number | undefined;
  private pausedMs = 0;
  private endedAt: number | undefined;

  constructor(start: RunStart, now: () => number = Date.now, state: RunState = 'planning') {
    this.start = start;
    this.now = now;
    this.state = state;
    this.title = start.title;
    this.startedAt = now();
    this.cells = start.cells.map(({ id, title, seconds, written }) => ({
      id,
      title,
      seconds,
      state: written ? 'written' : 'planned',
    }));
  }

  apply(event: WritingEvent): void {
    switch (event.type) {
      case 'planning':
        this.state = 'planning';
        return;
      case 'planned': {
        const known = new Map(this.cells.map((cell) => [cell.id, cell]));
        this.title = event.plan.title;
        this.cells = event.plan.outline.map(({ id, title, seconds }) => ({
          id,
          title,
          seconds,
          state: known.get(id)?.state ?? 'planned',
        }));
        return;
      }
      case 'scheduled':
        this.state = 'writing';
        event.batches.forEach((batch, index) => {
          for (const id of batch) this.change(id, (cell) => (cell.batch = index));
        });
        return;
      case 'sceneStarted':
        this.live.set(event.id, { text: '', attempt: event.attempt, since: this.now() });
        this.change(event.id, (cell) => (cell.state = event.attempt > 1 ? 'retrying' : 'writing'));
        return;
      case 'sceneText': {
        const live = this.live.get(event.id);
        if (live !== undefined) live.text = this.firstLines(event.id, event.text);
        return;
      }
      case 'sceneWritten':
        this.live.delete(event.scene.id);
        if (!event.reused) this.completedMs.push(event.milliseconds);
        if (event.usage !== undefined) {
          this.tokens = {
            input: (this.tokens?.input ?? 0) + event.usage.inputTokens,
            output: (this.tokens?.output ?? 0) + event.usage.outputTokens,
          };
        }
        this.change(event.scene.id, (cell) => {
          cell.state = 'kept';
          cell.title = event.scene.title;
        });
        return;
      case 'sceneFailed':
        this.live.delete(event.id);
        this.change(event.id, (cell) => (cell.state = event.willRetry ? 'retrying' : 'failed'));
        return;
      case 'batchWritten':
        this.inDocument(event.scenes);
        return;
      case 'paused':
        this.state = 'paused';
        this.pausedAt = this.now();
        return;
      case 'resumed':
        this.state = 'writing';
        this.endPause();
        return;
      case 'stopped':
        this.stop(event.reason, event.error);
        return;
    }
  }

  /** The run ended, by its own word or because putting a batch into the document failed. */
  stop(reason: 'done' | 'cancelled' | 'failed', error?: ScenewrightError): void {
    this.endPause();
    this.endedAt ??= this.now();
    this.state = reason;
    this.error = error;
    this.live.clear();
    for (const cell of this.cells) {
      if (cell.state === 'writing' || cell.state === 'retrying') cell.state = 'planned';
    }
  }

  view(): ProgressView {
    const at = this.now();
    const remaining = this.remainingMs(at);
    const written = this.cells.filter(({ state }) => state === 'written' || state === 'kept');
    return {
      uri: this.start.uri,
      title: this.title,
      state: this.state,
      writer: this.start.writer,
      written: written.length,
      total: this.cells.length,
      elapsedMs: this.elapsedMs(at),
      ...(remaining === undefined ? {} : { remainingMs: remaining }),
      at,
      ...(this.tokens === undefined ? {} : { tokens: this.tokens }),
      cells: this.cells.map((cell, index) => ({ ...cell, number: index + 1 })),
      live: [...this.live].map(([id, { text, attempt }]) => ({ id, text, attempt })),
      ...(this.error === undefined
        ? {}
        : {
            error: {
              message: this.error.message,
              action: this.error.code === 'account' ? ('account' as const) : ('retry' as const),
            },
          }),
    };
  }

  /** What the page shows of a scene under way; its title stands there already. */
  private firstLines(id: SceneId, text: string): string {
    const title = this.cells.find((cell) => cell.id === id)?.title ?? '';
    const rest = text.startsWith(`${title}\n`) ? text.slice(title.length) : text;
    return rest === title ? '' : rest.trimStart().slice(0, liveLength);
  }

  /** Milliseconds until the last scene is finished, while that can be told. */
  private remainingMs(at: number): number | undefined {
    if (this.state !== 'writing' && this.state !== 'paused') return undefined;
    return estimateRemaining({
      completedMs: this.completedMs,
      remaining: this.cells.filter(({ state }) => state !== 'written' && state !== 'kept').length,
      batchSize: this.start.batchSize,
      runningForMs: [...this.live.values()].map(({ since }) => at - since),
    });
  }

  private elapsedMs(at: number): number {
    const until = this.endedAt ?? this.pausedAt ?? at;
    return Math.max(0, until - this.startedAt - this.pausedMs);
  }

  private endPause(): void {
    if (this.pausedAt === undefined) return;
    this.pausedMs += this.now() - this.pausedAt;
    this.pausedAt = undefined;
  }

  private inDocument(scenes: readonly Scene[]): void {
    for (const { id } of scenes) this.change(id, (cell) => (cell.state = 'written'));
  }

  private change(id: SceneId, edit: (cell: CellModel) => void): void {
    const cell = this.cells.find((candidate) => candidate.id === id);
    if (cell !== undefined) edit(cell);
  }
}
