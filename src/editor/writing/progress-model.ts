import type { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { offlineWriter, type Plan, type SceneId } from '../../script/script-model.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { ProgressView, RunState } from '../../webview/protocol.ts';
import type { WritingEvent } from '../../writing/writing-events.ts';
import type { Pace } from '../../writing/schedule/scheduled-scene.ts';
import type { RunCost } from '../../writing/run-cost.ts';
import { outlined, ProgressCells, type ShownScene } from './progress-cells.ts';
import { ProgressForecast } from './progress-forecast.ts';
import { RunClock } from './run-clock.ts';

/** The number of characters of a scene that is being written which the page gets to see. */
const liveLength = 600;

/** What is known when a run begins. */
export interface RunStart {
  readonly uri: string;
  readonly title: string;
  readonly writer: string;
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
  /** What the run costs; the model tells it of every event, nobody else needs to. */
  readonly cost?: RunCost;
  /** The outline and which of its scenes the script holds already; empty before planning. */
  readonly cells: readonly ShownScene[];
}

/** Folds the events of a writing run into what the film page and the status bar show. */
export class ProgressModel {
  private readonly start: RunStart;
  private readonly now: () => number;
  private readonly cells: ProgressCells;
  private readonly forecast: ProgressForecast;
  private readonly live = new Map<SceneId, { text: string; attempt: number }>();
  private uri: string;
  private title: string;
  private state: RunState;
  /** Scenes may be written. */
  private isScheduled = false;
  private planning: ProgressView['planning'];
  /** Beats that are in the document, or were, out of those that are planned. */
  private outlinedBeats = 0;
  /** What the plan was given up on, and what was done to get answers at all. */
  private notes: readonly string[] = [];
  private error: ScenewrightError | undefined;
  private places: number | undefined;
  private restingUntil = -Infinity;
  private outage: { readonly why: string; readonly retryAt: number } | undefined;
  private readonly clock: RunClock;

  constructor(start: RunStart, now: () => number = Date.now, state: RunState = 'planning') {
    this.start = start;
    this.now = now;
    this.state = state;
    this.uri = start.uri;
    this.title = start.title;
    this.clock = new RunClock(now());
    this.places = start.batchSize === 'auto' ? undefined : start.batchSize;
    this.cells = new ProgressCells(start.cells);
    this.forecast = new ProgressForecast(start);
  }

  /** The script has another address now. */
  moved(uri: string): void {
    this.uri = uri;
  }

  /** The writer has changed the script meanwhile; what is known of its scenes stays. */
  follow({ title, outline }: Plan): void {
    this.title = title;
    this.cells.outline(outline.map(outlined));
  }

  apply(event: WritingEvent): void {
    this.start.cost?.follow(event);
    switch (event.type) {
      case 'planning':
        this.planning = { stage: event.stage, done: event.done, of: event.of };
        this.forecast.planning(this.toCome);
        return;
      case 'outlined':
        this.outlined(event.plan, event.notes);
        return;
      case 'planned':
        this.planning = undefined;
        this.forecast.planning(0);
        return;
      case 'scheduled':
        this.isScheduled = true;
        this.state = this.clock.isPaused ? 'paused' : 'writing';
        this.forecast.scheduled(this.cells.schedule(event.batches), event.batches);
        return;
      case 'sceneStarted':
        this.sceneStarted(event.id, event.attempt);
        return;
      case 'sceneText':
        this.sceneText(event.id, event.text);
        return;
      case 'sceneWritten':
        this.sceneWritten(event);
        return;
      case 'sceneFailed':
        this.sceneFailed(event.id, event.willRetry);
        return;
      case 'places':
        this.places = event.places;
        this.forecast.changed();
        return;
      case 'resting':
        this.restingUntil = this.now() + event.milliseconds;
        this.forecast.changed();
        return;
      case 'unanswered': {
        const { error, milliseconds } = event;
        this.outage = { why: error.fact, retryAt: this.now() + milliseconds };
        this.forecast.changed();
        return;
      }
      case 'answering':
        this.outage = undefined;
        this.forecast.changed();
        return;
      case 'noted':
        this.notes = [...this.notes, event.note];
        return;
      case 'seamBroken':
        this.cells.change(event.id, { state: 'mending' });
        this.forecast.changed();
        return;
      case 'batchWritten':
        for (const { id } of event.scenes) this.cells.change(id, { state: 'written' });
        return;
      case 'paused':
        this.state = 'paused';
        this.clock.pause(this.now());
        return;
      case 'resumed':
        this.state = this.isScheduled ? 'writing' : 'planning';
        this.clock.resume(this.now());
        return;
      case 'stopped':
        this.stop(event.reason, event.error);
        return;
      case 'spent':
      case 'hedged':
        // What is spent is added up where it is allowed; that a scene is asked for twice is no news.
        return;
    }
  }

  /** The run ended, by its own word or because putting a batch into the document failed. */
  stop(reason: 'done' | 'cancelled' | 'failed', error?: ScenewrightError): void {
    this.clock.end(this.now());
    this.outage = undefined;
    this.state = reason;
    this.error = error;
    this.live.clear();
    this.cells.rest();
  }

  view(): ProgressView {
    const at = this.now();
    const running = this.state === 'planning' || this.state === 'writing';
    const resting = Math.max(0, this.restingUntil - at);
    const { outage } = this;
    const retryInMs = Math.max(0, (outage?.retryAt ?? at) - at);
    const remaining = this.remainingMs(at, Math.max(resting, retryInMs));
    return {
      uri: this.uri,
      title: this.title,
      state: this.state,
      writer: shownWriter(this.start.writer),
      written: this.cells.written,
      total: this.total,
      elapsedMs: this.clock.elapsedMs(at),
      ...(remaining === undefined ? {} : { remainingMs: remaining }),
      ...(running && resting > 0 ? { restingMs: resting } : {}),
      ...(running && outage !== undefined ? { outage: { why: outage.why, retryInMs } } : {}),
      at,
      ...(this.state === 'idle' ? {} : { pace: this.start.pace }),
      ...(this.places === undefined || this.state === 'idle' ? {} : { places: this.places }),
      ...(running && this.planning !== undefined ? { planning: this.planning } : {}),
      ...this.costs(),
      cells: this.cells.all,
      live: [...this.live].map(([id, { text, attempt }]) => ({ id, text, attempt })),
      ...(this.notes.length === 0 ? {} : { notes: this.notes }),
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

  /** Beats that the outline will have, and has not yet. */
  private get toCome(): number {
    const { planning } = this;
    return planning?.stage === 'outline' ? Math.max(0, planning.of - this.outlinedBeats) : 0;
  }

  private get total(): number {
    return this.cells.all.length + this.toCome;
  }

  /** More of the outline is there; what the document makes of it is followed from there. */
  private outlined({ title, outline }: Plan, notes: readonly string[]): void {
    this.title = title;
    this.cells.add(outline.map(outlined));
    this.outlinedBeats += outline.length;
    this.forecast.planning(this.toCome);
    this.notes = [...this.notes, ...notes];
  }

  private sceneStarted(id: SceneId, attempt: number): void {
    this.live.set(id, { text: '', attempt });
    this.forecast.begun(id, this.now());
    if (this.cells.stateOf(id) === 'mending') return;
    this.cells.change(id, { state: attempt > 1 ? 'retrying' : 'writing' });
  }

  /** What the page shows of a scene under way; its title stands there already. */
  private sceneText(id: SceneId, text: string): void {
    this.forecast.text(id, text, this.now());
    const live = this.live.get(id);
    if (live === undefined) return;
    const title = this.cells.get(id)?.title ?? '';
    const rest = text.startsWith(`${title}\n`) ? text.slice(title.length) : text;
    live.text = rest === title ? '' : rest.trimStart().slice(0, liveLength);
  }

  private sceneWritten({
    scene,
    reused,
    milliseconds,
    flags = [],
  }: Extract<WritingEvent, { type: 'sceneWritten' }>): void {
    const { id, title } = scene;
    const mended = this.cells.stateOf(id) === 'mending';
    this.live.delete(id);
    // A rewrite waits for its turn as well, which tells nothing of how long scenes take.
    this.forecast.written(id, this.now(), reused || mended ? undefined : milliseconds);
    // Told again with flags, it may be in the script already.
    const state = reused && this.cells.stateOf(id) === 'written' ? 'written' : 'kept';
    this.cells.change(id, { state, title, flags: flags.map(({ message }) => message) });
  }

  private sceneFailed(id: SceneId, willRetry: boolean): void {
    this.live.delete(id);
    this.forecast.dropped(id);
    if (this.cells.stateOf(id) === 'mending') return;
    this.cells.change(id, { state: willRetry ? 'retrying' : 'failed' });
  }

  private costs(): Pick<ProgressView, 'tokens' | 'money' | 'unwatched'> {
    const { cost } = this.start;
    if (cost === undefined) return {};
    const { tokens, money, unwatched } = cost;
    const missing = this.total - this.cells.written;
    const active = this.state === 'writing' || this.state === 'paused';
    const rest = active ? cost.expectedTokens(missing) : undefined;
    const dear = active ? cost.expectedMoney(missing) : undefined;
    const counted = tokens.input + tokens.output;
    return {
      ...(counted === 0
        ? {}
        : {
            tokens: {
              ...tokens,
              ...(rest === undefined ? {} : { expected: counted + rest.input + rest.output }),
            },
          }),
      ...(money === undefined
        ? {}
        : { money: { spent: money, ...(dear === undefined ? {} : { expected: money + dear }) } }),
      ...(unwatched ? { unwatched } : {}),
    };
  }

  /**
   * Milliseconds until the last scene is written, while that can be told. Nothing is said during
   * planning: how long its requests take says little about scenes, and nothing about how many
   * requests are still to come.
   */
  private remainingMs(at: number, resting: number): number | undefined {
    if (this.state !== 'writing' && this.state !== 'paused') return undefined;
    return this.forecast.remainingMs(at, this.places, resting, (id) => {
      const state = this.cells.stateOf(id);
      if (state === 'written' || state === 'kept') return 'written';
      return state === 'failed' ? 'failed' : 'unwritten';
    });
  }
}

/** Models are called the same in any language. */
function shownWriter(label: string): string {
  return label === offlineWriter ? t('offline scaffold') : label;
}

/** How a script stands while nobody writes it: of its scenes there is nothing to say that it does not. */
export function idleProgress(uri: { toString(): string }, script: ParsedScript): ProgressModel {
  return new ProgressModel(
    {
      uri: uri.toString(),
      title: script.title,
      writer: script.writer,
      pace: 'batches',
      batchSize: 1,
      cells: [],
    },
    Date.now,
    'idle',
  );
}
