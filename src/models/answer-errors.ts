import { ScenewrightError } from '../base/errors.ts';

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
