import { answers } from './answers.ts';
import { media } from './media.ts';
import { records } from './records.ts';
import { scripts } from './scripts.ts';
import { type Target, target } from './target.ts';

export const targets: readonly Target[] = [
  target(scripts),
  target(answers),
  target(media),
  target(records),
];
