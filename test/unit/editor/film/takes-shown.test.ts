import assert from 'node:assert/strict';
import '../../../support/fake-vscode.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import type { Take } from '../../../../src/jobs/takes.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { TakeShown } from '../../../../src/webview/protocol.ts';
import { sampleScript } from '../../script/sample.ts';

const { takesShown } = await import('../../../../src/editor/film/takes-shown.ts');

const script = parseScript(sampleScript(1, [0]));
const [node] = script.scenes;
assert.ok(node);

const job = (id: string, state: OrderState, more: Partial<JobRecord> = {}): JobRecord =>
  ({
    id,
    updatedAt: 5,
    posterTried: true,
    orders: [{ kind: 'render', state }],
    ...more,
  }) as unknown as JobRecord;

function shown(takes: readonly Take[], counting?: number): readonly TakeShown[] | undefined {
  const clip: SceneClip = {
    state: 'current',
    takes,
    staleTakes: [3],
    ...(counting === undefined ? {} : { take: counting }),
  };
  assert.ok(node);
  return takesShown(node, clip, {
    addressOf: (file, by) => (file === undefined ? undefined : `${file}?${by?.id ?? ''}`),
    wordsOf: ({ id }) => `how ${id} stands`,
  });
}

describe('the takes of a scene on the film page', () => {
  it('say how each stands and how it was made, and which one counts', () => {
    const terms = { address: 'https://example.com', model: 'veo-3' };
    const made = {
      clipSeconds: 8,
      terms,
      price: { currency: 'USD', amount: 0.4 },
      choices: { seed: 7 },
      instruction: 'slower',
    } as unknown as Partial<JobRecord>;
    const takes: Take[] = [
      { take: 1, state: 'here', file: '/1.mp4' },
      { take: 2, state: 'here', file: '/2.mp4', job: job('b', 'saved', made) },
      { take: 3, state: 'here', file: '/3.mp4', job: job('c', 'saved') },
      { take: 4, state: 'coming', job: job('d', 'accepted') },
      { take: 5, state: 'over', job: job('e', 'failed') },
    ];
    const told = shown(takes, 2) ?? [];
    assert.deepEqual(
      told.map(({ take, chosen, state, words }) => [take, chosen, state, words]),
      [
        [1, false, 'current', 'clip ready'],
        [2, true, 'current', 'counts'],
        [3, false, 'stale', 'stale'],
        [4, false, 'running', 'how d stands'],
        [5, false, 'failed', 'how e stands'],
      ],
    );
    assert.deepEqual(
      told.map(({ clip, picture }) => [clip, picture]),
      [
        ['/1.mp4?', ''],
        ['/2.mp4?b', 'b.5'],
        ['/3.mp4?c', 'c.5'],
        [undefined, undefined],
        [undefined, undefined],
      ],
    );
    assert.equal(told[0]?.facts, 'from elsewhere');
    for (const fact of ['8 s', '$0.40', 'veo-3', 'seed 7']) {
      assert.ok(told[1]?.facts.includes(fact), told[1]?.facts);
    }
    assert.equal(told[1]?.instruction, 'slower');
  });

  it('are those of which there is anything to say', () => {
    const ended: Take[] = [
      { take: 1, state: 'over', job: job('a', 'cancelled') },
      { take: 2, state: 'over', job: job('b', 'saved') },
      { take: 3, state: 'over' },
    ];
    assert.equal(shown(ended), undefined);
    assert.equal(shown([]), undefined);
  });
});
