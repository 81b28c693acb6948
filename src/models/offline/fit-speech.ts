import type { DialogueLine } from '../../script/script-model.ts';
import { spokenSeconds } from '../../script/durations/spoken-seconds.ts';

/** Silence that a clip keeps around its speech, in seconds. */
const air = 0.5;

/** As many lines, from the first, as can be spoken in the seconds of a clip. */
export function fitLines(
  lines: readonly DialogueLine[],
  seconds: number,
  language: string,
): DialogueLine[] {
  return lines.slice(
    0,
    fitting(
      lines.map(({ line }) => line),
      seconds,
      language,
    ),
  );
}

/** As many sentences, from the first, as can be spoken in the seconds of a clip. */
export function fitNarration(
  sentences: readonly string[],
  seconds: number,
  language: string,
): string {
  return sentences.slice(0, fitting(sentences, seconds, language)).join(' ');
}

function fitting(texts: readonly string[], seconds: number, language: string): number {
  let count = texts.length;
  while (count > 0 && spokenSeconds(texts.slice(0, count).join(' '), language) > seconds - air)
    count--;
  return count;
}
