/**
 * What the film page and the extension say to each other. Plain data only; both sides switch
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

/** How a scene stands with its clip; a stale one shows what the scene was before. */
export type ClipState = 'running' | 'failed' | 'current' | 'stale';

/** How a scene stands with its first frame: in the script, or on its way. */
export type StillState = 'drawn' | 'drawing';

/** Whether scenes are to have first frames before they are rendered; as the setting has it. */
export type StillsWish = 'off' | 'ask' | 'required';

export interface Cell {
  /** Tells the cells of a film apart, also while scenes have no id or, just copied, the same. */
  readonly id: string;
  /** Its place in the story, from 1. */
  readonly number: number;
  readonly title: string;
  readonly seconds: number;
  readonly state: CellState;
  /** Index of the batch it belongs to; absent for scenes that this run does not write. */
  readonly batch?: number;
  /** What it was taken with although it is not quite as asked, one sentence each; never empty. */
  readonly flags?: readonly string[];
  /** Absent while it has no first frame, and none is being drawn. */
  readonly still?: StillState;
  /** Another first frame is on its way, although it has one. */
  readonly redrawing?: true;
  /** Its clip begins with the last frame of the one before, so that it wants no first frame. */
  readonly goesOn?: boolean;
  /** Absent while nothing was rendered of it. */
  readonly clip?: ClipState;
  /** There is a clip that can be played, whatever has become of the newest render. */
  readonly playable?: true;
  /** How long its clip really lasts, where that is known. */
  readonly clipSeconds?: number;
  /** There is a picture of it, which is another one when these words are others. */
  readonly picture?: string;
  /** How many takes there are of it to be shown; absent where there is none. */
  readonly takes?: number;
}

export type PlanningStage = 'core' | 'outline';

export type RunState = 'idle' | 'planning' | 'writing' | 'paused' | 'failed' | 'cancelled' | 'done';

/** How far a script is written, as a run tells it or, where there is none, the script itself. */
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

/** A video job that is not over, or did not end well. */
export interface JobShown {
  readonly id: string;
  /** The cell of its scene; absent where the script has no such scene any more. */
  readonly cell?: string;
  /** `12  The lamp goes out` */
  readonly title: string;
  /** How it stands, with percent, size and speed. */
  readonly words: string;
  readonly face: 'waiting' | 'working' | 'paused' | 'failed';
  /** From 0 to 1, where it is known. */
  readonly progress?: number;
  /** What it costs by the service's list. */
  readonly price?: string;
  /** What can be done with it. */
  readonly acts: readonly JobAct[];
}

export const jobActs = ['pause', 'resume', 'retry', 'cancel'] as const;
export type JobAct = (typeof jobActs)[number];

/** What of the film there is and what not; scenes, but for the seconds and the money. */
export interface FilmTotals {
  readonly seconds: number;
  /** The length that the brief asks for. */
  readonly wanted: number;
  /** Scenes that have a first frame, and those of which one is being drawn. */
  readonly drawn: number;
  readonly drawing: number;
  readonly rendered: number;
  readonly stale: number;
  /** Clips that are on their way. */
  readonly rendering: number;
  readonly failed: number;
  /** What was ordered for this script, as far as its price is known. */
  readonly spent?: string;
  /** What may have been ordered beside that: no answer came. */
  readonly unclear?: string;
  /** What the clips would cost that no take is of as its scene is now. */
  readonly toCome?: string;
}

/** The film of a script at every stage, from plan to clips. */
export interface FilmView extends ProgressView {
  /** Shape of the picture, such as `16:9`. */
  readonly aspect?: string;
  readonly totals?: FilmTotals;
  readonly stills?: StillsWish;
  /** The most urgent first. */
  readonly jobs?: readonly JobShown[];
  /** Jobs that are not among them. */
  readonly moreJobs?: number;
  /** The cell of the scene under the cursor. */
  readonly current?: string;
}

/** What of a film has become another since it was sent last. */
export interface FilmChanges {
  readonly view: Omit<FilmView, 'cells'>;
  readonly cells: readonly Cell[];
  /** The ids of all cells, where there are others or their order is another. */
  readonly order?: readonly string[];
}

/** One render of a scene: here, on its way, or come to nothing. */
export interface TakeShown {
  /** From 1. */
  readonly take: number;
  /** It is the one that counts. */
  readonly chosen: boolean;
  /** `current`: it shows the scene as it is now. Only what is `current` or `stale` can be chosen. */
  readonly state: ClipState;
  /** How it stands, in a few words; never empty. */
  readonly words: string;
  /** How it was made, as far as that is known: its length, price, model, seed and time. */
  readonly facts: string;
  /** What it was asked for beside what the scene says. */
  readonly instruction?: string;
  /** Address of its clip for the page. */
  readonly clip?: string;
  /** There is a picture of it, which is another one when these words are others. */
  readonly picture?: string;
}

/** A picture that a scene may begin with: here, or on its way. */
export interface StillShown {
  /** Tells the stills of a scene apart. */
  readonly key: string;
  /** It stands in the script as the first frame of the scene. */
  readonly chosen: boolean;
  /** It is not here yet. */
  readonly coming?: true;
  /** How it stands, in a few words; never empty. */
  readonly words: string;
  /** What it was asked for beside what the scene says. */
  readonly instruction?: string;
  /** There is a picture of it, which is another one when these words are others. */
  readonly picture?: string;
}

/** A picture that goes along with a scene's order. */
export interface PictureShown {
  readonly role: 'firstFrame' | 'lastFrame' | 'reference';
  /** Whom or what a reference shows. */
  readonly name?: string;
  /** Its address for the page. */
  readonly address: string;
}

/** What is read while a scene plays, in whole milliseconds from its beginning. */
export interface CueShown {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly string[];
}

/** All that there is to show of a scene; sent for those that the page watches. */
export interface SceneShown {
  /** That of its cell. */
  readonly id: string;
  readonly where: string;
  /** What its beat says happens, while it is not written. */
  readonly summary?: string;
  readonly action?: string;
  readonly dialogue?: readonly {
    readonly speaker: string;
    readonly tone: string;
    readonly line: string;
  }[];
  readonly narration?: string;
  readonly sound?: string;
  /** The whole prompt, as it is sent to a studio. */
  readonly prompt?: string;
  readonly cast: readonly {
    readonly name: string;
    readonly look: string;
    /** Address of a picture for the page. */
    readonly picture?: string;
  }[];
  /** The pictures that go along, but for those of the cast; absent where there is none. */
  readonly pictures?: readonly PictureShown[];
  /** The oldest first; absent where there is none. */
  readonly stills?: readonly StillShown[];
  /** Addresses for the page. */
  readonly poster?: string;
  readonly clip?: string;
  /** What is said, as subtitles of the clip as long as it is. */
  readonly cues?: readonly CueShown[];
  /** The first first; absent where there is none. */
  readonly takes?: readonly TakeShown[];
  /** How its render stands, in the words of its job; what is stale and why. */
  readonly render?: string;
  readonly why?: readonly string[];
  /** The one thing to do next for this scene. */
  readonly next?: SceneAct;
  /** The take that shows the scene as it is now, though another one counts. */
  readonly fittingTake?: number;
  /** The job that a retry is of. */
  readonly job?: string;
}

export type SceneAct = 'drawStill' | 'render' | 'renderAgain' | 'retryRender' | 'useTake' | 'write';

export type ToPage =
  | { readonly type: 'view'; readonly view: FilmView }
  | ({ readonly type: 'changes' } & FilmChanges)
  | { readonly type: 'scenes'; readonly scenes: readonly SceneShown[] }
  /**
   * The thumbnail of a cell, or of one of its takes or stills: where it is or, where there is none yet, what it is to
   * be drawn from.
   */
  | {
      readonly type: 'picture';
      readonly id: string;
      readonly take?: number;
      readonly still?: string;
      readonly address?: string;
      readonly draw?: {
        readonly key: string;
        readonly source: string;
        readonly kind: 'image' | 'video';
      };
    }
  /** Show the scenes in another way. */
  | { readonly type: 'mode'; readonly mode: FilmMode }
  /** There is no script. A page that has just been brought back goes on showing what it kept, at rest. */
  | { readonly type: 'empty' };

const plainTypes = [
  'ready',
  'pause',
  'resume',
  'cancel',
  /** Do not wait any longer for a service that answers nobody. */
  'tryNow',
  /** Write what is missing: after a failure, after a cancelled run, or for an idle script. */
  'retry',
  'account',
  /** Draw the first frames of scenes that have none. */
  'drawStills',
  /** Render what is missing or stale. */
  'render',
  'assemble',
  'exportStoryboard',
  /** Show the list of all video jobs. */
  'jobs',
] as const;

const cellTypes = [
  /** The reader has come to this cell: show its scene beneath. */
  'look',
  /** The same, and the editor goes to its scene while the keyboard stays in the page. */
  'reveal',
  /** Go on in the editor, at its scene. */
  'goTo',
  /** Open its clip; where there is none, go on in the editor. */
  'open',
  /** Render its scene, or render it again. */
  'renderScene',
  /** Draw its first frame. */
  'drawStill',
  /** Draw its first frame as it is but for what the writer then says. */
  'redrawStill',
  /** Its scene is to have no first frame any more; the picture stays where it is. */
  'dropStill',
  /** Render it once more, though its clip is as it should be. */
  'anotherTake',
] as const;

/** What is said of one cell. */
export type CellMessage = (typeof cellTypes)[number];

/** What a button says with nothing else. */
export type PlainMessage = (typeof plainTypes)[number];

export type FromPage =
  | { readonly type: PlainMessage }
  | { readonly type: CellMessage; readonly id: string }
  /** These cells are looked at: all there is to show of their scenes is wanted, and whenever it changes. */
  | { readonly type: 'watch'; readonly ids: readonly string[] }
  /** A cell, or one of its takes or stills, is seen, so its thumbnail is wanted. */
  | {
      readonly type: 'picture';
      readonly id: string;
      readonly take?: number;
      readonly still?: string;
    }
  | { readonly type: 'job'; readonly job: string; readonly act: JobAct }
  /** Move a cell's scene in the document; the cell has this index in the film afterwards. */
  | { readonly type: 'move'; readonly id: string; readonly to: number }
  /** Let this take of a cell's scene count. */
  | { readonly type: 'chooseTake'; readonly id: string; readonly take: number }
  /** Let a cell's scene begin with this still, by its key. */
  | { readonly type: 'chooseStill'; readonly id: string; readonly still: string }
  /** A thumbnail that was to be drawn; empty where that cannot be done. */
  | { readonly type: 'drawn'; readonly key: string; readonly bytes: Uint8Array };

/** The most that a thumbnail may have. */
export const thumbnailBytes = 20_000;

/** Cells that a page may watch at once: more than fit into a window. */
const mostWatched = 200;

/** A message of the page as one of those that there are; nothing for anything else. */
export function readFromPage(message: unknown): FromPage | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, id, ids, to, take, still, job, act, key, bytes } = message as Readonly<
    Record<string, unknown>
  >;
  const plain = plainTypes.find((one) => one === type);
  if (plain !== undefined) return { type: plain };
  const ofCell = cellTypes.find((one) => one === type);
  if (ofCell !== undefined) return typeof id === 'string' ? { type: ofCell, id } : undefined;
  if (type === 'watch' && Array.isArray(ids)) {
    const known = ids.filter((one) => typeof one === 'string').slice(0, mostWatched);
    return { type, ids: known };
  }
  if (type === 'move') {
    const isWhole = typeof id === 'string' && Number.isSafeInteger(to);
    return isWhole ? { type, id, to: to as number } : undefined;
  }
  if (type === 'chooseStill' || (type === 'picture' && still !== undefined)) {
    const isWhole = typeof id === 'string' && typeof still === 'string' && take === undefined;
    return isWhole ? { type, id, still } : undefined;
  }
  if (type === 'picture' && take === undefined) {
    return typeof id === 'string' ? { type, id } : undefined;
  }
  if (type === 'chooseTake' || type === 'picture') {
    const isWhole = typeof id === 'string' && Number.isSafeInteger(take) && Number(take) > 0;
    return isWhole ? { type, id, take: take as number } : undefined;
  }
  if (type === 'drawn') {
    const isWhole = bytes instanceof Uint8Array && bytes.length <= thumbnailBytes;
    return isWhole && typeof key === 'string' ? { type, key, bytes } : undefined;
  }
  const jobAct = jobActs.find((one) => one === act);
  if (type !== 'job' || typeof job !== 'string' || jobAct === undefined) return undefined;
  return { type, job, act: jobAct };
}

/** What the page keeps with `setState`; a panel that is brought back gets it as its state. */
export interface KeptPage {
  readonly view: FilmView;
  /** These are absent as long as the reader has left them as they were. */
  readonly playing?: PlayingChoices;
  readonly mode?: FilmMode;
}

/** The ways in which the page shows the scenes of a film. */
export const filmModes = ['strip', 'storyboard', 'contactSheet'] as const;
export type FilmMode = (typeof filmModes)[number];

/** How the reader wants the film played. */
export interface PlayingChoices {
  /** From 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  readonly subtitles: boolean;
}

/**
 * The page's texts, put into the HTML by the extension so that they can be translated.
 * Keys are those of `strings.ts`; the language is the HTML's own.
 */
export type PageStrings = Readonly<Record<string, string>>;
