import assert from 'node:assert/strict';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Plan, Scene, SceneId } from '../../../../src/script/script-model.ts';
import { askedHash, SceneJournals } from '../../../../src/writing/journal/scene-journal.ts';
import { ScenesUntilSaved } from '../../../../src/editor/writing/scenes-until-saved.ts';
import { writeScript } from '../../../../src/writing/write-script.ts';
import { brief, failures, FakeModel, optionsFor, planOf, sceneAnswer } from '../writing-support.ts';
import type { SceneTask } from '../../../../src/models/writer-tasks.ts';

const beats = 3;

interface Text {
  readonly plan: Plan;
  readonly written: readonly Scene[];
}

/** One script as an editor has it. */
interface Script {
  file: string;
  text: Text;
  isDirty: boolean;
  isGone: boolean;
  /** By scene: what was paid for by this script and has not been in its saved document since. */
  readonly owed: Map<SceneId, { readonly hash: string; readonly title: string }>;
}

type Step =
  | { readonly act: 'run'; readonly script: number; readonly answers: number }
  | { readonly act: 'edit' | 'erase'; readonly script: number; readonly beat: number }
  | {
      readonly act: 'type' | 'save' | 'revert' | 'copy' | 'delete' | 'restore' | 'rename' | 'move';
      readonly script: number;
    }
  | { readonly act: 'reload' };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: fc.record({
      act: fc.constant('run' as const),
      script: fc.nat(2),
      answers: fc.nat(4),
    }),
    weight: 5,
  },
  fc.record({
    act: fc.constantFrom('edit' as const, 'erase' as const),
    script: fc.nat(2),
    beat: fc.nat(beats - 1),
  }),
  {
    arbitrary: fc.record({
      act: fc.constantFrom('type', 'save', 'revert', 'copy', 'delete', 'restore', 'rename', 'move'),
      script: fc.nat(2),
    }),
    weight: 8,
  },
  fc.constant({ act: 'reload' as const }),
);

/** A script's document as the editor has it, with the scenes in it. */
interface Opened {
  readonly uri: { readonly fsPath: string };
  readonly isDirty: boolean;
  readonly ids: readonly SceneId[];
}

function openedOf({ file, isDirty, text }: Script): Opened {
  return { uri: { fsPath: file }, isDirty, ids: text.written.map(({ id }) => id) };
}

/** Scripts with the same ids, an editor that has them open, and what is kept of them. */
class OpenScripts {
  readonly scripts: Script[] = [];
  private readonly folder: string;
  private kept: ScenesUntilSaved<Opened>;
  private names = 0;
  private paid = 0;

  constructor(folder: string) {
    this.folder = folder;
    this.kept = this.opened();
  }

  async begin(): Promise<void> {
    await this.add({ plan: planOf(beats), written: [] });
  }

  async take(step: Step): Promise<void> {
    if (step.act === 'reload') {
      this.kept = this.opened();
      return;
    }
    const script = this.scripts[step.script % this.scripts.length];
    assert.ok(script);
    if (step.act === 'restore') await this.restore(script);
    else if (!script.isGone) await this.takeOn(script, step);
  }

  private async takeOn(script: Script, step: Exclude<Step, { act: 'reload' }>): Promise<void> {
    switch (step.act) {
      case 'run':
        return this.run(script, step.answers);
      case 'edit': {
        const outline = script.text.plan.outline.map((beat, i) =>
          i === step.beat ? { ...beat, summary: `${beat.summary} And more.` } : beat,
        );
        return this.type(script, { ...script.text, plan: { ...script.text.plan, outline } });
      }
      case 'erase': {
        const id = script.text.plan.outline[step.beat]?.id;
        const written = script.text.written.filter((scene) => scene.id !== id);
        return this.type(script, { ...script.text, written });
      }
      case 'type':
        return this.type(script, script.text);
      case 'save':
        return this.save(script);
      case 'revert':
        return this.reread(script);
      case 'copy':
        if (this.scripts.length < 3) await this.add(await this.onDisk(script));
        return;
      case 'delete':
        script.isGone = true;
        return rename(script.file, `${script.file}.bin`);
      case 'rename':
      case 'move':
        return this.rename(script, step.act === 'rename');
      default:
        return;
    }
  }

  /** Whatever was paid for is in the saved document of its script, or still kept for it. */
  async check(): Promise<void> {
    for (const { file, owed } of this.scripts) {
      const kept = this.kept.of(() => file);
      for (const [id, { hash, title }] of owed) {
        assert.equal((await kept.get(id, hash))?.title, title, `${path.basename(file)} ${id}`);
      }
    }
  }

  private opened(): ScenesUntilSaved<Opened> {
    return new ScenesUntilSaved(
      new SceneJournals(path.join(this.folder, 'scenes')),
      ({ ids }) => ids,
    );
  }

  private fresh(): string {
    return path.join(this.folder, `${++this.names}.md`);
  }

  private async add(text: Text): Promise<void> {
    const file = this.fresh();
    this.scripts.push({ file, text, isDirty: false, isGone: false, owed: new Map() });
    await writeFile(file, JSON.stringify(text));
  }

  private async onDisk({ file }: Script): Promise<Text> {
    return JSON.parse(await readFile(file, 'utf8')) as Text;
  }

  private type(script: Script, text: Text): Promise<void> {
    script.text = text;
    script.isDirty = true;
    return Promise.resolve();
  }

  private async save(script: Script): Promise<void> {
    await writeFile(script.file, JSON.stringify(script.text));
    script.isDirty = false;
    const ids = script.text.written.map(({ id }) => id);
    for (const id of ids) script.owed.delete(id);
    await this.kept.saved(openedOf(script));
  }

  private async reread(script: Script): Promise<void> {
    script.text = await this.onDisk(script);
    script.isDirty = false;
  }

  private async restore(script: Script): Promise<void> {
    if (!script.isGone) return;
    await rename(`${script.file}.bin`, script.file);
    script.isGone = false;
    await this.reread(script);
  }

  private async rename(script: Script, isTold: boolean): Promise<void> {
    const to = this.fresh();
    const from = script.file;
    await rename(from, to);
    script.file = to;
    if (isTold) await this.kept.moved(from, to);
    // Behind the editor's back, its document goes with the old file.
    else await this.reread(script);
  }

  private async run(script: Script, answers: number): Promise<void> {
    const kept = this.kept.of(() => script.file);
    const inDocument = (scenes: readonly Scene[]): void => {
      const ids = scenes.map(({ id }) => id);
      this.kept.inDocument(openedOf(script), ids);
    };
    const model = new FakeModel();
    model.answer = ({ task }) => {
      if (model.asked.length > answers) throw failures.account();
      const title = `Paid ${++this.paid}`;
      return Promise.resolve({ ...sceneAnswer((task as SceneTask).beat.id), title });
    };
    inDocument(script.text.written);
    // Who threw a new text away and writes on has the one back that they had saved.
    if (!script.isDirty) for (const { id } of script.text.written) script.owed.delete(id);
    const { plan, written } = script.text;
    const options = optionsFor(beats, { plan, written, model, journal: kept, batchSize: 2 });
    for await (const event of writeScript({ ...options, script: () => script.text })) {
      if (event.type === 'sceneWritten' && !event.reused) {
        const { id, title } = event.scene;
        const beat = plan.outline.find((one) => one.id === id);
        assert.ok(beat);
        script.owed.set(id, { hash: askedHash(brief, plan.bible, beat), title });
      }
      if (event.type !== 'batchWritten') continue;
      const wasDirty = script.isDirty;
      script.text = { plan, written: [...script.text.written, ...event.scenes] };
      if (wasDirty) inDocument(event.scenes);
      else await this.save(script);
    }
  }
}

describe('scenes kept for scripts that have copies', function () {
  this.timeout(120_000);

  it('are in the saved document that paid for them or still kept, whatever is done to the files', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 4, maxLength: 25 }), async (taken) => {
        const folder = await mkdtemp(path.join(tmpdir(), 'copies-'));
        try {
          const scripts = new OpenScripts(folder);
          await scripts.begin();
          for (const step of taken) {
            await scripts.take(step);
            await scripts.check();
          }
        } finally {
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 150 },
    );
  });
});
