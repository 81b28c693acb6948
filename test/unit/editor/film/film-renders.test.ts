import assert from 'node:assert/strict';
import type { Uri } from 'vscode';
import '../../../support/fake-vscode.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import { sampleScript } from '../../script/sample.ts';

const { PictureContents } = await import('../../../../src/editor/jobs/picture-contents.ts');
const { FilmRenders } = await import('../../../../src/editor/film/film-renders.ts');

describe('what a film is still to cost', () => {
  const uri = 'file:///lamp.md';
  const price = { currency: 'USD', amount: 1 };
  /** @param jobs the orders of jobs of the first scene, each as it stands, the oldest first */
  const money = (clips: readonly Partial<SceneClip>[], jobs: readonly OrderState[] = []) => {
    const script = parseScript(sampleScript(clips.length + 1, [...clips.keys()]));
    const scene = script.scenes[0]?.scene;
    const { style, aspect } = script.brief;
    const records = jobs.map((state, index) => ({
      ...{ id: `${index}`, script: uri, scene, price, posterTried: true },
      pictureHash: scene && pictureHash(scene, script.bible, style, aspect),
      orders: [
        {
          ...{ kind: 'render', state, attempt: 0, accounts: ['a'] },
          ...(state === 'accepted' ? { remote: {} } : {}),
        },
      ],
    })) as unknown as JobRecord[];
    const renders = new FilmRenders({
      manager: { records: () => records, view: () => undefined },
      jobs: {
        pictures: new PictureContents(),
        ofScene: () => records.at(-1),
        takesOf: (_, id) => (id === scene?.id ? records : []),
      },
      studio: { priceOf: () => ({ currency: 'USD', perClip: 1, perSecond: 0 }) },
      accountName: () => undefined,
    });
    const found = clips.map((clip): SceneClip => ({ state: 'none', takes: [], ...clip }));
    const address = { fsPath: '/lamp.md', toString: () => uri } as unknown as Uri;
    return renders.money(address, script, found);
  };
  const toCome = (...clips: readonly Partial<SceneClip>[]): string | undefined =>
    money(clips).toCome;
  const fitting = { take: 2, state: 'here', file: '/scene-001.take-2.mp4' } as const;

  it('is the price of every clip that is missing, stale or failed, and is not on its way', () => {
    const failed = { state: 'failed' } as const;
    assert.equal(toCome({}, { state: 'stale' }, failed, { state: 'running' }), '$3.00');
  });

  it('is nothing for scenes of which a take is here as they are, whichever was chosen', () => {
    const chosen = { take: 1, takes: [fitting], current: fitting };
    const current = { state: 'current', ...chosen, take: 2 } as const;
    assert.equal(toCome({ state: 'stale', ...chosen }, current), undefined);
    assert.equal(toCome({ state: 'stale', ...chosen }, { state: 'stale' }), '$1.00');
  });

  it('is not the price of a clip that may have been paid already, which is told apart', () => {
    const failed = [{ state: 'failed' }, {}] as const;
    const told = { unclear: '$1.00', toCome: '$1.00' };
    assert.deepEqual(money(failed, ['unclear']), told);
    assert.deepEqual(money(failed, ['unclear', 'cancelled']), told);
    assert.deepEqual(money(failed, ['accepted', 'unclear']), { spent: '$1.00', ...told });
    assert.deepEqual(money(failed, ['cancelled']), { toCome: '$2.00' });
  });
});
