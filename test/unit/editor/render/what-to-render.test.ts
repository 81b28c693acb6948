import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Uri } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type {
  Selected,
  Step,
  WhatToRender as Asked,
} from '../../../../src/editor/render/what-to-render.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import { forgetSettings, setInFile } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { WhatToRender } = await import('../../../../src/editor/render/what-to-render.ts');

/** A take of the first scene, as it was ordered. */
interface Ordered {
  readonly state: OrderState;
  /** Of the scene as it stood before it was changed. */
  readonly isOld?: boolean;
}

describe('what a script is rendered for', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-what-'));
    setInFile('scenewright.downloads.folder', 'global', '.');
    setInFile('scenewright.video.provider', 'global', 'sample');
  });
  afterEach(async () => {
    forgetSettings();
    await rm(folder, { recursive: true });
  });

  async function what(
    takes: readonly Ordered[],
    chosen?: number,
  ): Promise<{ all: number[]; named: Step; clicked: Step }> {
    const { asked, scene } = await asking(takes, chosen);
    return {
      all: asked.missingOrStale().map(({ number }) => number),
      named: asked.stepFor(scene, false),
      clicked: asked.stepFor(scene, true),
    };
  }

  async function asking(
    takes: readonly Ordered[],
    chosen: number | undefined,
    ordered = 'file:///story.md',
  ): Promise<{ asked: Asked; scene: Selected }> {
    const text = sampleScript(1, [0]);
    const script = parseScript(
      chosen === undefined
        ? text
        : text.replace(/(<!-- scene: \w+) -->/u, `$1 · take: ${chosen} -->`),
    );
    const [node] = script.scenes;
    assert.ok(node);
    assert.equal(node.take, chosen);
    const { style, aspect } = script.brief;
    const hash = pictureHash(node.scene, script.bible, style, aspect);
    const address = 'file:///story.md';
    const records: JobRecord[] = [];
    for (const [index, { state, isOld }] of takes.entries()) {
      const name = index === 0 ? 'scene-001.mp4' : `scene-001.take-${index + 1}.mp4`;
      const file = path.join(folder, name);
      if (state === 'saved') await writeFile(file, '');
      records.push({
        ...{ id: `job ${index + 1}`, script: ordered, createdAt: index, posterTried: true },
        ...{ scene: node.scene, file, studio: 'sample' },
        orders: [{ kind: 'render', state, ...(state === 'accepted' ? { remoteId: 'a' } : {}) }],
        pictureHash: isOld === true ? 'before' : hash,
      } as unknown as JobRecord);
    }
    const nothing = new Emitter<never>().event;
    const jobs = new JobIndex({
      records: () => records,
      onDidChange: nothing,
      onDidRemove: nothing,
    });
    const uri = { fsPath: path.join(folder, 'story.md'), toString: () => address };
    return {
      asked: new WhatToRender(script, uri as unknown as Uri, jobs),
      scene: { node, number: 1 },
    };
  }

  const render: Step = { kind: 'render', another: false };
  const another: Step = { kind: 'render', another: true };
  const none: Step = { kind: 'none' };

  it('is what has no clip, or only old ones', async () => {
    for (const takes of [
      [],
      [{ state: 'saved', isOld: true }],
      [{ state: 'cancelled' }],
    ] as const) {
      assert.deepEqual(await what(takes), { all: [1], named: render, clicked: render });
    }
  });

  it('is nothing where a take shows the scene as it is, whichever counts: a person may want another', async () => {
    const old = { state: 'saved', isOld: true } as const;
    const current = { state: 'saved' } as const;
    for (const [takes, chosen] of [
      [[current], undefined],
      [[old, current], 2],
      [[old, current], 1],
      [[current, old], undefined],
      [[current, old], 2],
      [[current, { state: 'failed' }], 2],
      [[current, { state: 'unclear' }], undefined],
    ] as const) {
      assert.deepEqual(await what(takes, chosen), { all: [], named: none, clicked: another });
    }
  });

  it('is waited for where any take of it is on its way, or may be', async () => {
    const old = { state: 'saved', isOld: true } as const;
    for (const state of ['queued', 'submitting', 'accepted', 'ready', 'unclear'] as const) {
      for (const takes of [
        [{ state }],
        [old, { state }],
        [{ state }, { state: 'cancelled' }],
      ] as const) {
        const job = `job ${takes.findIndex((take) => take.state === state) + 1}`;
        const running = { kind: 'running', job };
        assert.deepEqual(await what(takes), { all: [], named: running, clicked: running });
      }
    }
  });

  it('has a take for each number but those that its script knows to be taken', async () => {
    const two = [{ state: 'saved' }, { state: 'saved' }] as const;
    const renamed = 'file:///renamed-since.md';
    for (const [takes, chosen, ordered, before] of [
      [[], undefined, undefined, 0],
      [two, undefined, undefined, 0],
      // The clip that was chosen is deleted: its number must not come to mean another one.
      [two, 3, undefined, 3],
      [[], 2, undefined, 2],
      [two, undefined, renamed, 2],
      [two, 1, renamed, 2],
      [two, 7, renamed, 7],
      // Nobody has had that many.
      [two, 9999, undefined, 0],
    ] as const) {
      const { asked, scene } = await asking(takes, chosen, ordered);
      assert.equal(asked.takesBefore(scene.node), before);
    }
  });
});
