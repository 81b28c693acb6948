import assert from 'node:assert/strict';
import { documented } from '../../../src/studios/families.ts';

describe('what is documented about models', () => {
  for (const [model, seconds] of [
    ['google/veo-3.1', [4, 6, 8]],
    ['fal-ai/veo3.1/fast', [4, 6, 8]],
    ['google/gemini-omni-flash', [3, 4, 5, 6, 7, 8, 9, 10]],
    ['kwaivgi/kling-v2.5-turbo-pro', [5, 10]],
    ['fal-ai/kling-video/v2.6/pro/text-to-video', [5, 10]],
    ['fal-ai/kling-video/v1.3/text-to-video', [5, 10]],
    ['kwaivgi/kling-v3.0-pro', [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
    ['fal-ai/kling-video/o3/pro/text-to-video', [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]],
    ['fal-ai/ltx-2.3/text-to-video', [6, 8, 10]],
    ['fal-ai/ltx-2/text-to-video/fast', [6, 8, 10, 12, 14, 16, 18, 20]],
    ['minimax/hailuo-2.3', [6, 10]],
    ['alibaba/wan-2.6', [5, 10]],
  ] as const) {
    it(`${model} makes ${seconds.join(', ')} s`, () => {
      const found = documented(model);
      assert.deepEqual(found.seconds, seconds);
      assert.equal(found.note, undefined);
    });
  }

  it('says so where nothing is known', () => {
    const { seconds, aspects, note } = documented('nobody/swan-9');
    assert.ok(seconds.length > 0 && aspects.length > 0);
    assert.match(note ?? '', /swan-9.*assumed/);
  });
});
