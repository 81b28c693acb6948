import assert from 'node:assert/strict';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { sceneStatistics } from '../../../src/script/scene-statistics.ts';

describe('the statistics of a scene', () => {
  const scene = (n: number, seconds: string, body: string): string =>
    `## Scene ${n}: Up\n<!-- scene: aaaaa${n} -->\n\n*Hut · night · – · ${seconds} s*\n\n${body}\n\n`;
  const script = parseScript(
    `---\nscenewright: 1\nlanguage: en\n---\n\n${scene(1, '8', 'She waits.')}${scene(2, '7.5', '**Narration:** One two three four five.')}${scene(3, '10', 'Rain.')}`,
  );
  const of = (index: number) => sceneStatistics(script, script.scenes[index] ?? assert.fail());

  it('say where it begins and ends, as the scenes stand', () => {
    assert.deepEqual(
      [0, 1, 2].map((i) => [of(i).number, of(i).from, of(i).to]),
      [
        [1, 0, 8],
        [2, 8, 15.5],
        [3, 15.5, 25.5],
      ],
    );
    assert.deepEqual([of(1).of, of(1).total], [3, 25.5]);
  });

  it('say how many words that are, and how fast they have to be spoken', () => {
    const { words, pace, calmPace } = of(1);
    assert.deepEqual([words, pace, calmPace], [5, 40, 150]);
    assert.deepEqual([of(0).words, of(0).pace], [0, 0]);
  });

  it('say how long its words take: five of them two seconds in English', () => {
    assert.deepEqual([of(0).spoken, of(1).spoken], [0, 2]);
  });
});
