import assert from 'node:assert/strict';
import { answerSchema } from '../../../src/models/answer-schemas.ts';
import { tokensOf } from '../../../src/models/language-model/token-estimate.ts';
import { standingsOf } from '../../../src/script/standing-facts.ts';
import { realisticBeats } from '../../../fixtures/realistic-beats.ts';
import { briefOf, coreOf, outlineOf, shapeOf } from './offline-helpers.ts';
import { coreAnswer } from '../../../fixtures/plan-answers.ts';

/** Every token of an outline is waited for before its scenes can be written. */
describe('the answer for a beat', () => {
  const count = realisticBeats.length;
  const answer = { beats: realisticBeats };

  it('has the form that is asked for', () => {
    const part = { from: 1, to: count, before: [] };
    const core = coreOf(coreAnswer());
    const shape = shapeOf(count);
    const schema = answerSchema({ kind: 'outline', brief: briefOf(), shape, core, acts: [], part });
    assert.deepEqual(schema.parse(answer), answer);
  });

  it('takes little more than half of one that says all of how things stand', () => {
    const full = standingsOf(outlineOf({ beats: [...realisticBeats] })).map(
      ({ beat, entry, exit }, i) => {
        const { title, place, time, cast, summary, contract } = beat;
        const { handOff, continues } = contract;
        const [opens, closes] = [entry, exit].map(({ facts }) =>
          facts.map(({ subject, state }) => `${subject}: ${state}`),
        );
        return {
          ...{ title, place, time, cast, summary, continues, since: entry.since, entry: opens },
          ...{ exit: closes, handOff, length: realisticBeats[i]?.length },
        };
      },
    );
    const perBeat = (beats: readonly unknown[]): number => tokensOf(JSON.stringify(beats)) / count;
    assert.ok(perBeat(realisticBeats) < 90, `${perBeat(realisticBeats)} tokens a beat`);
    assert.ok(perBeat(realisticBeats) < 0.55 * perBeat(full), `${perBeat(full)} if all is said`);
    assert.ok(JSON.stringify(realisticBeats).length / count / 4 < 66, 'by four characters a token');
  });
});
