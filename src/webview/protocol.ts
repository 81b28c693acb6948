/**
 * What the progress page and the extension say to each other. Plain data only; both sides switch
 * over `type`. Every text arrives ready to show, in the writer's language.
 */

export type CellState =
  | 'planned'
  | 'writing'
  | 'retrying'
  /** Being written again, because it does not go with the scene before it. */
  | 'mending'
  | 'kept'
  | 'written'
  | 'failed';

export interface Cell {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly seconds: number;
  readonly state: CellState;
  /** Index of the batch it belongs to; absent for scenes that this run does not write. */
  readonly batch?: number;
  /** What it was taken with although it is not quite as asked, one sentence each; never empty. */
  readonly flags?: readonly string[];
}

export type PlanningStage = 'core' | 'outline';

export type RunState = 'idle' | 'planning' | 'writing' | 'paused' | 'failed' | 'cancelled' | 'done';

/** The whole page, sent afresh whenever something changes (at most ten times a second). */
export interface ProgressView {
  readonly uri: string;
  readonly title: string;
  readonly state: RunState;
  readonly writer: string;
  readonly written: number;
  /** Scenes that there will be; more than cells while the outline grows. */
  readonly total: number;
  /** Milliseconds this run has been at work, pauses left out, as of `at`. */
  readonly elapsedMs: number;
  /** Estimate of what is left; absent while nothing has been measured yet. */
  readonly remainingMs?: number;
  /** The service asked for a pause that is over after so many milliseconds from `at` on. */
  readonly restingMs?: number;
  /** The service answers nobody; it is tried again in so many milliseconds from `at` on, 0 for just now. */
  readonly outage?: { readonly why: string; readonly retryInMs: number };
  /** When this view was made, in milliseconds since the epoch; the page ticks on from here. */
  readonly at: number;
  /** How scenes are scheduled; absent where nothing runs. */
  readonly pace?: 'batches' | 'sliding' | 'planned';
  /** How many scenes may be written at once; absent while nobody knows. */
  readonly places?: number;
  /**
   * How far planning is: `done` of `of` requests of a stage are answered, or beats of the outline here.
   * Scenes may be written meanwhile.
   */
  readonly planning?: {
    readonly stage: PlanningStage;
    readonly done: number;
    readonly of: number;
  };
  /** What the endpoint has counted so far; `expected` for the whole run, once that can be told. */
  readonly tokens?: {
    readonly input: number;
    readonly output: number;
    readonly expected?: number;
  };
  /** In the currency of the writer's price setting, which has no name here. */
  readonly money?: { readonly spent: number; readonly expected?: number };
  /** A budget is set, but the endpoint does not say what it counts. */
  readonly unwatched?: true;
  readonly cells: readonly Cell[];
  /** The scenes that are being written now, with their first lines as they come in. */
  readonly live: readonly {
    readonly id: string;
    readonly text: string;
    readonly attempt: number;
  }[];
  /** What the writer should know and need not act upon, one sentence each. */
  readonly notes?: readonly string[];
  readonly error?: { readonly message: string; readonly action?: 'retry' | 'account' };
}

export type ToPage =
  | { readonly type: 'view'; readonly view: ProgressView }
  /** There is no run. A page that has just been brought back goes on showing what it kept, at rest. */
  | { readonly type: 'empty' };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel' }
  /** Do not wait any longer for a service that answers nobody. */
  | { readonly type: 'tryNow' }
  /** Write what is missing: after a failure, after a cancelled run, or for an idle script. */
  | { readonly type: 'retry' }
  | { readonly type: 'account' }
  | { readonly type: 'reveal'; readonly id: string };

const plainTypes: readonly string[] = [
  'ready',
  'pause',
  'resume',
  'cancel',
  'tryNow',
  'retry',
  'account',
];

/** A message of the page as one of those that there are; nothing for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id } = message as { readonly type?: unknown; readonly id?: unknown };
  if (type === 'reveal') return typeof id === 'string' ? { type, id } : undefined;
  return typeof type === 'string' && plainTypes.includes(type)
    ? ({ type } as Exclude<FromPage, { readonly type: 'reveal' }>)
    : undefined;
}

/** What the page keeps with `setState`; a panel that is brought back gets it as its state. */
export interface KeptPage {
  readonly view: ProgressView;
}

/**
 * The page's texts, put into the HTML by the extension so that they can be translated.
 * Keys are those of `strings.ts`; the language is the HTML's own.
 */
export type PageStrings = Readonly<Record<string, string>>;
