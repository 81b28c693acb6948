import assert from 'node:assert/strict';
import type { Fault } from './account.ts';
import { stress, type StressResult } from './stress.ts';

/** A few moments of what `npm run stress:hosts` does for as long as one likes. */
describe('two windows on one folder whose extension hosts are struck while they work', function () {
  this.timeout(600_000);
  let result: StressResult;

  before(async () => {
    const lines: string[] = [];
    try {
      result = await stress({
        seed: 3,
        kinds: ['kill', 'stop', 'kill', 'reload', 'kill'],
        moments: 5,
        scenes: 6,
        log: (line) => lines.push(line),
        onOutput: (text) => lines.push(text),
      });
    } catch (error) {
      console.error(lines.join('\n'));
      throw error;
    }
  });

  const faultsAbout = (about: Fault['about']): string[] =>
    result.faults.filter((fault) => fault.about === about).map(({ what }) => what);

  it('keep every word that was typed into an unsaved editor', () => {
    assert.ok(result.counts.words > 0, 'words were typed');
    assert.deepEqual(faultsAbout('words'), []);
  });

  it('write every scene once', () => {
    assert.deepEqual(faultsAbout('scripts'), []);
  });

  it('never ask again for an answer that is on disk, nor for one script at once', () => {
    assert.ok(result.counts.answers > 0, 'answers were paid');
    assert.deepEqual(faultsAbout('questions'), []);
  });

  it('never order a picture twice', () => {
    assert.ok(result.counts.orders > 0, 'orders were paid');
    assert.deepEqual(faultsAbout('orders'), []);
  });

  it('keep the bytes of every clip apart', () => {
    assert.ok(result.counts.clips > 0, 'clips were fetched');
    assert.deepEqual(faultsAbout('clips'), []);
  });
});
