import type { Question } from './writer-service.ts';

/** When something was done to an extension host. */
export interface Disturbance {
  readonly pid: number;
  readonly kind: 'ended' | 'stopped';
  readonly from: number;
  /** When it went on; one that has ended never does. */
  to: number;
}

/** Milliseconds in which an extension host that stood still may not know yet that others went on. */
const graceMs = 10_000;

/** What tells of a request whether another one was under way with it. */
export type Asking = Pick<Question, 'story' | 'pid' | 'askedAt' | 'endedAt'>;

/**
 * Requests for one story from two extension hosts at once, neither of which had ended, stood still or
 * just did when the later one came: what a host had sent off before it was killed may still be read
 * after another one has begun. In each pair the earlier one is first.
 *
 * @param questions in the order in which they came
 */
export function askedAtOnce<Question extends Asking>(
  questions: readonly Question[],
  disturbances: readonly Disturbance[],
): [Question, Question][] {
  const wasDisturbed = ({ pid }: Question, at: number): boolean =>
    disturbances.some((each) => each.pid === pid && each.from <= at && at <= each.to + graceMs);
  return questions.flatMap((second, index) =>
    questions
      .slice(0, index)
      .filter(
        (first) =>
          first.story === second.story &&
          first.pid !== second.pid &&
          (first.endedAt ?? Infinity) > second.askedAt &&
          ![first, second].some((each) => wasDisturbed(each, second.askedAt)),
      )
      .map((first): [Question, Question] => [first, second]),
  );
}
