import assert from 'node:assert/strict';
import type { TextDocument } from 'vscode';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import { window } from '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { sceneMeant, scenesSelected } =
  await import('../../../../src/editor/script/script-command.ts');

describe('the scenes that the cursor or a selection means', () => {
  const text = sampleScript(4, [0, 1, 2]);
  const script = parseScript(text);
  // Offsets stand for positions.
  const document = { offsetAt: (at: number) => at } as unknown as TextDocument;

  const select = (start: number, end = start): void => {
    const selection = { start, end, active: end, isEmpty: start === end };
    window.visibleTextEditors = [{ document, selection, selections: [selection] }];
  };
  const numbers = (start: number, end?: number): readonly number[] => {
    select(start, end);
    return scenesSelected(script, document);
  };
  const beat = (number: number): number => script.outline[number - 1]?.span.start ?? NaN;
  const scene = (number: number): number => script.scenes[number - 1]?.heading.start ?? NaN;

  after(() => {
    window.visibleTextEditors = [];
  });

  it('are those whose text it touches', () => {
    assert.deepEqual(numbers(scene(2) + 5), [2]);
    assert.deepEqual(numbers(scene(1) + 5, scene(3) + 5), [1, 2, 3]);
    // Whole lines are selected up to where the next one begins.
    assert.deepEqual(numbers(scene(1), scene(2)), [1]);
    assert.deepEqual(numbers(text.length), [3]);
  });

  it('are those whose beats it touches in the outline', () => {
    assert.deepEqual(numbers(beat(2) + 3), [2]);
    assert.deepEqual(numbers(beat(1) + 3, beat(3) + 3), [1, 2, 3]);
    select(beat(2) + 3);
    assert.equal(sceneMeant(script, document, undefined), script.scenes[1]);
  });

  it('are none of what is only planned, or of the front matter', () => {
    assert.deepEqual(numbers(beat(4) + 3), []);
    assert.deepEqual(numbers(2), []);
    select(beat(4) + 3);
    assert.equal(sceneMeant(script, document, undefined), undefined);
  });
});
