import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { ScriptClips } from '../../../../src/editor/jobs/script-clips.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';
import { takeOf, takePlace } from '../../../../src/jobs/take-place.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { Scene } from '../../../../src/script/script-model.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import { forgetSettings, setInFile, tellOfFile } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { ScriptClips: Clips } = await import('../../../../src/editor/jobs/script-clips.ts');
const { clipFinder, isOutOfDate } = await import('../../../../src/editor/jobs/scene-clips.ts');

const count = 4;

/** A script in an editor, its jobs, and what tells of them. */
class Desk {
  readonly document: TextDocument;
  private readonly folder: string;
  private readonly changed = new Emitter<readonly JobView[]>();
  private records: JobRecord[] = [];
  private text = sampleScript(count, [0, 1, 2, 3]);
  parsed = parseScript(this.text);
  readonly jobs = new JobIndex({
    records: () => this.records,
    onDidChange: this.changed.event,
    onDidRemove: new Emitter<readonly string[]>().event,
  });
  readonly clips: ScriptClips = new Clips({ read: () => this.parsed }, this.jobs);

  constructor(folder: string) {
    this.folder = folder;
    const uri = { fsPath: path.join(folder, 'story.md'), toString: () => 'file:///story.md' };
    this.document = { uri, version: 1 } as unknown as TextDocument;
  }

  /** Put the text of the script, whatever is typed, into the editor. */
  type(change: (text: string) => string): void {
    this.text = change(this.text);
    this.parsed = parseScript(this.text, this.parsed);
    Object.assign(this.document, { version: this.document.version + 1 });
  }

  /**
   * Render another take of what a scene says now, which ends in a frame of that name; where the scene goes on from
   * the one before, it begins with the last frame that counts there.
   */
  async render(index: number, take: number, frame = ''): Promise<void> {
    const node = this.parsed.scenes[index];
    if (node === undefined) return;
    const file = takePlace(path.join(this.folder, `scene-00${index + 1}.mp4`), take);
    await writeFile(file, '');
    const { style, aspect } = this.parsed.brief;
    const before = this.frameBefore(index);
    const began = { role: 'firstFrame', file: 'last.jpg', sha256: before, chained: true };
    const record = {
      ...{ id: `job-${this.records.length}`, script: 'file:///story.md', posterTried: true },
      ...{
        createdAt: this.records.length,
        scene: node.scene,
        file,
        studio: take === 3 ? 'fal' : 'animatic',
      },
      orders: [{ kind: 'render', state: 'saved' }],
      ...(frame === '' ? {} : { frames: { last: { type: 'image/jpeg', sha256: frame } } }),
      ...(before === undefined ? {} : { pictures: [began] }),
      pictureHash: pictureHash(node.scene, this.parsed.bible, style, aspect),
    } as unknown as JobRecord;
    this.records = [...this.records, record];
    this.changed.fire([record as unknown as JobView]);
  }

  /** A clip is gone from the disk, and VS Code tells of it. */
  async lose(index: number): Promise<void> {
    await rm(path.join(this.folder, `scene-00${index + 1}.mp4`), { force: true });
    tellOfFile('fileDeleted');
  }

  /** The frame that the take of a scene ends in which counts; by the plainest look at all of them. */
  private lastFrame(index: number): string | undefined {
    return this.counting(index)?.frames?.last?.sha256;
  }

  /** The job of the take that counts of a scene. */
  private counting(index: number): JobRecord | undefined {
    const node = this.parsed.scenes[index];
    const takes = this.records.filter(
      (record) => record.scene.id === node?.scene.id && existsSync(record.file),
    );
    // Of several jobs with one place the newest.
    const chosen = takes.filter(({ file }) => takeOf(file) === node?.take);
    const last = Math.max(...takes.map(({ file }) => takeOf(file)));
    return chosen.at(-1) ?? takes.findLast(({ file }) => takeOf(file) === last);
  }

  /** The frame that a scene begins with, where its beat says that it goes on. */
  private frameBefore(index: number): string | undefined {
    return this.goesOn(index) ? this.lastFrame(index - 1) : undefined;
  }

  private goesOn(index: number): boolean {
    const id = this.parsed.scenes[index]?.id;
    const beat = this.parsed.outline.find((one) => one.beat.id === id)?.beat;
    return id !== undefined && index > 0 && beat?.contract.continues === true;
  }

  /** Numbers of the scenes whose clips are out of date, told in the plainest way. */
  outOfDate(): readonly number[] {
    return this.parsed.scenes.flatMap((node, index) => {
      const job = this.counting(index);
      if (job === undefined) return [];
      const { style, aspect } = this.parsed.brief;
      const isOther = job.pictureHash !== pictureHash(node.scene, this.parsed.bible, style, aspect);
      const began = job.pictures?.find(({ chained }) => chained)?.sha256;
      const now = this.frameBefore(index);
      const isOtherBegin =
        began !== undefined && (!this.goesOn(index) || (now !== undefined && now !== began));
      // What is told and said a service is not sent, and the animatic prints.
      const words = ({ title, action, narration, dialogue }: Scene): string =>
        JSON.stringify({ title, action, narration, dialogue });
      const isOtherText = job.studio === 'animatic' && words(job.scene) !== words(node.scene);
      return isOther || isOtherText || isOtherBegin ? [index + 1] : [];
    });
  }

  /** As somebody finds them who knows nothing from before. */
  found(): unknown[] {
    const clipOf = clipFinder(this.parsed, this.document.uri, this.jobs);
    return this.parsed.scenes.map((node, index) => clipOf(node, index + 1));
  }
}

describe('the clips of a script that is typed in', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-clips-'));
    setInFile('scenewright.downloads.folder', 'global', 'videos');
    setInFile('scenewright.video.provider', 'global', 'animatic');
  });
  afterEach(async () => {
    forgetSettings();
    await rm(folder, { recursive: true });
  });

  /** The section of a scene, its heading included. */
  const section = ({ parsed }: Desk, index: number): string => {
    const { span } = parsed.scenes[index % Math.max(1, parsed.scenes.length)] ?? {};
    return span === undefined ? '' : parsed.text.slice(span.start, span.end);
  };
  const scene = fc.nat({ max: count - 1 });
  const deed = fc.oneof(
    fc.record({
      do: fc.constant('render' as const),
      scene,
      take: fc.integer({ min: 1, max: 3 }),
      frame: fc.constantFrom('', 'one', 'two'),
    }),
    fc.record({ do: fc.constant('goOn' as const), scene }),
    fc.record({ do: fc.constantFrom('lose', 'prompt', 'action', 'cut', 'copy'), scene }),
    fc.record({ do: fc.constant('choose' as const), scene, take: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constantFrom('look', 'style') }),
  );

  type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

  async function act(desk: Desk, one: Deed): Promise<void> {
    const {
      scene = 0,
      take = 1,
      frame,
    } = one as {
      scene?: number;
      take?: number;
      frame?: string;
    };
    const inScene = (change: (text: string) => string): void => {
      const before = section(desk, scene);
      desk.type((text) => text.replace(before, () => change(before)));
    };
    switch (one.do) {
      case 'render':
        await desk.render(scene, take, frame);
        break;
      case 'lose':
        await desk.lose(scene);
        break;
      case 'prompt':
        inScene((text) => text.replace(/```[a-z]*\n/, '$&Slowly. '));
        break;
      case 'action':
        inScene((text) => text.replace(/Far out|Not tonight/, '$&, again'));
        break;
      case 'cut':
        inScene(() => '');
        break;
      case 'copy':
        inScene((text) => `${text}\n${text}`);
        break;
      case 'choose':
        inScene((text) => text.replace(/(?: · take: \d+)? -->/, ` · take: ${take} -->`));
        break;
      case 'goOn':
        // Its place and time become those of the beat before, or are said again.
        desk.type((text) =>
          text.replace(
            new RegExp(`(\\*\\*Beat ${scene + 1}\\*\\* · 8 s · )(…|Lamp room, night)`),
            (_, head: string, where: string) => head + (where === '…' ? 'Lamp room, night' : '…'),
          ),
        );
        break;
      case 'look':
        desk.type((text) => text.replace(/look: /, 'look: very '));
        break;
      case 'style':
        desk.type((text) => text.replace(/^style: .*$/m, '$& again'));
        break;
    }
    // Everything is looked at again in a version that nobody has asked of yet.
    desk.type((text) => text);
  }

  it('are at any time what a look at everything finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { maxLength: 12 }), async (deeds) => {
        const films = await mkdtemp(path.join(folder, 'films-'));
        await mkdir(path.join(films, 'videos'));
        const desk = new Desk(films);
        try {
          desk.clips.of(desk.document);
          for (const one of deeds) {
            await act(desk, one);
            const clips = desk.clips.of(desk.document);
            assert.deepEqual(clips, desk.found());
            const stale = clips.flatMap((clip, index) => (isOutOfDate(clip) ? [index + 1] : []));
            assert.deepEqual(stale, desk.outOfDate());
          }
        } finally {
          desk.clips.dispose();
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are out of date where the animatic has printed another text, and nowhere else', async () => {
    const desk = new Desk(folder);
    for (const scene of [0, 1]) {
      await desk.render(scene, scene === 0 ? 1 : 3);
      await act(desk, { do: 'action', scene });
    }
    assert.deepEqual(desk.outOfDate(), [1]);
    assert.deepEqual(
      desk.clips.of(desk.document).map(({ state }) => state),
      ['stale', 'current', 'none', 'none'],
    );
    desk.clips.dispose();
  });

  it('are out of date behind a clip only where that ends in another frame', async () => {
    const desk = new Desk(folder);
    desk.type((text) => text);
    for (let i = 0; i < count; i++) await desk.render(i, 1, 'one');
    const stale = (): readonly number[] =>
      desk.clips.of(desk.document).flatMap((clip, i) => (isOutOfDate(clip) ? [i + 1] : []));
    const next = async (index: number, take: number, frame: string): Promise<void> => {
      await desk.render(index, take, frame);
      desk.type((text) => text);
    };
    desk.type((text) => text);
    assert.deepEqual(stale(), []);
    await next(0, 2, 'one');
    assert.deepEqual(stale(), []);
    await next(0, 3, 'two');
    assert.deepEqual(stale(), [2]);
    await next(1, 2, 'two');
    assert.deepEqual(stale(), []);
    await act(desk, { do: 'choose', scene: 0, take: 1 });
    assert.deepEqual(stale(), [2], 'by another choice');
    await act(desk, { do: 'choose', scene: 0, take: 3 });
    assert.deepEqual(stale(), []);
    await act(desk, { do: 'goOn', scene: 1 });
    assert.deepEqual(stale(), [2], 'it shows a frame that it does not begin with any more');
    await act(desk, { do: 'goOn', scene: 1 });
    assert.deepEqual(stale(), []);
    desk.clips.dispose();
  });

  it('stay the same objects for the scenes that say the same, however much of others is typed', async () => {
    const desk = new Desk(folder);
    for (let i = 0; i < count; i++) await desk.render(i, 1);
    desk.type((text) => text);
    const before = desk.clips.of(desk.document);
    assert.deepEqual(
      before.map(({ state }) => state),
      ['current', 'current', 'current', 'current'],
    );
    await act(desk, { do: 'prompt', scene: 1 });
    const after = desk.clips.of(desk.document);
    assert.deepEqual(
      after.map((clip, i) => clip === before[i]),
      [true, false, true, true],
    );
    assert.equal(after[1]?.state, 'stale');
    desk.clips.dispose();
  });
});
