import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { JobIndex } from '../../../../src/editor/jobs/job-index.ts';
import type { ScriptClips } from '../../../../src/editor/jobs/script-clips.ts';
import type { SceneCodeLenses } from '../../../../src/editor/scenes/scene-code-lenses.ts';
import type { ScenesView } from '../../../../src/editor/scenes/scenes-view.ts';
import type { OpenScripts } from '../../../../src/editor/script/open-scripts.ts';
import type { WritingRuns } from '../../../../src/editor/writing/writing-runs.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';
import type { OrderState } from '../../../../src/jobs/order.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import { next } from '../../../support/next-event.ts';
import {
  forgetSettings,
  setInFile,
  tellOfFile,
  tellOfFocus,
} from '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { JobIndex: Index } = await import('../../../../src/editor/jobs/job-index.ts');
const { ScriptClips: Clips } = await import('../../../../src/editor/jobs/script-clips.ts');
const { SceneCodeLenses: Lenses } =
  await import('../../../../src/editor/scenes/scene-code-lenses.ts');
const { ScenesView: View } = await import('../../../../src/editor/scenes/scenes-view.ts');

type Row = Parameters<ScenesView['getTreeItem']>[0];

/** A script of three written scenes in an editor, the second of which has a job. */
class Desk {
  readonly folder: string;
  readonly document: TextDocument;
  readonly typed = new Emitter<void>();
  private readonly changed = new Emitter<readonly JobView[]>();
  private readonly removed = new Emitter<readonly string[]>();
  private records: JobRecord[] = [];
  private text = sampleScript(3, [0, 1, 2]);
  private parsed = parseScript(this.text);
  readonly jobs: JobIndex;
  readonly clips: ScriptClips;
  /** Whether its clips begin with the last frame of the one before. */
  readonly studio = { chains: true, learned: new Emitter<void>() };
  readonly lenses: SceneCodeLenses;
  readonly view: ScenesView;

  constructor(folder: string) {
    this.folder = folder;
    const marks = { of: () => new Map<string, string[]>(), onDidChange: new Emitter<void>().event };
    const uri = { fsPath: path.join(folder, 'story.md'), toString: () => 'file:///story.md' };
    this.document = { uri, version: 1, positionAt: (at: number) => at } as unknown as TextDocument;
    const scripts = {
      active: this.document,
      isScript: () => true,
      read: () => this.parsed,
      onDidChange: this.typed.event,
    } as unknown as OpenScripts;
    const runs = { onDidChange: new Emitter().event, get: () => undefined };
    this.jobs = new Index({
      records: () => this.records,
      onDidChange: this.changed.event,
      onDidRemove: this.removed.event,
    });
    this.clips = new Clips(scripts, this.jobs);
    this.lenses = new Lenses(scripts, this.clips, {
      chains: () => this.studio.chains,
      onDidLearn: this.studio.learned.event,
    });
    this.view = new View(scripts, runs as unknown as WritingRuns, this.clips, marks);
  }

  get file(): string {
    return path.join(this.folder, 'scene-002.mp4');
  }

  /** The job of the second scene gets into a state, and its clip is there once it is saved. */
  async job(state: OrderState, studio = 'sample'): Promise<void> {
    if (state === 'saved') await writeFile(this.file, '');
    else await rm(this.file, { force: true });
    const node = this.parsed.scenes[1];
    assert.ok(node);
    const { style, aspect } = this.parsed.brief;
    const record = {
      ...{ id: 'job', script: 'file:///story.md', createdAt: 1, posterTried: true },
      ...{ scene: node.scene, file: this.file, studio, orders: [{ kind: 'render', state }] },
      pictureHash: pictureHash(node.scene, this.parsed.bible, style, aspect),
    };
    this.records = [record as unknown as JobRecord];
    this.changed.fire([record as unknown as JobView]);
  }

  /** The job that draws the first frame of the first scene gets into a state. */
  still(state: OrderState): void {
    const record = recordOf({
      ...{ id: 'still', script: 'file:///story.md', drawing: 'still' },
      scene: this.parsed.scenes[0]?.scene ?? assert.fail(),
      file: path.join(this.folder, 'pictures', 'scene-001.png'),
      posterTried: true,
      orders: [{ kind: 'picture', state, attempt: 0, accounts: [] }],
    });
    this.records = [record];
    this.changed.fire([record as unknown as JobView]);
  }

  remove(): void {
    this.records = [];
    this.removed.fire(['job']);
  }

  type(from: string, to: string): void {
    this.text = this.text.replace(from, to);
    this.parsed = parseScript(this.text, this.parsed);
    Object.assign(this.document, { version: this.document.version + 1 });
    this.typed.fire();
  }

  /** What stands above a scene, by its place from 0. */
  above(index = 1): (string | undefined)[] {
    const all = this.lenses.provideCodeLenses(this.document);
    const line = all[index * 2]?.range.start;
    return all
      .filter(({ range }) => range.start === line)
      .map((lens) => this.lenses.resolveCodeLens(lens).command?.title);
  }

  /** What a window draws of the tree, which is asked for the rows that it is told of alone. */
  row(rows: readonly Row[] | undefined = this.view.getChildren()): string[] {
    return rows.map((row) => {
      const { label, description } = this.view.getTreeItem(row);
      assert.ok(typeof label === 'string' && typeof description === 'string');
      return `${label} · ${description}`;
    });
  }

  dispose(): void {
    for (const part of [this.view, this.clips]) part.dispose();
  }
}

describe('how scenes stand with their clips', () => {
  let desk: Desk;

  beforeEach(async () => {
    desk = new Desk(await mkdtemp(path.join(tmpdir(), 'scenewright-desk-')));
    setInFile('scenewright.video.provider', 'global', 'sample');
    setInFile('scenewright.downloads.folder', 'global', '.');
    desk.view.getChildren();
  });
  afterEach(async () => {
    desk.dispose();
    forgetSettings();
    await rm(desk.folder, { recursive: true });
  });

  /** What lens and row say once both are told, which is at one moment. */
  async function told(): Promise<{ above: (string | undefined)[]; rows: string[] }> {
    const both = Promise.all([
      next(desk.lenses.onDidChangeCodeLenses),
      next(desk.view.onDidChangeTreeData),
    ]);
    const first = await Promise.race([
      next(desk.lenses.onDidChangeCodeLenses).then(() => desk.row()),
      next(desk.view.onDidChangeTreeData).then(() => desk.row()),
    ]);
    const [, rows] = await both;
    const said = { above: desk.above(), rows: desk.row(rows ?? undefined) };
    assert.ok(said.rows.every((row) => first.includes(row)));
    return said;
  }

  it('is the same above the text and in the tree, from the order to the clip', async () => {
    for (const [state, above, words] of [
      ['accepted', ['$(loading~spin) Rendering'], 'rendering'],
      ['saved', ['$(refresh) Render again', '$(play) Open clip'], 'clip ready'],
      ['failed', ['$(device-camera-video) Render'], 'render failed'],
    ] as const) {
      const both = told();
      await desk.job(state);
      const { above: lenses, rows } = await both;
      assert.deepEqual(lenses, ['$(edit) Rewrite', ...above]);
      // No row is drawn anew but the one that says something else.
      assert.equal(rows.length, 1, state);
      assert.match(rows[0] ?? '', new RegExp(words, 'u'));
    }
  });

  describe('where first frames are required', () => {
    const [draw, drawing] = ['$(paintcan) Draw Still', '$(loading~spin) Drawing Still'];
    const render = '$(device-camera-video) Render';
    const first = (): (string | undefined)[] => [0, 1].map((index) => desk.above(index)[1]);

    beforeEach(async () => {
      assert.deepEqual(first(), [render, render]);
      const above = next(desk.lenses.onDidChangeCodeLenses);
      setInFile('scenewright.video.stills', 'global', 'required');
      await above;
    });

    it('is a still to be drawn, unless the scene has one or goes on from the one before', () => {
      assert.deepEqual(first(), [draw, render]);
      desk.type('> **MARA', '![First frame](a.png)\n\n> **MARA');
      assert.deepEqual(first(), [render, render]);
    });

    it('is a still for every scene of a studio whose clips do not go on from one another', async () => {
      desk.studio.chains = false;
      const above = next(desk.lenses.onDidChangeCodeLenses);
      desk.studio.learned.fire();
      await above;
      assert.deepEqual(first(), [draw, draw]);
    });

    it('is never a still that is on its way already, until it has ended without coming', async () => {
      for (const [state, shown] of [
        ['queued', drawing],
        ['accepted', drawing],
        ['unclear', drawing],
        // It is here, and about to be written into the script.
        ['saved', drawing],
        ['failed', draw],
      ] as const) {
        const above = next(desk.lenses.onDidChangeCodeLenses);
        desk.still(state);
        if (shown !== first()[0]) await above;
        assert.deepEqual(first(), [shown, render], state);
      }
    });
  });

  it('is told once a job is gone', async () => {
    await desk.job('saved');
    await told();
    await rm(desk.file);
    const both = told();
    desk.remove();
    assert.deepEqual((await both).above, ['$(edit) Rewrite', '$(device-camera-video) Render']);
  });

  it('is told once a file was made or deleted by somebody else', async () => {
    await desk.job('saved');
    await told();
    for (const tell of [
      () => {
        tellOfFile('fileDeleted');
      },
      // Nobody is told of folders outside of the workspace.
      () => {
        tellOfFocus(true);
      },
    ]) {
      await rm(desk.file);
      const gone = told();
      tell();
      assert.doesNotMatch((await gone).rows.join(), /clip ready/u);
      await writeFile(desk.file, '');
      const back = told();
      tellOfFile('fileCreated');
      assert.match((await back).rows.join(), /clip ready/u);
    }
  });

  it('is told where a setting makes clips stale', async () => {
    setInFile('scenewright.video.provider', 'global', 'animatic');
    await desk.job('saved', 'animatic');
    assert.match((await told()).rows.join(), /clip ready/u);
    const both = told();
    setInFile('scenewright.video.provider', 'global', 'sample');
    assert.match((await both).rows.join(), /clip is stale/u);
  });

  it('is told once, however jobs get on meanwhile and whoever has asked already', async () => {
    await desk.job('accepted');
    await told();
    let times = 0;
    desk.clips.onDidChange(() => times++);
    const above = next(desk.lenses.onDidChangeCodeLenses);
    await desk.job('ready');
    await desk.job('fetching');
    desk.type('Mara', 'Mara ');
    await desk.job('saved');
    // Whoever has asked in between, as the tree for what was typed, is told with all others.
    await above;
    assert.match(desk.row().join(), /clip ready/u);
    assert.equal(times, 1);
  });

  it('draws the row of a scene that is typed in only where the row says something else', async () => {
    const asked = desk.view.getChildren();
    const drawn = next(desk.view.onDidChangeTreeData);
    const title = parseScript(sampleScript(3, [0, 1, 2])).scenes[1]?.scene.title ?? '';
    desk.type(`: ${title}`, `: ${title} again`);
    const rows = await drawn;
    assert.deepEqual(
      rows?.map((row) => 'title' in row && row.title),
      [`${title} again`],
    );
    // The very objects that VS Code knows.
    assert.ok(rows.every((row) => asked.includes(row)));
  });
});
