import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { ContextOverflow, InvalidAnswer, TruncatedAnswer } from '../answer-errors.ts';
import { spokenWaitMs } from '../../net/rate-limit-headers.ts';
import { redactLikely } from '../../net/redact.ts';
import { isAboutContent, quoted } from '../../net/service-words.ts';

/** A service that asks for more patience than this (milliseconds) has said no for today. */
const longestWaitMs = 10 * 60_000;

/**
 * The error to show for whatever a {@link Chat} threw. VS Code itself knows three codes (not allowed,
 * blocked, not found); GitHub Copilot names its quota and rate errors; of everything else only the
 * provider's own words are left to go by.
 *
 * @param model the model's name, as people know it
 */
export function chatError(error: unknown, model: string): ScenewrightError {
  if (error instanceof ScenewrightError) return error;
  const { name, code, said } = readFailure(error);
  // The provider's error may hold what it was asked and how; only its cleaned text goes on.
  const cause = new Error(said);
  const heard = { cause, said };

  if (code === 'NoPermissions') {
    return new ScenewrightError(
      'account',
      isOurOwnDoor(said)
        ? t('VS Code has not been allowed to use “{0}” for Scenewright.', model)
        : t('The request was not let through by the provider of “{0}”: {1}', model, sentence(said)),
      {
        ...heard,
        advice: isOurOwnDoor(said)
          ? t('Continue and allow it when you are asked, or choose another writer model.')
          : checkSignIn(),
      },
    );
  }
  if (code === 'NotFound' || notThere.test(said)) {
    return new ScenewrightError('bad-input', t('VS Code does not offer “{0}” any more.', model), {
      ...heard,
      advice: t('Choose another writer model with “Scenewright: Choose Writer Model…”.'),
      next: 'choose-writer',
    });
  }
  if (isContentRefusal(said)) {
    return new ScenewrightError(
      'refused',
      t('This text was declined by the provider of “{0}”: {1}', model, sentence(said)),
      heard,
    );
  }
  if (notForExtensions.test(said)) {
    return new ScenewrightError(
      'bad-input',
      t('Extensions may not use “{0}”, says its provider: {1}', model, sentence(said)),
      {
        ...heard,
        advice: t('Choose another writer model with “Scenewright: Choose Writer Model…”.'),
        next: 'choose-writer',
      },
    );
  }
  if (answerTooLong.test(said)) {
    return new TruncatedAnswer(
      t('The answer was cut off at the length limit of “{0}”: {1}', model, sentence(said)),
      'It was cut off because it was too long. Be more concise.',
      false,
      t('Choose a model that may write more at once, or a shorter video.'),
    );
  }
  if (tooLong.test(said)) {
    return new ContextOverflow(
      t('The request is longer than “{0}” takes: {1}', model, sentence(said)),
      {
        ...heard,
        advice: t(
          'Choose a model that takes more, or lower the setting scenewright.writer.contextTokens.',
        ),
      },
    );
  }
  if (brokenCall.test(said)) {
    return new InvalidAnswer(
      t("The model's answer is broken or incomplete JSON."),
      'It was not valid JSON, or it broke off. Be more concise, and answer with one complete JSON object.',
      cause,
    );
  }
  const limit = limitOf(name, code, model, heard);
  if (limit !== undefined) return limit;
  if (signIn.test(said)) {
    return new ScenewrightError(
      'account',
      t('The request was not let through by the provider of “{0}”: {1}', model, sentence(said)),
      { ...heard, advice: checkSignIn() },
    );
  }
  return new ScenewrightError(
    'network',
    t('No answer came from “{0}”: {1}', model, sentence(said)),
    {
      ...heard,
      retryable: true,
    },
  );
}

const checkSignIn = (): string => t('Check its sign-in or key, or choose another writer model.');

/** Too many requests for now, or too many for what has been paid for. */
function limitOf(
  name: string,
  code: string,
  model: string,
  heard: { readonly said: string; readonly cause: Error },
): ScenewrightError | undefined {
  const { said } = heard;
  const waitMs = spokenWaitMs(said);
  if (suspended.test(said)) {
    return new ScenewrightError(
      'rate-limit',
      t('Scenewright is shut out for a while by the provider of “{0}”: {1}', model, sentence(said)),
      { ...heard, advice: t('A smaller batch size asks for less at once.') },
    );
  }
  const isRate = name === 'ChatRateLimited' || rate.test(said);
  // “You exceeded your quota, retry in 4 s” is a limit per minute, whatever it is called.
  if ((isRate || quota.test(said)) && waitMs !== undefined && waitMs <= longestWaitMs) {
    return new ScenewrightError(
      'rate-limit',
      t('Too many requests at once, says the provider of “{0}”: {1}', model, sentence(said)),
      { ...heard, retryable: true, retryAfterMs: waitMs },
    );
  }
  if (isRate && name !== 'ChatQuotaExceeded') {
    return new ScenewrightError(
      'rate-limit',
      t('Too many requests at once, says the provider of “{0}”: {1}', model, sentence(said)),
      // With hours to wait another try would only be turned away again.
      { ...heard, retryable: waitMs === undefined },
    );
  }
  if (name === 'ChatQuotaExceeded' || quota.test(said) || code === 'Blocked') {
    return new ScenewrightError(
      'account',
      t(
        'No more requests are taken from this account by the provider of “{0}”: {1}',
        model,
        sentence(said),
      ),
      { ...heard, advice: t('Wait for it to renew, or choose another writer model.') },
    );
  }
  return undefined;
}

function isContentRefusal(said: string): boolean {
  return isAboutContent(said) || /\bfiltered\b/iu.test(said);
}

/** Whether the failure is about the tool that was sent along, so that asking in words may do. */
export function isAboutTools(error: unknown): boolean {
  if (error instanceof ScenewrightError) return false;
  const { name, code, said } = readFailure(error);
  if (['NoPermissions', 'NotFound', 'Blocked'].includes(code) || name.startsWith('Chat'))
    return false;
  return (
    // Gemini's services say no more than this of a schema that they cannot do with.
    /\btools?\b|tool_choice|function.?(?:call|declaration)|schema|invalid.?argument/iu.test(said) &&
    !isContentRefusal(said) &&
    !notForExtensions.test(said) &&
    !answerTooLong.test(said) &&
    ![brokenCall, tooLong, quota, rate, signIn].some((other) => other.test(said))
  );
}

/** Whether a person, or VS Code in their name, said no to the model being used. */
export function isNotAllowed(error: unknown): boolean {
  return readFailure(error).code === 'NoPermissions';
}

const notThere =
  /^model not found|language model '.*' is unknown|chat model .* could not be found|provider for .* (?:is not registered|not found)/iu;
/** GitHub Copilot, of a model that only its own chat may use, or that has to be accepted there first. */
const notForExtensions = /model_not_supported|model is not supported/iu;
/** GitHub Copilot, for its own models and those that a writer has added to it. */
const answerTooLong =
  /response too long|(?:response|answer|output) (?:has )?(?:hit|exceeded|exceeds|reached) the (?:\w+ )?(?:length|limit)|output (?:is )?too long|max(?:imum)? output tokens/iu;
const tooLong =
  /exceeds? (?:the )?token limit|context.?(?:length|window)|prompt is too long|too many (?:input )?tokens|model_max_prompt_tokens/iu;
const brokenCall = /invalid json for tool call/iu;
const suspended = /temporarily blocked|extension has been blocked/iu;
const rate = /rate.?limit|too many requests|\b429\b|slow down/iu;
const quota =
  /quota|billing|\bcredits?\b|insufficient.?funds|payment|premium requests?|\b402\b|allowance/iu;
const signIn =
  /sign.?in|signed out|unauthori[sz]ed|not authori[sz]ed|authentication|api.?key|\b401\b|\b403\b|forbidden/iu;

/** What VS Code itself says when nobody has allowed an extension to use a model. */
function isOurOwnDoor(said: string): boolean {
  return said === '' || /cannot be used by/iu.test(said);
}

interface Failure {
  readonly name: string;
  readonly code: string;
  /** The provider's words on one line: no Markdown, nothing that looks like a key, not too long. */
  readonly said: string;
}

function readFailure(error: unknown): Failure {
  // Between extensions errors travel as data, and not all of them arrive as an `Error`.
  const { name, code, message } = (
    typeof error === 'object' && error !== null ? error : { message: error }
  ) as Readonly<Record<string, unknown>>;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { name: text(name), code: text(code), said: cleaned(text(message)) };
}

function cleaned(text: string): string {
  // Which keys there are is known to the provider alone.
  return quoted(
    redactLikely(text).replace(/\[([^\]]+)\]\((?:https?:|command:)[^)]*\)/gu, '$1'),
    [],
  );
}

function sentence(said: string): string {
  if (said === '') return t('it did not say why.');
  return /[.!?…]$/u.test(said) ? said : `${said}.`;
}
