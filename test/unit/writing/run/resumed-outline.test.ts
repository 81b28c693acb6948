import assert from 'node:assert/strict';
import type { OutlineAnswer } from '../../../../src/models/answer-schemas.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { renderNewScript } from '../../../../src/script/render/render-new-script.ts';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { englishBrief, sceneOfId } from '../durability-answers.ts';
import { PaperInMemory, writeOn, type EngineOptions } from '../durability-paper.ts';
import { AnswersInMemory } from '../planning/planning-support.ts';
import { FakeModel, failures, KeptInMemory, VirtualClock } from '../writing-support.ts';

class PlainModel extends FakeModel {
  constructor() {
    super();
    this.answer = ({ task }) =>
      Promise.resolve(task.kind === 'scene' ? sceneOfId(task.beat.id) : answerOfPlanning(task));
  }

  get planned(): number {
    return this.asked.filter(({ task }) => task.kind !== 'scene').length;
  }
}

describe('an outline that a run goes on with', () => {
  let clock: VirtualClock;
  let model: PlainModel;
  let given: EngineOptions;

  beforeEach(() => {
    clock = new VirtualClock();
    model = new PlainModel();
    given = {
      model,
      pace: 'sliding',
      batchSize: 5,
      clipSeconds: [4, 8, 12],
      journal: new KeptInMemory(),
      answers: new AnswersInMemory(),
      pause: new PauseSwitch(),
      signal: new AbortController().signal,
      clock,
      random: () => 0.5,
    };
  });

  const paperOf = (duration: number): PaperInMemory =>
    new PaperInMemory(renderNewScript({ ...englishBrief, duration }, 'A title'));

  /** Ends as soon as some beats are there. */
  const begin = async (paper: PaperInMemory): Promise<void> => {
    const abort = new AbortController();
    await clock.until(
      writeOn(paper, { ...given, signal: abort.signal }, ({ type }) => {
        if (type === 'batchWritten') abort.abort();
      }),
    );
    assert.ok(parseScript(paper.text).outline.length < 75);
  };

  it('has all beats of its first length where the length or the clips are others by now', async () => {
    for (const [clipSeconds, from, to] of [
      [[4, 8, 12], 'duration: 600', 'duration: 180'],
      [[60, 90], '', ''],
    ] as const) {
      given = { ...given, answers: new AnswersInMemory(), clipSeconds: [4, 8, 12] };
      const paper = paperOf(600);
      await begin(paper);
      assert.ok(paper.text.includes(from));
      paper.text = paper.text.replace(from, to);
      const first = parseScript(paper.text).outline.map(({ beat }) => beat.id);
      const abort = new AbortController();
      await clock.until(
        writeOn(paper, { ...given, clipSeconds, signal: abort.signal }, ({ type }) => {
          if (type === 'batchWritten' && parseScript(paper.text).outline.length > 40) abort.abort();
        }),
      );
      const end = await clock.until(writeOn(paper, { ...given, clipSeconds }));
      assert.equal(end.reason, 'done', end.error?.message);
      const ids = parseScript(paper.text).outline.map(({ beat }) => beat.id);
      assert.equal(ids.length, 75);
      assert.deepEqual(ids.slice(0, first.length), first);
    }
  });

  it('goes on where its beats have lost their ids, or some of their titles with them', async () => {
    const withoutIds = (text: string): string => text.replace(/[ \u00a0]<!--\sid:\s\w+\s-->/g, '');
    const renamed = (text: string): string => withoutIds(text).replace('**Turn 1**', '**Mine**');
    for (const change of [withoutIds, renamed]) {
      given = { ...given, answers: new AnswersInMemory() };
      const paper = paperOf(600);
      await begin(paper);
      const text = change(paper.text);
      assert.notEqual(text, paper.text);
      paper.text = text;
      const titles = parseScript(paper.text).outline.map(({ beat }) => beat.title);
      const end = await clock.until(writeOn(paper, given));
      assert.equal(end.reason, 'done', end.error?.message);
      const { outline } = parseScript(paper.text);
      assert.equal(outline.length, 75);
      assert.deepEqual(
        outline.slice(0, titles.length).map(({ beat }) => beat.title),
        titles,
      );
    }
  });

  it('is left where the writer has put another one in its place', async () => {
    const paper = paperOf(600);
    await begin(paper);
    const [head] = paper.text.split('## Outline');
    paper.text = `${head}## Outline\n\n1. **Mine** — 8 s\n2. **Also mine** — 8 s\n`;
    const before = model.planned;
    const end = await clock.until(writeOn(paper, given));
    assert.equal(end.reason, 'done', end.error?.message);
    assert.equal(parseScript(paper.text).outline.length, 2);
    assert.equal(model.planned, before);
  });

  it('is in the script as far as it has come where the rest cannot be planned', async () => {
    const paper = paperOf(600);
    let asked = 0;
    const { answer } = model;
    model.answer = (all, options) => {
      if (all.task.kind === 'outline' && ++asked > 3) throw failures.account();
      return answer(all, options);
    };
    const end = await clock.until(writeOn(paper, { ...given, outlineOnly: true }));
    const beats = parseScript(paper.text).outline.length;
    assert.ok(beats > 0 && beats < 75);
    assert.equal(
      end.error?.message,
      `The outline stopped at scene ${beats}. The key was refused (401). What there is of it is in the script. Check the account's key.`,
    );
  });

  it('is planned no further where it was typed by hand, or is of a script from before', async () => {
    for (const beats of [1, 3]) {
      const paper = paperOf(600);
      const outline = Array.from({ length: beats }, (_, i) => `${i + 1}. **Turn ${i + 1}** — 8 s`);
      paper.text += `\n## Outline\n\n${outline.join('\n')}\n`;
      const end = await clock.until(writeOn(paper, given));
      assert.equal(end.reason, 'done', end.error?.message);
      assert.equal(parseScript(paper.text).scenes.length, beats);
      await clock.until(writeOn(paper, given));
      assert.equal(model.planned, 0);
    }
  });

  it('is whole at any length, in any number of places', async () => {
    for (const [duration, batchSize] of [
      [8, 1],
      [16, 1],
      [24, 5],
      [176, 2],
      [600, 20],
    ] as const) {
      given = { ...given, answers: new AnswersInMemory(), batchSize };
      const paper = paperOf(duration);
      assert.equal((await clock.until(writeOn(paper, given))).reason, 'done');
      assert.equal(parseScript(paper.text).scenes.length, duration / 8);
    }
  }).timeout(60_000);

  it('comes to its end by answers that all break off, if each has a beat more', async () => {
    for (const failure of [failures.network, failures.invalid]) {
      given = { ...given, answers: new AnswersInMemory() };
      const { answer } = model;
      model.answer = async (asked, options) => {
        if (asked.task.kind !== 'outline') return answer(asked, options);
        const { beats } = answerOfPlanning(asked.task) as OutlineAnswer;
        for (const beat of beats.slice(0, 1)) options.onEntry?.(beat);
        await Promise.resolve();
        if (beats.length > 1) throw failure();
        return { beats };
      };
      const paper = paperOf(176);
      const end = await clock.until(writeOn(paper, given));
      assert.equal(end.reason, 'done', end.error?.message);
      assert.equal(parseScript(paper.text).scenes.length, 22);
    }
  });
});
