import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TextDocument } from 'vscode';
import type { AnswersUntilSaved } from '../../../../src/editor/writing/answers-until-saved.ts';
import { ScenesUntilSaved } from '../../../../src/editor/writing/scenes-until-saved.ts';
import { applyEdits } from '../../../../src/script/edits/text-edit.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { renderNewScript } from '../../../../src/script/render/render-new-script.ts';
import { writtenScenes } from '../../../../src/script/story-order.ts';
import type { SceneJournal, SceneJournals } from '../../../../src/writing/journal/scene-journal.ts';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';
import { type Pace, paces } from '../../../../src/writing/schedule/scheduled-scene.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { englishBrief } from '../durability-answers.ts';
import { type RunEnd, writeOn } from '../durability-paper.ts';
import { AnswersInMemory } from '../planning/planning-support.ts';
import { SlippingModel } from '../slipping-model.ts';
import { answersOf, UnsavedPaper } from '../unsaved-paper.ts';
import { KeptInMemory, randomOf, VirtualClock } from '../writing-support.ts';

const lastOfAll = 1 - Number.EPSILON;

/**
 * A beat deleted; saved; all unsaved changes thrown away; undone as far as the file, and done again; or
 * nothing changed, but the run paused for a while.
 */
type Edit = (typeof allEdits)[number];
const allEdits = ['delete', 'save', 'revert', 'redo', 'pause'] as const;

interface Cut {
  /** So many events after the run began. */
  readonly after: number;
  /** Stopped; the unsaved changes thrown away then; or the editor ended with all that is not on disk. */
  readonly how: 'cancel' | 'revert' | 'crash';
  /** What the writer does as beats and batches come in, one at a time. */
  readonly edits: readonly Edit[];
  readonly outlineOnly: boolean;
}

interface Trouble {
  readonly pace: Pace;
  readonly batchSize: number;
  readonly seed: number;
  readonly duration: number;
  /** Of the model's answers that something is wrong with. */
  readonly share: number;
  readonly cuts: readonly Cut[];
}

const calm: Trouble = { pace: 'batches', batchSize: 1, seed: 1, duration: 328, share: 0, cuts: [] };

const idsIn = (text: string): string[] => parseScript(text).outline.map(({ beat }) => beat.id);

/** Writes a script in spite of all this, and looks at what has become of it. */
async function writeInTrouble({
  pace,
  batchSize,
  seed,
  duration,
  share,
  cuts,
}: Trouble): Promise<void> {
  const clock = new VirtualClock();
  const random = randomOf(seed);
  const paper = new UnsavedPaper(renderNewScript({ ...englishBrief, duration }, 'A title'));
  const disk = new AnswersInMemory();
  const model = new SlippingModel(clock, random);
  model.share = share;
  const onDisk = new KeptInMemory();
  const keep = (): ScenesUntilSaved<UnsavedPaper> => {
    const own: SceneJournal = {
      get: (id, hash) => onDisk.get(id, hash),
      put: (id, hash, scene) => onDisk.put(id, hash, scene),
      remove: (id) => onDisk.remove(id),
    };
    const inner = { of: () => own } as unknown as SceneJournals;
    const kept = new ScenesUntilSaved(inner, ({ text }: UnsavedPaper) =>
      writtenScenes(parseScript(text)).map(({ id }) => id),
    );
    paper.onWritten = () => {
      kept.inDocument(
        paper,
        writtenScenes(parseScript(paper.text)).map(({ id }) => id),
      );
    };
    return kept;
  };
  let kept = keep();
  const document = paper as unknown as TextDocument;
  const uri = document.uri;
  /** As the file has it, and as the editor has it. */
  let deleted = new Set<string>();
  let deletedOnDisk = new Set<string>();
  const run = async (
    answers: AnswersUntilSaved,
    signal: AbortSignal,
    onEvent: (event: WritingEvent, pause: PauseSwitch) => void,
    outlineOnly: boolean,
    pause = new PauseSwitch(),
  ): Promise<RunEnd> =>
    await clock.until(
      writeOn(
        paper,
        {
          model,
          pace,
          batchSize,
          clipSeconds: [4, 8, 12],
          journal: kept.of(() => paper.uri.fsPath),
          answers: answers.of(() => uri),
          pause,
          signal,
          clock,
          random: () => 0.5,
          retries: 12,
          outlineOnly,
        },
        (event) => {
          onEvent(event, pause);
        },
      ),
    );
  const save = async (answers: AnswersUntilSaved): Promise<void> => {
    paper.file = paper.text;
    paper.isDirty = false;
    deletedOnDisk = new Set(deleted);
    await Promise.all([answers.saved(document), kept.saved(paper)]);
  };
  const remove = (which = random()): void => {
    const { outline, text } = parseScript(paper.text);
    if (outline.length < 2) return;
    const beat = outline[Math.floor(which * outline.length)];
    if (beat === undefined) return;
    deleted.add(beat.beat.id);
    paper.change(applyEdits(text, [{ start: beat.span.start, end: beat.span.end, text: '' }]));
  };
  let answers = answersOf(disk, paper);
  for (const { after, how, edits, outlineOnly } of cuts) {
    const abort = new AbortController();
    let count = 0;
    const left = [...edits];
    const revert = (): void => {
      paper.change(paper.file);
      deleted = new Set(deletedOnDisk);
    };
    let reverted = false;
    const end = await run(
      answers,
      abort.signal,
      (event, pause) => {
        if (abort.signal.aborted) return;
        if (event.type === 'batchWritten' || event.type === 'outlined') {
          const edit = left.shift();
          if (edit === 'save') void save(answers);
          if (edit === 'delete') remove();
          if (edit === 'revert') {
            revert();
            reverted = true;
          }
          if (edit === 'pause') {
            pause.pause();
            void clock.sleep(5000).then(() => {
              pause.resume();
            });
          }
          if (edit === 'redo') {
            const { text } = paper;
            paper.change(paper.file);
            paper.change(text);
          }
        }
        if (event.type === 'batchWritten') {
          const there = idsIn(paper.text);
          kept.withoutPlace(
            paper,
            event.scenes.map(({ id }) => id).filter((id) => !there.includes(id)),
          );
        }
        if (++count > after) abort.abort();
      },
      outlineOnly,
    );
    assert.ok(end.reason !== 'failed' || reverted, end.error?.message);
    if (how === 'revert') revert();
    if (how === 'crash') {
      // All that is not on disk is gone.
      revert();
      answers = answersOf(disk, paper);
      kept = keep();
    }
  }
  const end = await run(answers, new AbortController().signal, () => undefined, false);
  assert.equal(end.reason, 'done', end.error?.message);
  const { outline, scenes } = parseScript(paper.text);
  const ids = outline.map(({ beat }) => beat.id);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    ids.filter((id) => deleted.has(id)),
    [],
  );
  const titles = outline.map(({ beat }) => beat.title);
  const numbers = titles.map((title) => Number(title.split(' ').at(-1)));
  assert.deepEqual(
    numbers,
    [...numbers].sort((a, b) => a - b),
    'order',
  );
  const written = new Set(scenes.map(({ scene }) => scene.id));
  assert.deepEqual(
    ids.filter((id) => !written.has(id)),
    [],
  );
  if (deleted.size === 0) {
    assert.equal(
      outline.reduce((sum, { beat }) => sum + beat.seconds, 0),
      duration,
    );
  }
  const scenesDone = model.done.filter((name) => name.startsWith('scene'));
  assert.equal(new Set(scenesDone).size, scenesDone.length, 'scenes twice');
  for (const one of ['core', 'acts']) {
    assert.ok(model.done.filter((name) => name === one).length <= 1, `${one} twice`);
  }
  const before = model.asked.length;
  // Of a plan that is whole; the last one would be the first to come back.
  remove(lastOfAll);
  await run(answers, new AbortController().signal, () => undefined, false);
  assert.equal(model.asked.length, before, 'asked again');
  await save(answers);
  remove(lastOfAll);
  await save(answers);
  await run(answers, new AbortController().signal, () => undefined, false);
  assert.equal(model.asked.length, before, 'asked again after saving');
  assert.equal(disk.files.size, 0);
}

describe('an outline that grows in trouble', function () {
  this.timeout(120_000);
  it('goes on where its parts have come in out of order, one request at a time', async () => {
    const cut: Cut = { after: 33, how: 'cancel', edits: [], outlineOnly: true };
    await writeInTrouble({ ...calm, share: 0.2, cuts: [cut] });
  });

  it('has all of its beats where some that had come in were thrown away unsaved', async () => {
    for (const how of ['crash', 'revert'] as const) {
      const cut: Cut = { after: 14, how: 'cancel', edits: ['delete', 'save'], outlineOnly: false };
      await writeInTrouble({ ...calm, cuts: [cut, { ...cut, after: 0, how, edits: [] }] });
      await writeInTrouble({ ...calm, cuts: [{ ...cut, after: 40, how }] });
    }
  });

  it('leaves out what was deleted and not saved before it goes on', async () => {
    const cut: Cut = { after: 40, how: 'cancel', edits: ['delete', 'delete'], outlineOnly: true };
    for (let seed = 1; seed <= 8; seed++) {
      await writeInTrouble({ ...calm, batchSize: 5, seed, duration: 96, cuts: [cut, cut] });
    }
  });

  it('keeps the facts of an act whose first beat moved up since a beat before it was deleted', async () => {
    const cut: Cut = { after: 28, how: 'cancel', edits: [], outlineOnly: true };
    await writeInTrouble({
      ...calm,
      duration: 176,
      cuts: [
        cut,
        { ...cut, after: 58, edits: ['delete', 'save'], outlineOnly: false },
        { ...cut, after: 6, how: 'crash', outlineOnly: false },
      ],
    });
  });

  it('leaves no gap where unsaved beats are thrown away while others come in', async () => {
    for (const edits of [['revert'], ['redo', 'revert'], ['save', 'redo', 'revert']] as const) {
      for (const duration of [24, 328]) {
        const cut: Cut = { after: 60, how: 'cancel', edits, outlineOnly: false };
        await writeInTrouble({ ...calm, batchSize: 20, duration, cuts: [cut] });
      }
    }
  });

  it('keeps nothing of a plan that was whole when the run was stopped', async () => {
    const cut: Cut = { after: 40, how: 'cancel', edits: [], outlineOnly: true };
    await writeInTrouble({
      pace: 'sliding',
      batchSize: 20,
      seed: 731_661,
      duration: 176,
      share: 0.2,
      cuts: [cut, { ...cut, after: 25, outlineOnly: false }, { ...cut, after: 26 }],
    });
  });

  it('loses and pays for nothing twice, however often it is cut off, and whatever is edited', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          pace: fc.constantFrom(...paces),
          batchSize: fc.constantFrom(1, 2, 5, 20),
          seed: fc.integer({ min: 1, max: 1e6 }),
          duration: fc.constantFrom(8, 24, 60, 176),
          share: fc.constantFrom(0, 0.2),
          cuts: fc.array(
            fc.record<Cut>({
              after: fc.integer({ min: 0, max: 60 }),
              how: fc.constantFrom('cancel', 'revert', 'crash'),
              edits: fc.array(fc.constantFrom<Edit>(...allEdits), {
                maxLength: 4,
              }),
              outlineOnly: fc.boolean(),
            }),
            { maxLength: 5 },
          ),
        }),
        writeInTrouble,
      ),
      { numRuns: 40 },
    );
  });
});
