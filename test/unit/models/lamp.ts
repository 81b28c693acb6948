import type { WriterTask } from '../../../src/models/writer-tasks.ts';

/** Something to ask where only the asking is tested. */
export const lampTask: WriterTask = {
  kind: 'core',
  opening: 1,
  brief: {
    idea: 'A lamp',
    duration: 8,
    language: 'en',
    style: '',
    aspect: '16:9',
    structure: 'three-act',
    instructions: '',
  },
  shape: { count: 1, seconds: 8, clipSeconds: [8] },
};
