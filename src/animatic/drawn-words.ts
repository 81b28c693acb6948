import type { Scene } from '../script/script-model.ts';

/** What an animatic shows of a scene beside the picture that its prompt asks for, to be compared. */
export function drawnWords({ title, action, dialogue, narration }: Scene): string {
  return JSON.stringify([title, action, narration, dialogue]);
}
