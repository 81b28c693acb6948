import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { TextDocument } from 'vscode';
import { Emitter } from '../../../../src/base/events.ts';
import type { ScriptClips } from '../../../../src/editor/jobs/script-clips.ts';
import type { JobRecord, JobView } from '../../../../src/jobs/job.ts';
import { takePlace } from '../../../../src/jobs/take-place.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { pictureHash } from '../../../../src/script/picture-text.ts';
import { forgetSettings, setInFile, tellOfFile } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { JobIndex } = await import('../../../../src/editor/jobs/job-index.ts');
const { ScriptClips: Clips } = await import('../../../../src/editor/jobs/script-clips.ts');
const { clipFinder } = await import('../../../../src/editor/jobs/scene-clips.ts');

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

  /** Render another take of what a scene says now. */
  async render(index: number, take: number): Promise<void> {
    const node = this.parsed.scenes[index];
    if (node === undefined) return;
    const file = takePlace(path.join(this.folder, `scene-00${index + 1}.mp4`), take);
    await writeFile(file, '');
    const { style, aspect } = this.parsed.brief;
    const record = {
      ...{ id: `job-${this.records.length}`, script: 'file:///story.md', posterTried: true },
      ...{ createdAt: this.records.length, scene: node.scene, file, studio: 'animatic' },
      orders: [{ kind: 'render', state: 'saved' }],
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
    fc.record({ do: fc.constant('render' as const), scene, take: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constantFrom('lose', 'prompt', 'action', 'cut', 'copy'), scene }),
    fc.record({ do: fc.constant('choose' as const), scene, take: fc.integer({ min: 1, max: 3 }) }),
    fc.record({ do: fc.constantFrom('look', 'style') }),
  );

  type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

  async function act(desk: Desk, one: Deed): Promise<void> {
    const { scene = 0, take = 1 } = one as { scene?: number; take?: number };
    const inScene = (change: (text: string) => string): void => {
      const before = section(desk, scene);
      desk.type((text) => text.replace(before, () => change(before)));
    };
    switch (one.do) {
      case 'render':
        await desk.render(scene, take);
        break;
      case 'lose':
        await desk.lose(scene);
        break;
      case 'prompt':
        inScene((text) => text.replace(/```[a-z]*\n/, '$&Slowly. '));
        break;
      case 'action':
        inScene((text) => text.replace(/Mara/, 'Mara,'));
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
            assert.deepEqual(desk.clips.of(desk.document), desk.found());
          }
        } finally {
          desk.clips.dispose();
        }
      }),
      { numRuns: 60 },
    );
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
