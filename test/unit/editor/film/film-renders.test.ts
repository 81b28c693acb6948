import assert from 'node:assert/strict';
import '../../../support/fake-vscode.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { sampleScript } from '../../script/sample.ts';

const { FilmRenders } = await import('../../../../src/editor/film/film-renders.ts');

describe('what a film is still to cost', () => {
  const renders = new FilmRenders({
    manager: { records: () => [], view: () => undefined },
    jobs: { ofScene: () => undefined },
    prices: { of: () => ({ currency: 'USD', perClip: 1, perSecond: 0 }) },
    accountName: () => undefined,
  });
  const toCome = (...clips: readonly Partial<SceneClip>[]): string | undefined => {
    const script = parseScript(sampleScript(clips.length + 1, [...clips.keys()]));
    const found = clips.map((clip): SceneClip => ({ state: 'none', takes: [], ...clip }));
    return renders.money('file:///lamp.md', script, found).toCome;
  };
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
});
