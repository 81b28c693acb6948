import assert from 'node:assert/strict';
import type { Caller } from '../../../../src/editor/commands/caller.ts';
import type { Chained } from '../../../../src/editor/render/chain-plan.ts';
import type { StillsSetting } from '../../../../src/editor/render/still-gate.ts';
import type { Selected } from '../../../../src/editor/render/what-to-render.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { answerWith, commands, questions } from '../../../support/fake-vscode.ts';
import { recordOf } from '../../jobs/world.ts';
import { sampleScript } from '../../script/sample.ts';

const { agreeToOrder } = await import('../../../../src/editor/render/render-question.ts');
const { gateConcerns, leftOutWords, throughGate, waysToStills } =
  await import('../../../../src/editor/render/still-gate.ts');

const person: Caller = { interactive: true, trusted: false, confirmed: false };
const code: Caller = { interactive: false, trusted: true, confirmed: false };
const sure: Caller = { interactive: false, trusted: true, confirmed: true };
const link: Caller = { interactive: false, trusted: false, confirmed: false };
const boldLink: Caller = { interactive: false, trusted: false, confirmed: true };

const uri = 'file:///story.md';

const { scenes: sample } = parseScript(sampleScript(5, [0, 1, 2, 3, 4]));

/** Scenes 1 to 5, of which these have their first frames. */
function scenes(drawn: readonly number[]): readonly Selected[] {
  return sample.map((node, index) => {
    const number = index + 1;
    const frame = drawn.includes(number) ? { firstFrame: 'stills/a.png' } : {};
    return { number, node: { ...node, scene: { ...node.scene, ...frame } } };
  });
}

type Chains = Parameters<typeof throughGate>[3];

const chained = (...entries: readonly [number, Pick<Chained, 'from'>][]): Chains =>
  new Map(entries);

function passing(
  drawn: readonly number[],
  stills: StillsSetting,
  caller: Caller,
  chains: Chains = new Map(),
) {
  const gate = throughGate(scenes(drawn), stills, caller, chains);
  return { ...gate, through: gate.through.map(({ number }) => number) };
}

const all = [1, 2, 3, 4, 5];

describe('the gate that scenes without a first frame come to', () => {
  it('stands open where nothing is asked, and for scenes that all have theirs', () => {
    for (const caller of [person, code, sure, link, boldLink]) {
      const open = { through: all, leftOut: [], behind: [], doubtful: [] };
      assert.deepEqual(passing([], 'off', caller), open);
      for (const stills of ['ask', 'required'] as const) {
        assert.deepEqual(passing(all, stills, caller), open);
      }
    }
  });

  it('names them where it is to ask, whoever orders', () => {
    for (const caller of [person, code, sure, link, boldLink]) {
      const asked = { through: all, leftOut: [], behind: [], doubtful: [1, 3, 5] };
      assert.deepEqual(passing([2, 4], 'ask', caller), asked);
    }
  });

  it('leaves them out for a person, and refuses code that does not say what it wants', () => {
    const closed = { through: [2, 4], leftOut: [1, 3, 5], behind: [], doubtful: [] };
    assert.deepEqual(passing([2, 4], 'required', person), closed);
    for (const caller of [code, link]) {
      assert.throws(
        () => passing([2, 4], 'required', caller),
        /Nothing was handed in\..*1, 3 and 5.*video\.stills.*confirmed: true/,
      );
    }
    const wanted = { through: all, leftOut: [], behind: [], doubtful: [1, 3, 5] };
    for (const caller of [sure, boldLink]) {
      assert.deepEqual(passing([2, 4], 'required', caller), wanted);
    }
  });
});

describe('a scene that goes on without a cut, at the gate', () => {
  const after = (ordered: number) => ({ from: { ordered } });
  const job = { from: { job: recordOf({ id: 'made' }) } };

  it('wants no still where it begins with the last frame of the clip before', () => {
    const chains = chained([2, after(1)], [3, after(2)], [5, job]);
    const open = { through: all, leftOut: [], behind: [], doubtful: [] };
    for (const stills of ['ask', 'required'] as const) {
      for (const caller of [person, code, sure]) {
        assert.deepEqual(passing([1, 4], stills, caller, chains), open);
      }
    }
  });

  it('wants one where that frame cannot be had', () => {
    const chains = chained([2, {}], [4, job]);
    assert.deepEqual(passing([1, 3, 5], 'ask', person, chains).doubtful, [2]);
    assert.deepEqual(passing([1, 3, 5], 'required', person, chains).leftOut, [2]);
  });

  it('waits with the one before it, and everything behind it as well, but is drawn no still', () => {
    const chains = chained([2, after(1)], [3, after(2)], [5, after(4)]);
    const gate = passing([4], 'required', person, chains);
    assert.deepEqual(gate, { through: [4, 5], leftOut: [1], behind: [2, 3], doubtful: [] });
    assert.equal(
      leftOutWords(gate),
      'Scene 1 has no first frame yet, so it is left out. What goes on from there without a cut waits as well: scenes 2 and 3.',
    );
    assert.throws(() => passing([4], 'required', code, chains), /Scene 1 has no first frame yet/);
  });
});

describe('an order of scenes without a first frame', () => {
  const nothing = { amounts: [], unknown: 0 };
  const order = (doubtful: readonly number[], drawing = 0) => ({
    bill: { ordered: nothing, expected: nothing, budget: 0 },
    question: 'Render?',
    detail: [],
    yes: 'Render Without Stills',
    concerns: gateConcerns(doubtful, drawing),
    ways: waysToStills(uri, doubtful),
  });
  const ran: unknown[][] = [];
  let registered: { dispose(): unknown }[];

  beforeEach(() => {
    ran.length = 0;
    questions.length = 0;
    registered = ['scenewright.drawStills', 'scenewright.showProgress'].map((id) =>
      commands.registerCommand(id, (argument) => {
        ran.push([id, { ...(argument as object) }]);
        return Promise.resolve();
      }),
    );
  });
  afterEach(() => {
    for (const one of registered) one.dispose();
  });

  const agree = (caller: Caller, doubtful: readonly number[] = [1, 3], drawing = 0) =>
    agreeToOrder(order(doubtful, drawing), caller);

  it('is one question with the ways out', async () => {
    answerWith('Render Without Stills');
    await agree(person, [1, 3], 1);
    assert.deepEqual(questions, [
      {
        message: 'Render?',
        detail:
          '2 scenes have no first frame yet; their clips would be made without one: 1 and 3. One still is being drawn now.',
        buttons: ['Draw Stills', 'Look at Stills', 'Render Without Stills'],
      },
    ]);
    assert.deepEqual(ran, []);
  });

  it('is not made by who draws or looks first', async () => {
    answerWith('Draw Stills');
    await assert.rejects(agree(person), { code: 'cancelled' });
    answerWith('Look at Stills');
    await assert.rejects(agree(person), { code: 'cancelled' });
    answerWith(undefined);
    await assert.rejects(agree(person), { code: 'cancelled' });
    assert.equal(ran.length, 2);
    assert.match(JSON.stringify(ran[0]), /drawStills.*"scenes":\[1,3\]/);
    assert.match(JSON.stringify(ran[1]), /showProgress.*story\.md.*contactSheet/);
  });

  it('is refused to code that does not say that it wants them so', async () => {
    await assert.rejects(agree(code), /Scene 2 has|2 scenes have.*confirmed: true/);
    await agree(sure);
    assert.deepEqual(questions, []);
    answerWith(undefined);
    await assert.rejects(agree(boldLink), { code: 'cancelled' });
    assert.equal(questions.length, 1);
  });

  it('is as it always was where all scenes have theirs', async () => {
    await agree(person, []);
    await agree(code, []);
    assert.deepEqual(questions, []);
  });
});
