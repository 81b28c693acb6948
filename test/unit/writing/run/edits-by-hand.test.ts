import assert from 'node:assert/strict';
import type { WriterTask } from '../../../../src/models/writer-tasks.ts';
import { renderNewScript } from '../../../../src/script/render/render-new-script.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../../src/script/parse/parsed-script.ts';
import type { WritingEvent } from '../../../../src/writing/writing-events.ts';
import { PauseSwitch } from '../../../../src/writing/pause-switch.ts';
import { englishBrief, sceneOfId } from '../durability-answers.ts';
import { type EngineOptions, PaperInMemory, type RunEnd, writeOn } from '../durability-paper.ts';
import { answerOfPlanning } from '../../../../fixtures/plan-answers.ts';
import { FakeModel, KeptInMemory, VirtualClock } from '../writing-support.ts';

describe('a script that is edited by hand between and during runs', () => {
  let paper: PaperInMemory;
  let model: FakeModel;
  let kept: KeptInMemory;

  beforeEach(() => {
    paper = new PaperInMemory(renderNewScript({ ...englishBrief, duration: 48 }, 'A script'));
    kept = new KeptInMemory();
    model = new FakeModel();
    model.answer = ({ task }) =>
      Promise.resolve(task.kind === 'scene' ? sceneOfId(task.beat.id) : answerOfPlanning(task));
  });

  const write = async (
    changes: Partial<EngineOptions> = {},
    onEvent?: (event: WritingEvent) => void,
  ): Promise<RunEnd> => {
    const clock = new VirtualClock();
    const options: EngineOptions = {
      model,
      batchSize: 2,
      clipSeconds: [8],
      journal: kept,
      pause: new PauseSwitch(),
      signal: new AbortController().signal,
      clock,
      ...changes,
    };
    return clock.until(writeOn(paper, options, onEvent));
  };

  const script = (): ParsedScript => parseScript(paper.text);
  const titles = (): string[] => script().outline.map(({ beat }) => beat.title);
  const ids = (): string[] => script().outline.map(({ beat }) => beat.id);
  const standing = (): (string | undefined)[] => script().scenes.map(({ id }) => id);
  const scenesAsked = (): Extract<WriterTask, { kind: 'scene' }>[] =>
    model.asked.flatMap(({ task }) => (task.kind === 'scene' ? [task] : []));

  /** The outline's items as the document has them, changed and put back. */
  const editOutline = (change: (items: string[]) => string[]): void => {
    const [before = '', rest = ''] = paper.text.split(/(?<=^## Outline\n\n)/mu);
    const [list = '', ...after] = rest.split(/^(?=## )/mu);
    const items = list.split(/^(?=[ \t]*\d+\. )/mu).map((item) => `${item.trimEnd()}\n\n`);
    paper.text = [before, ...change(items), ...after].join('');
  };

  it('is written with a fact of a beat that was typed by hand, in all scenes behind it', async () => {
    await write({ outlineOnly: true });
    editOutline((items) =>
      items.map((item, i) =>
        i === 1 ? `${item.trimEnd()}\n\n   - Leaves: the lamp: burning blue\n\n` : item,
      ),
    );
    assert.equal((await write()).reason, 'done');
    const told = model.asked.flatMap(({ task, prompt }) => {
      const own = prompt.user.slice(prompt.user.indexOf('# Your scene'));
      return task.kind === 'scene' ? [[task.beat.id, own.includes('burning blue')] as const] : [];
    });
    assert.deepEqual(
      ids().map((id) => new Map(told).get(id)),
      ids().map((_, i) => i >= 1),
    );
    assert.equal(paper.text.split('burning blue').length, 2, 'the document says it once');
  });

  it('is written from the bible and the outline as they stand, whatever was planned', async () => {
    await write({ outlineOnly: true });
    assert.equal(scenesAsked().length, 0);
    const planned = ids();
    paper.text = paper.text.replace('Sixty, grey braid', 'Thirty, red curls');
    paper.text = paper.text.replace('Thing 2 happens.', 'The lamp goes out.');
    editOutline((items) => [
      ...items.slice(1, 4),
      '1. **A gull on the rail** · 8 s\n\n',
      items[0] ?? '',
      items[5] ?? '',
    ]);
    assert.equal((await write()).reason, 'done');
    assert.deepEqual(
      titles(),
      [2, 3, 4, 0, 1, 6].map((n) => (n === 0 ? 'A gull on the rail' : `Turn ${n}`)),
    );
    assert.deepEqual(standing(), ids());
    assert.ok(!standing().includes(planned[4]), 'the deleted beat is not written');
    for (const { bible, outline } of scenesAsked()) {
      assert.equal(bible.characters[0]?.look, 'Thirty, red curls, oilskin coat.');
      assert.deepEqual(
        outline.map(({ title }) => title),
        titles(),
      );
    }
    assert.equal(
      scenesAsked().find(({ beat }) => beat.title === 'Turn 2')?.beat.summary,
      'The lamp goes out.',
    );
  });

  it('gets beats that were added, and none that were deleted, while it was being written', async () => {
    let batches = 0;
    const end = await write({}, (event) => {
      if (event.type !== 'batchWritten' || ++batches !== 1) return;
      editOutline((items) => [
        ...items.slice(0, 4),
        '1. **A gull on the rail** · 8 s\n\n',
        ...items.slice(5),
      ]);
    });
    assert.equal(end.reason, 'done');
    assert.deepEqual(titles().slice(2), ['Turn 3', 'Turn 4', 'A gull on the rail', 'Turn 6']);
    assert.deepEqual(standing(), ids());
    // The one that was deleted may have been under way.
    const asked = scenesAsked().flatMap(({ beat: { id } }) => (ids().includes(id) ? [id] : []));
    assert.deepEqual(asked.toSorted(), ids().toSorted());
  });

  it('is written from what the writer had said of a character before it was planned', async () => {
    const entry = 'characters:\n  - name: Mara\n    look: Thirty, red curls.\n';
    paper.text = paper.text.replace(/(?<=^---\n)/u, entry);
    assert.equal((await write()).reason, 'done');
    for (const { bible } of scenesAsked()) {
      assert.equal(bible.characters[0]?.look, 'Thirty, red curls.');
    }
    assert.equal(scenesAsked().length, 6, 'nothing is asked twice');
  });

  it('asks with the bible as it is by then', async () => {
    let batches = 0;
    await write({}, (event) => {
      if (event.type === 'batchWritten' && ++batches === 1) {
        paper.text = paper.text.replace('Sixty, grey braid', 'Thirty, red curls');
      }
    });
    const looks = scenesAsked().map(({ bible }) => bible.characters[0]?.look ?? '');
    assert.ok(looks.slice(0, 2).every((look) => look.startsWith('Sixty')));
    assert.ok(looks.slice(-2).every((look) => look.startsWith('Thirty')));
  });

  it('goes on behind the last scene when the outline is cut away for a moment', async () => {
    let outline = '';
    let batches = 0;
    const end = await write({}, (event) => {
      if (event.type !== 'batchWritten') return;
      if (++batches === 1) {
        outline = /^## Outline\n[\s\S]*?(?=^## |(?![\s\S]))/mu.exec(paper.text)?.[0] ?? '';
        paper.text = paper.text.replace(outline, '');
      }
    });
    assert.equal(end.reason, 'done');
    assert.equal(standing().length, 6);
    paper.text = paper.text.replace(/^(?=## Scene)/mu, `${outline.trimEnd()}\n\n`);
    assert.deepEqual(standing(), ids());
    const asked = model.asked.length;
    await write();
    assert.equal(model.asked.length, asked);
  });
});
