import { agreeToStranger } from '../consent/agreement.ts';
import type { Caller } from '../commands/caller.ts';
import { outsideWords } from '../consent/outside-workspace.ts';

/** What is asked where it may be anybody who has something written. */
export interface WritingQuestion {
  readonly question: string;
  /** Why there is something to decide, besides who writes and where; one line each. */
  readonly reasons?: readonly string[];
  /** What the person should know if they are asked. */
  readonly more?: readonly string[];
  readonly yes: string;
}

/**
 * See to it that something may be written: that nobody else has it paid for, put outside of the open
 * folders or over the writer's own text without their agreeing to it.
 *
 * @param place absolute path of the file or folder that it goes to
 * @throws ScenewrightError `bad-input` where it goes outside of a workspace that is not trusted,
 * `cancelled` where the person does not want it
 */
export async function allowWriting(
  caller: Caller,
  place: string,
  { question, reasons = [], more = [], yes }: WritingQuestion,
): Promise<void> {
  const { paidWriterWords } = await import('../accounts/choose-writer.ts');
  const all = [await outsideWords(place), paidWriterWords(), ...reasons];
  const known = all.filter((reason) => reason !== undefined);
  if (known.length > 0) await agreeToStranger(caller, question, [...more, ...known], yes);
}
