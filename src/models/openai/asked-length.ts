/** How the length of an answer is asked for; some endpoints know only one of these, or none. */
export type LengthParameter = 'max_tokens' | 'max_completion_tokens';

/** The length that an answer is asked to have at most. */
export interface Length {
  readonly parameter: LengthParameter;
  readonly tokens: number;
}

/** What an answer tells of the length that was asked for. */
export interface EndOfAnswer {
  /** Whether the model was seen to think. */
  readonly thought: boolean;
  /** Tokens that it spent on thoughts, where that is known. */
  readonly spentOnThoughts: number | undefined;
  /** Whether it ended at a limit of length, and whether at the one that was asked for. */
  readonly cutOff: boolean;
  readonly atAsked: boolean;
}

/** So many answers in a row that end at the asked length, and more is asked for; then, no length. */
const cutsUntilMore = 2;
const cutsUntilFree = 4;
const moreFactor = 4;

/** No less is ever asked for, in tokens: no answer is shorter. */
const leastAsked = 256;

/** How long the answers of one model at one endpoint are asked to be at most, and in which parameter. */
export class AskedLength {
  /** Tokens that it has spent on thoughts for one answer, at most. */
  thoughts = 0;
  private parameter: LengthParameter | undefined;
  private parametersLeft: LengthParameter[];
  /** The model spends tokens on thoughts, so that its answers are not limited. */
  private thinks: boolean;
  /** It has refused a request for having asked for no length. */
  private wantsLength = false;
  private cutsInARow = 0;

  /** @param model as the endpoint names it */
  constructor(endpoint: string, model: string) {
    const own = URL.parse(endpoint)?.hostname === 'api.openai.com';
    this.parametersLeft = own
      ? ['max_completion_tokens', 'max_tokens']
      : ['max_tokens', 'max_completion_tokens'];
    this.parameter = this.parametersLeft.shift();
    this.thinks = thinking.test(model);
  }

  /**
   * @param most tokens that the answer may take
   * @param always to ask a model that thinks, too
   * @param left tokens that there are for it at all
   */
  of(most: number, always: boolean, left: number): Length | undefined {
    const { parameter } = this;
    const free = !this.wantsLength && (this.thinks || this.cutsInARow >= cutsUntilFree);
    if (parameter === undefined || (free && !always)) return undefined;
    const wanted = this.cutsInARow >= cutsUntilMore && !always ? most * moreFactor : most;
    return { parameter, tokens: Math.max(leastAsked, Math.min(wanted, left)) };
  }

  /** The parameter was not taken: another one will be, or none. */
  refusedParameter(parameter: LengthParameter): void {
    if (this.parameter === parameter) this.parameter = this.parametersLeft.shift();
  }

  /** It says of no length how much it takes: none is asked for. */
  giveUp(): void {
    this.parameter = undefined;
  }

  /** It has refused a request that asked for no length. */
  want(): void {
    this.wantsLength = true;
  }

  answered({ thought, spentOnThoughts, cutOff, atAsked }: EndOfAnswer): void {
    if (thought) this.thinks = true;
    if (this.thinks && spentOnThoughts !== undefined) {
      this.thoughts = Math.max(this.thoughts, spentOnThoughts);
    }
    this.cutsInARow = atAsked ? this.cutsInARow + 1 : cutOff ? this.cutsInARow : 0;
  }
}

/**
 * Models that spend tokens on thoughts before they answer, by their names. How much they will think
 * nobody knows, and a length that ends within the thoughts leaves nothing.
 */
const thinking =
  /(?:^|[/_-])o[1-9](?!\d)|gpt-(?:[5-9]|oss)|\br1\b|reason|think|qwq|qwen-?3|qwen.*plus|magistral|glm-(?:4\.[5-9]|[5-9]|z)|minimax-m|kimi-k|grok-(?:3-mini|[4-9])|gemini-(?:2\.5|[3-9])|deepseek-(?:v3\.[1-9]|v[4-9]|chat|reasoner)|seed|doubao|hunyuan|ernie|nemotron|smollm3|exaone|cogito|lfm.*think|hermes-?4/i;
