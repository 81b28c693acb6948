import { randomInt } from 'node:crypto';
import type { SceneId } from './script-model.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const length = 6;

/**
 * A new id. With two thousand million of them, two alike in one script are as good as impossible;
 * the parser would report them.
 *
 * @param random Gives numbers from 0 up to, not including, 1; secure randomness when left out.
 */
export function newSceneId(random?: () => number): SceneId {
  let id = '';
  for (let i = 0; i < length; i++) {
    const at = random ? Math.floor(random() * letters.length) : randomInt(letters.length);
    id += letters.charAt(at);
  }
  return id;
}

export function isSceneId(text: string): boolean {
  return /^[a-z0-9]{6}$/.test(text);
}
