import { ScenewrightError } from '../base/errors.ts';
import { defined } from '../base/defined.ts';
import { t } from '../base/l10n.ts';
import type { ServerName } from '../net/server-name.ts';
import { withWords } from '../net/service-words.ts';
import { field, rendering } from './answer.ts';
import { hasClip } from './clip-places.ts';
import type { MadeWords } from './made-words.ts';
import type { PollAnswer } from './port.ts';
import {
  progressIn,
  renderStanding,
  saysError,
  saysFiltered,
  speaksOfRender,
  strangeState,
  wordsIn,
} from './render-answer.ts';

/** Whose answer it is. */
export interface Teller {
  /** As it may be shown. */
  readonly host: ServerName;
  readonly words: MadeWords;
  /** Its words as they may be shown; absent where there are none. */
  quoted(words: string | undefined): string | undefined;
}

/**
 * What an answer says of a render, wherever and in whichever words it does.
 *
 * @throws ScenewrightError `bad-answer` where it says nothing of the render, or that something is wrong
 * but not with the render
 */
export function toldOfRender(answer: unknown, by: Teller): PollAnswer {
  const standing = renderStanding(answer);
  switch (standing) {
    case 'failed':
      return failedRender(answer, by);
    case 'rendering':
      return { ...rendering(progressIn(answer)), ...defined({ ahead: aheadIn(answer) }) };
    case 'unknown':
      throw trouble(by.host.say(by.words.unknown), answer, by);
    case 'ready':
      return finishedRender(answer, by);
    case 'untold':
      return untold(answer, by);
    default:
      return { state: standing };
  }
}

/** What no queue is longer than; larger numbers are something else. */
const longestQueue = 1_000_000;

/** How many orders an answer says to be before this one. */
function aheadIn(answer: unknown): number | undefined {
  const told = field(answer, 'queue_position');
  const isCount = Number.isInteger(told) && Number(told) >= 0 && Number(told) < longestQueue;
  return isCount ? Number(told) : undefined;
}

/** Whether an answer says how a render stands, in whichever way. */
export function tellsOfRender(answer: unknown): boolean {
  return renderStanding(answer) !== 'untold' || hasClip(answer) || saysError(answer);
}

/** What comes of a render that the service calls finished: nothing where that was held back. */
export function finishedRender(answer: unknown, by: Teller): PollAnswer {
  if (hasClip(answer) || !saysFiltered(answer)) return { state: 'ready' };
  const reason = by.quoted(wordsIn(answer)) ?? t('what was made was held back for its content');
  return { state: 'failed', reason, isDeclined: true };
}

/** What is known of an order that was only heard (202). */
export function onlyHeard(by: Teller): PollAnswer {
  const guess = by.host.say((host) => t('No more is known than that {0} has heard (202).', host));
  return rendering(undefined, guess);
}

/** Why a render failed, in the service's own words. */
export function failedRender(answer: unknown, by: Teller): PollAnswer {
  const reason = by.quoted(wordsIn(answer)) ?? t('the service gave no reason');
  return { state: 'failed', reason };
}

/**
 * That a render is finished without a clip for us, in the words of the answer: `refused` where what was
 * made was held back, else `bad-answer`.
 */
export function noClip(answer: unknown, by: Teller): ScenewrightError {
  const said = by.quoted(wordsIn(answer));
  if (saysFiltered(answer)) {
    const fact = by.host.say(by.words.heldBack);
    return new ScenewrightError('refused', withWords(fact, said ?? ''), { said });
  }
  const fact = by.host.say(by.words.nowhere);
  return new ScenewrightError('bad-answer', withWords(fact, said ?? ''), { said });
}

/** What is to be made of an answer that does not say how the render stands. */
function untold(answer: unknown, by: Teller): PollAnswer {
  if (hasClip(answer)) return { state: 'ready' };
  const fact = by.host.say(by.words.untold);
  if (saysError(answer) || !speaksOfRender(answer)) throw trouble(fact, answer, by);
  const word = by.quoted(strangeState(answer));
  const guess = word === undefined ? fact : by.host.say(by.words.strange(word));
  return rendering(progressIn(answer), guess);
}

function trouble(fact: string, answer: unknown, by: Teller): ScenewrightError {
  return new ScenewrightError('bad-answer', withWords(fact, by.quoted(wordsIn(answer)) ?? ''));
}
