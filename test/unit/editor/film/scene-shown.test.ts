import assert from 'node:assert/strict';
import { sceneShown, type SceneRender } from '../../../../src/editor/film/scene-shown.ts';
import { storyCells } from '../../../../src/editor/script/story-cells.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import { subtitlesOf } from '../../../../src/media/subtitles.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash, pictureText } from '../../../../src/script/picture-text.ts';
import type { SceneShown } from '../../../../src/webview/protocol.ts';
import { sampleScript } from '../../script/sample.ts';

const text = sampleScript(3, [0, 1]);

/** The same with the first frame of its first scene. */
const framed = text.replace('> **MARA', '![First frame](stairs.png)\n\n> **MARA');

function shown(index: number, render: SceneRender, script = parseScript(text)): SceneShown {
  const cell = storyCells(script)[index];
  assert.ok(cell);
  return sceneShown(script, cell, render);
}

/** A job of the first scene as it stands in `text`. */
function job(state: OrderState = 'saved'): JobRecord {
  const { scenes, bible, brief } = parseScript(text);
  const scene = scenes[0]?.scene;
  assert.ok(scene);
  const { style, aspect } = brief;
  return {
    id: 'job1',
    scene,
    style,
    aspect,
    pictureHash: pictureHash(scene, bible, style, aspect),
    orders: [{ kind: 'render', state }],
  } as unknown as JobRecord;
}

describe('what is shown of a scene', () => {
  it('is all that it says, with the prompt as it is sent and the looks of its cast', () => {
    const { scenes, bible, brief } = parseScript(text);
    const scene = scenes[0]?.scene;
    assert.ok(scene);
    const { prompt, cast, where, action, summary } = shown(0, {});
    assert.equal(prompt, pictureText(scene, bible, brief.style));
    assert.deepEqual(
      cast.map(({ name }) => name),
      scene.cast,
    );
    assert.equal(cast[0]?.look, bible.characters[0]?.look);
    assert.equal(where, `${scene.place}, ${scene.time}`);
    assert.equal(action, scene.action);
    assert.equal(summary, undefined);
  });

  it('is what its beat says while it is not written', () => {
    const { summary, next, action, prompt } = shown(2, {});
    assert.match(summary ?? '', /for the 3th time/);
    assert.equal(next, 'write');
    assert.deepEqual([action, prompt], [undefined, undefined]);
  });

  it('has its dialogue as subtitles of the clip as long as that is, from its own beginning', () => {
    const { scenes, brief } = parseScript(text);
    const scene = scenes[0]?.scene;
    assert.ok(scene && scene.dialogue.length > 0);
    const cues = shown(0, { clipSeconds: 3 }).cues ?? [];
    const exported = subtitlesOf([scene], [3], brief.language);
    assert.deepEqual(
      cues.map(({ startMs, endMs }) => [startMs, endMs]),
      exported.map(({ startMs, endMs }) => [startMs, endMs]),
    );
    assert.ok(cues.length > 0 && cues.every(({ endMs }) => endMs <= 3000));
    assert.deepEqual(
      shown(0, {}).cues?.length,
      subtitlesOf([scene], [scene.seconds], brief.language).length,
    );
    assert.equal(shown(2, {}).cues, undefined);
  });

  it('says the one thing to do next', () => {
    const next = (render: SceneRender): string | undefined => shown(0, render).next;
    assert.equal(next({}), 'render');
    assert.equal(next({ clip: 'running', job: job('accepted') }), undefined);
    assert.equal(next({ clip: 'current', job: job() }), undefined);
    assert.equal(next({ clip: 'stale', job: job() }), 'renderAgain');
    assert.equal(next({ clip: 'stale', job: job(), fittingTake: 1 }), 'useTake');
    assert.equal(next({ clip: 'failed', job: job('failed') }), 'retryRender');
    assert.equal(next({ clip: 'failed', job: job('unclear') }), 'retryRender');
  });

  it('is drawing, where first frames are wanted and it has none', () => {
    const next = (render: SceneRender): string | undefined => shown(0, render).next;
    assert.equal(next({ beginning: 'nothing' }), 'drawStill');
    assert.equal(next({ beginning: 'coming' }), undefined);
    for (const beginning of ['frame', 'chain'] as const) {
      assert.equal(next({ beginning, isHeld: true }), 'render');
    }
    // Where there is a clip already, only who requires one draws it before the next.
    for (const beginning of ['nothing', 'coming'] as const) {
      const stale = { clip: 'stale', job: job(), beginning } as const;
      assert.equal(next(stale), 'renderAgain');
      const held = beginning === 'nothing' ? 'drawStill' : undefined;
      assert.equal(next({ ...stale, isHeld: true }), held);
      assert.equal(next({ beginning, isHeld: true, clip: 'failed' }), held);
      assert.equal(
        next({ ...stale, isHeld: true, clip: 'failed', job: job('failed') }),
        'retryRender',
      );
      assert.equal(next({ ...stale, isHeld: true, fittingTake: 1 }), 'useTake');
    }
  });

  it('has the pictures that go along with its order, those of the cast with their names', () => {
    const addressOf = (picture: string): string | undefined =>
      picture === 'gone.png' ? undefined : `webview:${picture}`;
    const look = /( {2}- name: Mara\n)/u;
    const script = framed.replace(look, '$1    picture: [mara.png, gone.png]\n');
    const { pictures, cast } = shown(0, { addressOf }, parseScript(script));
    assert.deepEqual(pictures, [{ role: 'firstFrame', address: 'webview:stairs.png' }]);
    assert.deepEqual(
      cast.map(({ name, picture }) => [name, picture]),
      [
        ['Mara', 'webview:mara.png'],
        ['Old Tom', undefined],
      ],
    );
    assert.equal(shown(0, { addressOf }).pictures, undefined);
  });

  const changes: readonly (readonly [string, (script: string) => string, RegExp])[] = [
    ['prompt', (script) => script.replace(/```prompt\r?\n/, '$&Rain. '), /: the prompt\.$/],
    ['length', (script) => script.replace(/(## Scene 1[\s\S]*?)8 s/, '$16 s'), /8 s before/],
    ['look', (script) => script.replace(/look: .*/, 'look: a red hat'), /looks\.$/],
    ['style', (script) => script.replace('watercolour, soft light', 'ink'), /the style/],
    ['shape', (script) => script.replace(/aspect: .*/, 'aspect: 9:16'), /shape/],
    ['cast', (script) => script.replace(/(## Scene 1[\s\S]*?)Mara, Old Tom/, '$1Mara'), /is seen/],
  ];
  for (const [name, change, reason] of changes) {
    it(`says why a clip is stale: another ${name}`, () => {
      const after = change(text);
      assert.notEqual(after, text);
      const { why } = shown(0, { clip: 'stale', job: job() }, parseScript(after));
      assert.equal(why?.length, 1);
      assert.match(why[0] ?? '', reason);
    });
  }

  it('says that a clip is a sketch where nothing of the scene has changed', () => {
    const { why } = shown(0, { clip: 'stale', job: job(), isSketch: true });
    assert.equal(why?.length, 1);
    assert.match(why[0] ?? '', /sketch/);
  });
});
