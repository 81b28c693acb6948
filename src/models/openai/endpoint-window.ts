import type { Usage } from '../writer-model.ts';
import type { ToldWindow } from './ask-for-window.ts';
import type { LengthRefusal } from './length-refusal.ts';

/** How the length of an answer is asked for; some endpoints know only one of these, or none. */
export type LengthParameter = 'max_tokens' | 'max_completion_tokens';

/** What came of a request, for {@link EndpointWindow.answered}. */
export interface Answered {
  /** Tokens of the prompt, estimated. */
  readonly estimate: number;
  readonly usage: Usage | undefined;
  /** Tokens that were asked for at most; absent where none were. */
  readonly asked: number | undefined;
  /** Whether it ended at a limit of length. */
  readonly cutOff: boolean;
  /** Whether the model was seen to think. */
  readonly thought: boolean;
  /** Tokens of what it said beside its thoughts, estimated. */
  readonly said: number;
}

/** Of a window that is known, so much is used: no tokenizer is ours. */
const usedShare = 0.95;

/** Of the window, thoughts are left so much room at most: more of them is no use. */
const mostThoughts = 0.4;

/** Tokens of a chat template around system part and prompt. */
const templateTokens = 40;

/** From this share of what was estimated, a count may well be that of the whole prompt. */
const wholeShare = 0.8;

/** Below this share, a count says that something was left out. */
const suspicious = 0.6;

/** Prompts of fewer tokens tell nothing: what surrounds them weighs too much. */
const tellingTokens = 400;

/** So many answers in a row that end at the asked length, and more is asked for; then, no length. */
const cutsUntilMore = 2;
const cutsUntilFree = 4;
const moreFactor = 4;

/**
 * How much one model at one endpoint reads and writes at once, as far as that has been told or found
 * out.
 *
 * Where a prompt does not fit, most services say so, and Ollama cuts it without a word: it keeps the
 * last half of its window, so that `prompt_tokens` comes out as half of it and two, or (versions of
 * 2025 and before) as all of it.
 */
export class EndpointWindow {
  /** Tokens of prompt and answer together; `undefined` while unknown. */
  private window: number | undefined;
  /** The window was assumed, by what the server does where nobody says otherwise. */
  private assumed = false;
  /** Tokens that it writes at most. */
  private most: number | undefined;
  /** Tokens that it counts for each that is estimated. */
  private perEstimate = 1;
  private hasCounted = false;
  /** Tokens of the largest prompt that it is sure to have read. */
  private read = 0;
  private parameter: LengthParameter | undefined;
  private parametersLeft: LengthParameter[];
  /** The model spends tokens on thoughts, so that its answers are not limited. */
  private thinks: boolean;
  /** It has refused a request for having asked for no length. */
  private wantsLength = false;
  /** Tokens that it has spent on thoughts for one answer, at most. */
  private thoughts = 0;
  private cutsInARow = 0;
  private inquiry: Inquiry | undefined;
  private answers = 0;
  /** A count far below what was sent; the same again is no accident. */
  private suspect: { readonly counted: number; readonly estimate: number } | undefined;

  /** @param model as the endpoint names it */
  constructor(endpoint: string, model: string) {
    const own = URL.parse(endpoint)?.hostname === 'api.openai.com';
    this.parametersLeft = own
      ? ['max_completion_tokens', 'max_tokens']
      : ['max_tokens', 'max_completion_tokens'];
    this.parameter = this.parametersLeft.shift();
    this.thinks = thinking.test(model);
  }

  /** Tokens of prompt and answer together, where that is known. */
  get tokens(): number | undefined {
    return this.window;
  }

  /** Whether the window is only what such servers usually have. */
  get isAssumed(): boolean {
    return this.assumed;
  }

  /** Tokens that it writes at most, where that is known. */
  get answerTokens(): number | undefined {
    return this.most;
  }

  /**
   * Have the server asked, if it is time to, and wait a moment for what it says: before the first
   * request, again once a model has been loaded that was not, and from time to time, because whoever
   * runs it may load it with another window. Never fails.
   *
   * @param now milliseconds, of any clock
   * @param isNear whether it answers at once if it does at all; a distant one is not waited for: the
   *   first request fits every model
   */
  async inquire(ask: () => Promise<ToldWindow>, now: number, isNear: boolean): Promise<void> {
    const { inquiry } = this;
    const isDue =
      inquiry === undefined ||
      now - inquiry.at > inquireAgainMs ||
      (this.assumed && this.answers > inquiry.answers && inquiry.number < mostInARow);
    if (isDue && inquiry?.isOpen !== true) {
      const next: Inquiry = {
        at: now,
        number: (inquiry?.number ?? 0) + 1,
        answers: this.answers,
        isOpen: true,
        end: Promise.resolve(),
      };
      this.inquiry = next;
      next.end = ask()
        .then(
          (told) => {
            this.told(told);
          },
          () => undefined,
        )
        .finally(() => (next.isOpen = false));
    }
    // What is known will do while it is asked anew.
    if (!isNear || this.inquiry?.isOpen !== true || (this.window !== undefined && !this.assumed))
      return;
    const late = Promise.withResolvers<undefined>();
    const timer = setTimeout(late.resolve, longestWaitMs, undefined);
    await Promise.race([this.inquiry.end, late.promise]);
    clearTimeout(timer);
  }

  /** Take what the server says of itself. */
  told({ window, most, state = 'listed' }: ToldWindow): void {
    if (most !== undefined) this.most = most;
    if (window === undefined) return;
    const isKnown = this.window !== undefined && !this.assumed;
    if (state === 'assumed' && isKnown) return;
    // A list knows the model, and a refusal or a cut knows better what this account gets of it.
    this.window = state === 'listed' && isKnown ? Math.min(window, this.window ?? window) : window;
    this.assumed = state === 'assumed';
  }

  /**
   * How many tokens, estimated, a prompt may have beside an answer of so many; below 0 where not even
   * that fits, `undefined` where the window is unknown.
   */
  promptRoom(answerTokens: number): number | undefined {
    if (this.window === undefined) return undefined;
    const thoughts = Math.min(this.thoughts, this.window * mostThoughts);
    const room = this.window * usedShare - answerTokens - thoughts - templateTokens;
    return Math.floor(room / this.perEstimate);
  }

  /**
   * The length to ask for.
   *
   * @param estimate of the prompt's tokens
   * @param most tokens that the answer may take
   * @param always to ask a model that thinks, too
   */
  lengthFor(
    estimate: number,
    most: number,
    always: boolean,
  ): { readonly parameter: LengthParameter; readonly tokens: number } | undefined {
    const { parameter } = this;
    const free = !this.wantsLength && (this.thinks || this.cutsInARow >= cutsUntilFree);
    if (parameter === undefined || (free && !always)) return undefined;
    const wanted = this.cutsInARow >= cutsUntilMore && !always ? most * moreFactor : most;
    const left =
      this.window === undefined
        ? Infinity
        : this.window - Math.ceil(estimate * this.perEstimate) - templateTokens;
    return {
      parameter,
      tokens: Math.max(leastAsked, Math.min(wanted, left, this.most ?? Infinity)),
    };
  }

  /** The parameter was not taken: another one will be, or none. */
  refusedParameter(parameter: LengthParameter): void {
    if (this.parameter === parameter) this.parameter = this.parametersLeft.shift();
  }

  /**
   * Learn from a refusal.
   *
   * @param estimate of the tokens of the prompt that was refused
   * @param length that the answer was asked to have
   */
  refused(
    refusal: LengthRefusal,
    estimate: number,
    length?: { readonly parameter: LengthParameter; readonly tokens: number },
  ): void {
    if (refusal.about === 'answer') {
      const { most } = refusal;
      if (length === undefined) this.wantsLength = true;
      // One that does not say how much it takes is asked for no length at all.
      if (most !== undefined && most > 0 && most < (length?.tokens ?? Infinity)) this.most = most;
      else this.parameter = undefined;
      return;
    }
    const { window, prompt } = refusal;
    if (prompt !== undefined) this.count(prompt, estimate);
    if (window !== undefined) {
      this.window = window;
    } else {
      const known = this.window ?? Infinity;
      // At most what was sent; how much less is tried out.
      this.window = Math.min(known, Math.floor(estimate * this.perEstimate * triedShare));
    }
    this.assumed = false;
  }

  /**
   * Learn from an answer.
   *
   * @returns whether the service read less than it was sent
   */
  answered({ estimate, usage, asked, cutOff, thought, said }: Answered): boolean {
    this.answers++;
    if (thought) this.thinks = true;
    if (this.thinks && usage !== undefined) {
      const spent = usage.outputTokens - Math.ceil(said * this.perEstimate);
      this.thoughts = Math.max(this.thoughts, spent);
    }
    const atAsked =
      cutOff && asked !== undefined && (usage === undefined || usage.outputTokens >= asked * 0.95);
    this.cutsInARow = atAsked ? this.cutsInARow + 1 : cutOff ? this.cutsInARow : 0;
    if (usage === undefined || estimate < tellingTokens || usage.inputTokens <= 0) return false;
    const { inputTokens, outputTokens } = usage;
    const cut = this.cutTo(inputTokens, estimate);
    if (cut !== undefined) {
      this.window = Math.min(cut, this.assumed ? Infinity : (this.window ?? Infinity));
      this.assumed = false;
      // What was left out is not known, but it was more than fits.
      if (estimate * this.perEstimate < this.window) this.perEstimate = this.window / estimate;
      return true;
    }
    this.count(inputTokens, estimate);
    this.read = Math.max(this.read, inputTokens);
    if (cutOff && !atAsked) this.ended(inputTokens, outputTokens);
    return false;
  }

  /** An answer ended at a limit that was not ours: the end of the window, or of what it may write. */
  private ended(inputTokens: number, outputTokens: number): void {
    const sum = inputTokens + outputTokens;
    if (isPower(outputTokens) || (outputTokens >= 1000 && outputTokens % 1000 === 0)) {
      this.most = outputTokens;
    } else if (isRound(sum) && (this.window === undefined || this.assumed)) {
      this.window = roundedOf(sum);
      this.assumed = false;
    }
  }

  /** The window to which a prompt was cut, or `undefined` where it was read as a whole. */
  private cutTo(counted: number, estimate: number): number | undefined {
    const { window } = this;
    const expected = estimate * (this.hasCounted ? this.perEstimate : 1);
    if (window !== undefined && !this.assumed) {
      if (counted >= window - 1) return window;
      const half = Math.abs(counted - window / 2 - 2) <= 3;
      return half && expected > window * 0.75 ? window : undefined;
    }
    if (counted >= expected * wholeShare) return undefined;
    if (isPower(counted) && counted > 2000) return powerNear(counted);
    if (isPower(counted - 2) && counted * 2 < expected * 1.35) return powerNear(counted - 2) * 2;
    if (counted >= expected * suspicious || counted < this.read) return undefined;
    // Some count only what was not in their cache, which comes out differently every time.
    const { suspect } = this;
    this.suspect = { counted, estimate };
    const again =
      suspect !== undefined &&
      Math.abs(suspect.counted - counted) <= 4 &&
      Math.abs(suspect.estimate - estimate) > estimate * 0.03;
    return again ? counted : undefined;
  }

  private count(counted: number, estimate: number): void {
    if (estimate < tellingTokens) return;
    const ratio = Math.min(3, Math.max(0.75, counted / estimate));
    this.perEstimate = this.hasCounted ? Math.max(this.perEstimate, ratio) : ratio;
    this.hasCounted = true;
  }
}

/** The last time that a server was asked. */
interface Inquiry {
  /** Milliseconds. */
  readonly at: number;
  /** How often it had been asked then, this time included. */
  readonly number: number;
  /** How many answers it had given by then. */
  readonly answers: number;
  isOpen: boolean;
  end: Promise<unknown>;
}

/** So long requests wait at most for what a server says of itself, in milliseconds. */
const longestWaitMs = 1500;

/** A server whose answers do not tell the window of the loaded model is asked so often in a row. */
const mostInARow = 3;

/** A server is asked again after so many milliseconds. */
const inquireAgainMs = 300_000;

/** No less is ever asked for, in tokens: no answer is shorter. */
const leastAsked = 256;

/** Where a refusal does not say how much is too much, so much of what was sent is tried. */
const triedShare = 0.7;

/** Windows are multiples of this; what is counted may be one or two off. */
const windowStep = 256;

function isRound(tokens: number): boolean {
  return tokens >= 1024 && Math.abs(tokens - roundedOf(tokens)) <= 2;
}

function roundedOf(tokens: number): number {
  return Math.round(tokens / windowStep) * windowStep;
}

function isPower(tokens: number): boolean {
  return tokens >= 1000 && Math.abs(tokens - powerNear(tokens)) <= 1;
}

function powerNear(tokens: number): number {
  return 2 ** Math.round(Math.log2(tokens));
}

/**
 * Models that spend tokens on thoughts before they answer, by their names. How much they will think
 * nobody knows, and a length that ends within the thoughts leaves nothing.
 */
const thinking =
  /(?:^|[/_-])o[1-9](?!\d)|gpt-(?:[5-9]|oss)|\br1\b|reason|think|qwq|qwen-?3|qwen.*plus|magistral|glm-(?:4\.[5-9]|[5-9]|z)|minimax-m|kimi-k|grok-(?:3-mini|[4-9])|gemini-(?:2\.5|[3-9])|deepseek-(?:v3\.[1-9]|v[4-9]|chat|reasoner)|seed|doubao|hunyuan|ernie|nemotron|smollm3|exaone|cogito|lfm.*think|hermes-?4/i;
