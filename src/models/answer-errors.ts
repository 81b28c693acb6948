import { ScenewrightError, type ErrorOptions } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** An answer that does not fit what was asked for; asking again, with the complaint, may help. */
export class InvalidAnswer extends ScenewrightError {
  /** What is wrong with the answer, addressed to the model. */
  readonly complaint: string;
  /** Whether it is not even of the form that an endpoint which keeps to schemas would give. */
  readonly ignoresForm: boolean;

  constructor(
    message: string,
    complaint: string,
    cause?: unknown,
    ignoresForm = false,
    advice?: string,
  ) {
    super('bad-answer', message, { retryable: true, cause, advice });
    this.name = 'InvalidAnswer';
    this.complaint = complaint;
    this.ignoresForm = ignoresForm;
  }
}

/** An answer that broke off before its end; asking for less of it at once helps more than asking again. */
export class TruncatedAnswer extends InvalidAnswer {
  constructor(message: string, complaint: string, ignoresForm = false, advice?: string) {
    super(message, complaint, undefined, ignoresForm, advice);
    this.name = 'TruncatedAnswer';
  }
}

/**
 * A request that is longer than the model reads, or so long that it leaves no room for an answer. The
 * same again is of no use; the same told with less may do.
 */
export class ContextOverflow extends ScenewrightError {
  /** What came of it nevertheless, where the service cut the request instead of refusing it. */
  readonly answered: { readonly value: unknown } | undefined;

  constructor(
    fact: string,
    options: Omit<ErrorOptions, 'retryable'> & { readonly answered?: { readonly value: unknown } },
  ) {
    const { answered, ...rest } = options;
    super('bad-input', fact, { advice: smallerAdvice(), ...rest });
    this.name = 'ContextOverflow';
    this.answered = answered;
  }
}

const smallerAdvice = (): string =>
  t(
    'Give the model a larger context window, choose a model that takes more, or lower the setting scenewright.writer.contextTokens.',
  );
