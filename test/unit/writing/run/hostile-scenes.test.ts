import assert from 'node:assert/strict';
import { subtitleLines } from '../../../../src/media/subtitle-lines.ts';
import type { Scene } from '../../../../src/script/script-model.ts';
import { unlabelled } from '../../../../src/writing/checks/bare-text.ts';
import { checkScene } from '../../../../src/writing/checks/scene-checks.ts';
import { seamSuspicions } from '../../../../src/writing/seams/seam-check.ts';
import type { SceneMaterial } from '../../../../src/models/writer-tasks.ts';
import { assertSteady } from '../../../support/cpu-time.ts';
import { sampleBeat, sampleBrief, samplePlan, sampleScene } from '../../script/sample.ts';

const pieces = [
  'the lamp ',
  'a ',
  '.',
  '\n',
  '\u00a0',
  '(',
  '“',
  ' and ',
  'red-a-',
  'red a ',
  'dark ',
];
const scripts = ['灯', 'ประ', '\u0301', '\u200b ', '– ', '« '];

describe('a scene that was made to stop its reader', function () {
  this.timeout(120_000);

  const { bible, outline } = samplePlan(3);
  const material: SceneMaterial = {
    ...{ title: '', logline: '', brief: sampleBrief, bible, outline },
    ...{ beat: sampleBeat(0), finished: [sampleScene(1)] },
  };

  it('is checked in a time that grows with its length alone', () => {
    for (const piece of [...pieces, ...scripts]) {
      assertSteady(
        JSON.stringify(piece),
        (length) => {
          const text = `red-${piece.repeat(length / piece.length)}x`;
          const dialogue = [{ speaker: text, tone: text, line: text }];
          const scene: Scene = {
            ...sampleScene(0),
            ...{ title: text, action: text, prompt: text, narration: text, dialogue },
          };
          checkScene(scene, material);
          seamSuspicions(sampleScene(0), scene, sampleBeat(0), sampleBeat(1));
        },
        5000,
      );
    }
  });

  it('is told from its label in a time that grows with its length alone', () => {
    for (const piece of [' ', ...pieces, ...scripts]) {
      assertSteady(
        JSON.stringify(piece),
        (length) => {
          const text = `${piece.repeat(length / piece.length)}x`;
          assert.equal(unlabelled(text, ['Narration']), text);
        },
        5000,
      );
    }
  });

  it('gets its subtitles in a time that grows with its length alone, and no word is lost', () => {
    for (const piece of [...pieces, ...scripts]) {
      const work = (length: number): void => {
        const text = piece.repeat(length / piece.length);
        const lines = subtitleLines(text, 'en').flat().join('');
        const bare = (one: string): string => one.replaceAll(/[\p{Cc}\p{Z}]/gu, '');
        assert.equal(bare(lines), bare(text));
      };
      // As one that is spoken, and as one that nobody could speak.
      for (const length of [250, 8000]) assertSteady(JSON.stringify(piece), work, length);
    }
  });
});
