import type { Usage } from '../writer-model.ts';
import type { ToldWindow } from './ask-for-window.ts';
import { AskedLength, type Length, type LengthParameter } from './asked-length.ts';
import { CountedTokens, limitAt } from './counted-tokens.ts';
import type { LengthRefusal } from './length-refusal.ts';
import type { KeptWindow } from './kept-windows.ts';
import { WindowInquiry } from './window-inquiry.ts';

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

/** Where a refusal does not say how much is too much, so much of what was sent is tried. */
const triedShare = 0.7;

/**
 * How much one model at one endpoint reads and writes at once, as far as that has been told or found
 * out.
 */
export class EndpointWindow {
  /** Tokens of prompt and answer together; `undefined` while unknown. */
  private window: number | undefined;
  /** The window was assumed, by what the server does where nobody says otherwise. */
  private assumed = false;
  /** Tokens that it writes at most. */
  private most: number | undefined;
  private answers = 0;
  private readonly counts = new CountedTokens();
  private readonly length: AskedLength;
  private readonly inquiry = new WindowInquiry();
  private readonly keep: ((learned: KeptWindow) => void) | undefined;

  /**
   * @param model as the endpoint names it
   * @param kept what was learned of it before
   * @param keep told what has been learned and nobody says, whenever it has become something else
   */
  constructor(
    endpoint: string,
    model: string,
    kept?: KeptWindow,
    keep?: (learned: KeptWindow) => void,
  ) {
    this.length = new AskedLength(endpoint, model);
    this.window = kept?.window;
    this.most = kept?.most;
    if (kept !== undefined) this.counts.take(kept.perEstimate);
    this.keep = keep;
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

  /** Have the server asked, if it is time to; see {@link WindowInquiry.ask}. */
  async inquire(ask: () => Promise<ToldWindow>, now: number, isNear: boolean): Promise<void> {
    const window =
      this.window === undefined ? 'unknown' : this.assumed ? 'assumed' : ('known' as const);
    const { answers } = this;
    const onTold = (told: ToldWindow): void => {
      this.told(told);
    };
    await this.inquiry.ask(ask, { window, answers }, onTold, now, isNear);
  }

  /** Take what the server says of itself. */
  told({ window, most, state = 'listed' }: ToldWindow): void {
    if (most !== undefined) this.most = most;
    if (window === undefined) return;
    const { sure } = this;
    if (state === 'assumed' && sure !== undefined) return;
    // A list knows the model, and a refusal or a cut knows better what this account gets of it.
    this.window = state === 'listed' ? Math.min(window, sure ?? window) : window;
    this.assumed = state === 'assumed';
  }

  /**
   * How many tokens, estimated, a prompt may have beside an answer of so many; below 0 where not even
   * that fits, `undefined` where the window is unknown.
   */
  promptRoom(answerTokens: number): number | undefined {
    if (this.window === undefined) return undefined;
    const thoughts = Math.min(this.length.thoughts, this.window * mostThoughts);
    const room = this.window * usedShare - answerTokens - thoughts - templateTokens;
    return Math.floor(room / this.counts.perEstimate);
  }

  /**
   * The length to ask for.
   *
   * @param estimate of the prompt's tokens
   * @param most tokens that the answer may take
   * @param always to ask a model that thinks, too
   */
  lengthFor(estimate: number, most: number, always: boolean): Length | undefined {
    const prompt = Math.ceil(estimate * this.counts.perEstimate);
    const left = this.window === undefined ? Infinity : this.window - prompt - templateTokens;
    return this.length.of(most, always, Math.min(left, this.most ?? Infinity));
  }

  /** The parameter was not taken: another one will be, or none. */
  refusedParameter(parameter: LengthParameter): void {
    this.length.refusedParameter(parameter);
  }

  /**
   * Learn from a refusal.
   *
   * @param estimate of the tokens of the prompt that was refused
   * @param length that the answer was asked to have
   */
  refused(refusal: LengthRefusal, estimate: number, length?: Length): void {
    this.learning(() => {
      if (refusal.about === 'answer') {
        const { most } = refusal;
        if (length === undefined) this.length.want();
        // One that does not say how much it takes is asked for no length at all.
        if (most !== undefined && most > 0 && most < (length?.tokens ?? Infinity)) this.most = most;
        else this.length.giveUp();
        return;
      }
      const { window, prompt } = refusal;
      if (prompt !== undefined) this.counts.count(prompt, estimate);
      const sent = estimate * this.counts.perEstimate;
      // At most what was sent; how much less is tried out.
      this.window = window ?? Math.min(this.window ?? Infinity, Math.floor(sent * triedShare));
      this.assumed = false;
    });
  }

  /**
   * Learn from an answer.
   *
   * @returns whether the service read less than it was sent
   */
  answered(answer: Answered): boolean {
    return this.learning(() => this.learnFrom(answer));
  }

  /** The window where nobody has only assumed it. */
  private get sure(): number | undefined {
    return this.assumed ? undefined : this.window;
  }

  private learnFrom({ estimate, usage, asked, cutOff, thought, said }: Answered): boolean {
    const { counts } = this;
    this.answers++;
    const isMeasured = usage !== undefined;
    const atAsked =
      cutOff && asked !== undefined && (!isMeasured || usage.outputTokens >= asked * 0.95);
    const ownWords = Math.ceil(said * counts.perEstimate);
    const spentOnThoughts = isMeasured ? usage.outputTokens - ownWords : undefined;
    this.length.answered({ thought, spentOnThoughts, cutOff, atAsked });
    if (!isMeasured || !counts.tells(estimate) || usage.inputTokens <= 0) return false;
    const { inputTokens, outputTokens } = usage;
    const cut = counts.cutTo(inputTokens, estimate, this.sure);
    if (cut !== undefined) {
      this.window = Math.min(cut, this.sure ?? Infinity);
      this.assumed = false;
      // What was left out is not known, but it was more than fits.
      if (estimate * counts.perEstimate < this.window) counts.perEstimate = this.window / estimate;
      return true;
    }
    counts.readAll(inputTokens, estimate);
    if (cutOff && !atAsked) this.ended(inputTokens, outputTokens);
    return false;
  }

  /** An answer ended at a limit that was not ours: the end of the window, or of what it may write. */
  private ended(inputTokens: number, outputTokens: number): void {
    const { most, window } = limitAt(inputTokens, outputTokens);
    if (most !== undefined) this.most = most;
    if (window === undefined || this.sure !== undefined) return;
    this.window = window;
    this.assumed = false;
  }

  /** Have something learned, and kept if it is news. */
  private learning<T>(learn: () => T): T {
    const { sure, most } = this;
    const result = learn();
    if (this.sure !== sure || this.most !== most) {
      this.keep?.({ window: this.sure, most: this.most, perEstimate: this.counts.perEstimate });
    }
    return result;
  }
}
