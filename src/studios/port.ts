import type { KeyedAccount } from '../accounts/keyed-account.ts';
import type { Aspect, Scene } from '../script/script-model.ts';
import type { Money } from '../money/money.ts';
import type { ClipPrice } from '../money/price.ts';
import type { RenderChoices, TakenChoices } from './choices.ts';
import type { OrderPictures, ReferencePicture, TakenPictures } from './pictures.ts';

/** What all studios have in common, whatever they make: how an order of theirs stands, and where that is to be had. */
export interface Studio {
  /** As in the setting that chooses it, such as `scenewright.video.provider`. */
  readonly id: string;
  readonly label: string;
  /** Whether a job needs an account, because what it orders goes to a service. */
  readonly needsAccount: boolean;
  /** It is asked without an account, too: the service is a server on this machine, which may want no key. */
  readonly mayGoKeyless?: boolean;
  /** Milliseconds between two polls, where the studio knows better than the writer's setting. */
  readonly pollMs?: number | undefined;
  /**
   * See to what an order cannot go out without, above all the account's key, before it is written
   * down as being on its way. Sends nothing that costs money.
   *
   * @throws ScenewrightError `account` where there is no key for the service
   */
  prepare?(context: StudioContext): Promise<void>;
  /**
   * Ask how it is going. A status that the adapter does not know is taken for: still rendering, with
   * a `guess`.
   *
   * @throws ScenewrightError `bad-answer` where the answer says nothing at all of the render
   */
  poll(job: RemoteJob, context: StudioContext): Promise<PollAnswer>;
  /**
   * Where what it has made is to be had; may be asked again when an address has expired.
   *
   * @throws ScenewrightError `refused` where there is none, and will be none, for reasons of content;
   * `bad-answer` where the service names none
   */
  result(job: RemoteJob, context: StudioContext): Promise<ClipSource>;
  cancel?(job: RemoteJob, context: StudioContext): Promise<void>;
  /**
   * An order whose answer nobody got to write down, where it is known by its own name: at the service, or because
   * what it brought is on this disk. Absent where it is not, or nobody can tell. Costs nothing.
   */
  recover?(jobId: string, context: StudioContext): Promise<RemoteJob | undefined>;
}

/**
 * A service that turns one scene into one clip. Adapters only translate; queueing, retries,
 * persistence, money and downloads belong to the jobs room.
 */
export interface VideoStudio extends Studio {
  /** @param choices what the writer has chosen, for the price may depend on it */
  capabilities(context: StudioContext, choices?: RenderChoices): Promise<StudioCapabilities>;
  /**
   * Ask who is there, for a writer who has just said where that is. Costs nothing.
   *
   * @returns what it says of itself, in a few words
   * @throws ScenewrightError where it is not there, or is something else
   */
  meet?(context: StudioContext): Promise<string>;
  /**
   * Hand in one render. This is the step that may cost money.
   *
   * @throws ScenewrightError `unclear` when the answer was lost after the request may have arrived;
   * any other code only when the service surely did not accept it.
   */
  submit(request: RenderRequest, context: StudioContext): Promise<RemoteJob>;
  /** The service's own thumbnail, where it has one. */
  thumbnail?(job: RemoteJob, context: StudioContext): Promise<ClipSource | undefined>;
  /** The last frame of a finished render as a picture of its own, where the service makes one. */
  lastFrame?(job: RemoteJob, context: StudioContext): Promise<ClipSource | undefined>;
  /**
   * It draws whom and what it shows the same each time, so that no clip of it has to begin with the last frame of
   * another, and none of a service should begin with one of its.
   */
  readonly holdsItself?: true;
  /**
   * Hand in the enlargement of a finished render to 4K: polled, fetched and cancelled like a render.
   * May cost money, and fails as {@link submit} does.
   */
  upscale?(request: UpscaleRequest, context: StudioContext): Promise<RemoteJob>;
}

/**
 * A service that draws: the sheet of a character or place, or the still that a scene begins with. Its orders are
 * polled and fetched as those of a {@link VideoStudio} are, though most services answer with the picture itself.
 */
export interface PictureStudio extends Studio {
  capabilities(context: StudioContext): Promise<DrawingCapabilities>;
  /**
   * Hand in one picture. This is the step that may cost money, and it fails as {@link VideoStudio.submit} does.
   * Resolves once a picture that came with the answer is on disk; what is there already for this job is not
   * ordered again.
   */
  draw(request: DrawRequest, context: StudioContext): Promise<RemoteJob>;
  /** The picture is in its place: what is kept of it here is needed no more. */
  release?(job: RemoteJob): Promise<void>;
}

export interface DrawingCapabilities {
  readonly aspects: readonly Aspect[];
  /** The most pictures that it takes beside the prompt; 0 where it takes none. */
  readonly references: number;
  /** Whether it takes a seed. */
  readonly seed?: boolean;
  /** What a picture costs, where that is known; absent otherwise. */
  readonly price?: Money;
}

/** What is drawn: how a character or place looks, or what a scene begins with. */
export const drawingKinds = ['character', 'place', 'still'] as const;
export type DrawingKind = (typeof drawingKinds)[number];

/** One picture that is ordered; what it says in words is in its prompt. */
export interface DrawRequest extends Pick<
  RenderRequest,
  'jobId' | 'scene' | 'number' | 'scriptTitle' | 'style' | 'aspect' | 'prompt'
> {
  readonly kind: DrawingKind;
  /** What it is made after, the one that counts most first. */
  readonly references: readonly ReferencePicture[];
  /** What it begins from; sent where the service takes one. */
  readonly seed?: number;
}

export interface StudioContext {
  /** Who asks; absent for studios without accounts. */
  readonly account?: KeyedAccount;
  readonly signal: AbortSignal;
}

export interface StudioCapabilities {
  /** Clip lengths in seconds, ascending. */
  readonly seconds: readonly number[];
  readonly aspects: readonly Aspect[];
  /** The most characters that a prompt may have, where the service says so. */
  readonly promptLimit?: number;
  /** What a clip costs, where that is known; absent otherwise. */
  readonly price?: ClipPrice;
  /** Which of the writer's choices the model takes; absent where it takes none. */
  readonly takes?: TakenChoices;
  /** Which pictures the model takes beside the prompt; absent where it takes none. */
  readonly pictures?: TakenPictures;
  /** A sentence for the writer, such as that these lengths are only assumed; absent otherwise. */
  readonly note?: string;
}

export interface UpscaleRequest {
  /** The name of this enlargement: unique, and the same for the same one. */
  readonly jobId: string;
  /** The render that is to be enlarged. */
  readonly render: RemoteJob;
  /** Length of the clip in seconds. */
  readonly seconds: number;
}

export interface RenderRequest {
  /** The job's id: unique, and the same for the same job. */
  readonly jobId: string;
  /** The scene as it stood when the writer asked for the render. */
  readonly scene: Scene;
  /** Position in the script from 1, for the picture's own labels; 0 where nobody knows it. */
  readonly number: number;
  /** What the script calls the scene where its title cannot be drawn: `Szene 4`. */
  readonly sceneLabel?: string;
  readonly scriptTitle: string;
  readonly style: string;
  readonly aspect: Aspect;
  readonly seconds: number;
  /** What to draw, the looks of the bible included. */
  readonly prompt: string;
  /** Absent where the writer has chosen nothing. */
  readonly choices?: RenderChoices;
  /**
   * What the clip begins and ends with, and who and what it shows; absent where there is nothing of that. An
   * adapter sends all of it, or nothing at all: what the model does not take was left out before.
   */
  readonly pictures?: OrderPictures;
}

/** What has to be remembered of a submitted job; plain data that goes into the job's record. */
export interface RemoteJob {
  readonly remoteId: string;
  /** Anything else the adapter needs later (poll address, …); never a secret. */
  readonly data?: Readonly<Record<string, string>>;
}

export type PollAnswer =
  | {
      readonly state: 'rendering';
      /** From 0 to 1, where the service tells. */
      readonly progress?: number;
      /** How many orders are before it in the service's queue, where it waits there and the service tells. */
      readonly ahead?: number;
      readonly retryAfterMs?: number;
      /** What the service says instead of that, as a sentence, where it is only concluded from it. */
      readonly guess?: string;
    }
  | {
      readonly state: 'ready';
      /** How long it ran, in milliseconds, where the service tells. */
      readonly ranMs?: number;
      /** What the service has taken for it, where it tells. */
      readonly charged?: Money;
    }
  | {
      readonly state: 'failed';
      readonly reason: string;
      /** For its content: the same prompt would be declined again. */
      readonly isDeclined?: boolean;
    }
  | { readonly state: 'cancelled' }
  /** The service has it no more; `reason` where that is not just for its age. */
  | { readonly state: 'expired'; readonly reason?: string };

export type ClipSource =
  | { readonly kind: 'file'; readonly path: string }
  | ClipOnTheWeb
  /** The service has put the clip itself into its answer, in base64. */
  | (Clip & { readonly kind: 'inside'; readonly base64: string });

export interface ClipOnTheWeb extends Clip {
  readonly kind: 'http';
  readonly url: string;
  /** Sent to this origin only. */
  readonly headers: Readonly<Record<string, string>>;
}

interface Clip {
  /** Where else it is to be had, should it be refused here. */
  readonly otherwise?: ClipSource;
  /** What is worth knowing of it, such as that there are others beside it. */
  readonly note?: string;
}
