import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import type { Brief } from '../../../src/script/script-model.ts';
import { sceneFromAnswer } from '../../../src/writing/run/scene-from-answer.ts';
import { briefOf, script } from './offline-helpers.ts';

/** A whole document by the offline writer, as a run leaves it. */
export async function wholeDocument(change: Partial<Brief>, scenes: number): Promise<string> {
  const brief = briefOf({ style: '', duration: scenes * 8, ...change });
  const { answer, bible, outline, scenes: answers } = await script(brief, scenes);
  const { title, logline } = answer;
  const start = renderNewScript(brief, title);
  const plan = { title, logline, bible, outline };
  const planned = applyEdits(start, insertPlan(parseScript(start), plan, 'offline scaffold'));
  const written = outline.flatMap((beat, i) => {
    const one = answers[i];
    return one === undefined ? [] : [sceneFromAnswer(one, beat, bible, i + 1)];
  });
  return applyEdits(planned, insertScenes(parseScript(planned), written));
}

/** The outline of a document, with its heading. */
export function outlineOfDocument(text: string): string {
  const { outline } = parseScript(text).reading.layout;
  return text.slice(outline?.start, outline?.end);
}
