import assert from 'node:assert/strict';
import { readFromPage } from '../../../src/webview/protocol.ts';

describe('a message of the page', () => {
  it('is one of those that there are, with what it needs and nothing else', () => {
    const known = [
      { type: 'ready' },
      { type: 'assemble' },
      { type: 'exportStoryboard' },
      { type: 'picture', id: 'abcdef' },
      { type: 'picture', id: 'abcdef', take: 2 },
      { type: 'look', id: 'abcdef' },
      { type: 'watch', ids: ['abcdef', 'bcdefg'] },
      { type: 'job', job: 'a', act: 'pause' },
      { type: 'move', id: 'abcdef', to: 3 },
      { type: 'chooseTake', id: 'abcdef', take: 2 },
      { type: 'drawStills' },
      { type: 'redrawStill', id: 'abcdef' },
      { type: 'chooseStill', id: 'abcdef', still: 'a' },
      { type: 'picture', id: 'abcdef', still: 'a' },
      { type: 'drawn', key: 'a', bytes: new Uint8Array(20_000) },
      { type: 'drawn', key: 'a', bytes: new Uint8Array() },
    ];
    for (const message of known) {
      assert.deepEqual(readFromPage({ ...message, more: 1 }), message);
    }
  });

  it('is nothing where it is anything else', () => {
    const others: unknown[] = [
      undefined,
      null,
      'ready',
      {},
      { type: 'format' },
      { type: 'look' },
      { type: 'look', id: 4 },
      { type: 'watch', ids: 'abcdef' },
      { type: 'job', job: 'a', act: 'remove' },
      { type: 'job', act: 'pause' },
      { type: 'move', id: 'abcdef', to: '3' },
      { type: 'move', id: 'abcdef', to: 1.5 },
      { type: 'move', to: 3 },
      { type: 'chooseTake', id: 'abcdef', take: 0 },
      { type: 'chooseTake', take: 1 },
      { type: 'picture', take: 1 },
      { type: 'picture', id: 'abcdef', take: 1, still: 'a' },
      { type: 'chooseStill', id: 'abcdef' },
      { type: 'chooseStill', still: 'a' },
      { type: 'dropStill' },
      { type: 'picture', id: 'abcdef', take: 'x' },
      { type: 'drawn', key: 'a', bytes: new Uint8Array(20_001) },
      { type: 'drawn', key: 'a', bytes: 'GIF89a' },
      { type: 'drawn', bytes: new Uint8Array(4) },
      { type: 'toString' },
    ];
    for (const message of others) assert.equal(readFromPage(message), undefined);
  });

  it('watches no more than fit into a window', () => {
    const ids = Array.from({ length: 5000 }, (_, index) => `scene${index}`);
    const message = readFromPage({ type: 'watch', ids });
    assert.ok(message?.type === 'watch' && message.ids.length === 200);
  });
});
