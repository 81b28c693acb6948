import type { RefusedAnswer } from './refusal.ts';
import { isPage } from './service-words.ts';

/**
 * Whether an error answer to a paid request proves that it was not accepted, so that it may be sent
 * again. A client error does, but for 408 and 409 (the same order may be under way). A server error
 * does only when it says so itself: behind a bare 500, 502 or 504 the work may well have begun, and
 * "please retry" is advice, not proof.
 */
export function saysNotAccepted({ status, headers, text }: RefusedAnswer): boolean {
  if (status === 503 && isBusy(text)) return true;
  if (status === 503 && headers.get('retry-after') !== null) return true;
  if (status === 408 || status >= 500) return comeBackLater.test(jsonOnly(text));
  return status !== 409;
}

/** The words by which services turn an order away before taking it. */
const comeBackLater =
  /overloaded|(at|over|no|insufficient) capacity|(service|temporarily|currently)[ _](temporarily[ _])?unavailable|rate[ _-]?limit|too[ _]many[ _]requests|queue (is )?full|not (been )?(accepted|created|queued)/i;

/** Whether a service, and not a page of somebody before it, says that it has no time. */
export function isBusy(text: string): boolean {
  return !isPage(text) && (/\bbusy\b|繁忙/i.test(text) || comeBackLater.test(text));
}

/** A gateway's page is not the service's word. */
function jsonOnly(text: string): string {
  return /^\s*[{[]/.test(text) ? text : '';
}
