import type { SeamTask } from '../writer-tasks.ts';
import { sceneInFull } from './script-text.ts';

export function seamPrompt({ earlier, later, suspicions }: SeamTask): string {
  return `Two scenes that follow each other were written by different people. A check of single words suspects that they do not go together. Judge as the editor: read both and say whether somebody who watches the two clips in a row would notice a mistake.

# The earlier scene
${sceneInFull(earlier)}

# The later scene
${sceneInFull(later)}

# What the check suspects
${suspicions.map((suspicion) => `- ${suspicion}`).join('\n')}

Such a check is often wrong: a line may come back on purpose, a cut may lead to another time, a word may be meant in another way. Answer with one JSON object:
- clash: true only if it is really a mistake.
- why: if it is, what the later scene has to change so that it follows from the earlier one, in one or two sentences that its writer can act on; the earlier scene stays as it is. Otherwise an empty text.`;
}
