import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ScenewrightError } from '../../../src/base/errors.ts';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';
import { sampleScene, sampleScript } from './sample.ts';

const whole = sampleScript(3, [0, 1, 2]);
const lines = whole.split('\n');

/** Both sides of a merge in the place of the lines from `from` to `to`. */
function merged(from: number, to: number, theirs: readonly string[], base?: string[]): string {
  return [
    ...lines.slice(0, from),
    '<<<<<<< HEAD',
    ...lines.slice(from, to),
    ...(base ? ['||||||| 1a2b3c4', ...base] : []),
    '=======',
    ...theirs,
    '>>>>>>> feature/second-draft',
    ...lines.slice(to),
  ].join('\n');
}

function shown(text: string): string[] {
  return parseScript(text).conflicts.map(({ span }) => text.slice(span.start, span.end));
}

const lineOf = (start: string): number => lines.findIndex((line) => line.startsWith(start));
const fence = lineOf('```prompt');

describe('conflicts of a merge in a script', () => {
  const places: Record<string, string> = {
    'the front matter': merged(lineOf('style:'), lineOf('style:') + 1, ['style: ink']),
    'the outline': merged(lineOf('2. '), lineOf('2. ') + 1, ['2. **Another** · 8 s']),
    'a heading': merged(lineOf('## Scene 2'), lineOf('## Scene 2') + 1, ['## Scene 2: Other']),
    'a quote': merged(lineOf('> '), lineOf('> ') + 1, ['> **MARA**: Tonight.']),
    'a prompt': merged(fence + 1, fence + 2, ['Another lamp room.']),
    'the fence of a prompt': merged(fence, fence + 2, ['```prompt', 'Another lamp room.']),
    'all of it, one side deleted': merged(lineOf('# '), lines.length, []),
    'the version that both come from': merged(fence + 1, fence + 2, ['Other.'], ['Before.']),
    'Windows line ends': merged(fence + 1, fence + 2, ['Other.']).replaceAll('\n', '\r\n'),
  };
  for (const [place, text] of Object.entries(places))
    it(`are the one thing that is told of it, each once: ${place}`, () => {
      const script = parseScript(text);
      assert.deepEqual(shown(text), ['<<<<<<< HEAD']);
      assert.deepEqual(
        [...script.problems, ...reviewScript(script)].map(({ code, severity }) => [code, severity]),
        [['merge-conflict', 'error']],
      );
      assert.deepEqual(untiedScenes(script), []);
    });

  it('keep everything from being written into it, wherever they are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.boolean(), (a, b, isEmpty) => {
        const most = lines.length - lineOf('scenewright:') - 1;
        const ends = [a, b].map((n) => lineOf('scenewright:') + 1 + (n % most));
        const [from = 0, to = 0] = ends.sort((one, other) => one - other);
        const text = merged(from, to, isEmpty ? [] : [...lines.slice(from, to), 'More.']);
        const script = parseScript(text);
        assert.equal(script.conflicts.length, 1);
        for (const edit of [
          () => assignMissingIds(script, () => 'zzzzz1'),
          () => insertScenes(script, [sampleScene(7)]),
          () => replaceScene(script, sampleScene(0)),
          () => editsOf(script, { kind: 'new-id', id: 'aaaaa1' }),
        ])
          assert.throws(edit, (error) => (error as ScenewrightError).code === 'bad-script');
      }),
      { numRuns: 60 },
    );
  });

  it('are told until the last line of them is gone', () => {
    const text = merged(lineOf('2. '), lineOf('2. ') + 1, ['2. **Another** · 8 s']);
    const without = (...signs: string[]): string =>
      text
        .split('\n')
        .filter((line) => !signs.some((sign) => line.startsWith(sign)))
        .join('\n');
    assert.deepEqual(shown(without('=======', '>>>>>>>')), ['<<<<<<< HEAD']);
    assert.deepEqual(shown(without('<<<<<<<')), ['=======', '>>>>>>> feature/second-draft']);
    assert.deepEqual(shown(without('<<<<<<<', '>>>>>>>')), ['=======']);
    assert.deepEqual(shown(without('<<<<<<<', '=======', '>>>>>>>')), []);
    const two = text.replace('More.', '') + merged(0, 1, ['x']).slice(0, 60);
    assert.equal(parseScript(two).conflicts.length, 2);
  });

  for (const body of [
    ...['Outline\n=======\n\nNotes.', 'Chapter\n=====\n', '<<<<<< six\n', '<<<<<<<<<< ten\n'],
    ...['```prompt\nA lamp.\n=======\nA sea.\n```', '```text\n<<<<<<< a\n```', '`<<<<<<< HEAD`'],
    ...['```diff\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n```', '<!--\n<<<<<<< a\n-->'],
    ...[
      '> She saw\n>>>>>>> seven times\n> and more',
      '====================\n',
      '=======\n\nA rule.',
    ],
    ...[' <<<<<<< indented', 'a <<<<<<< b', '| a | b |\n| --- | --- |\n||||||| x', '<<<<<<<a'],
  ])
    it(`are not what only looks like one: ${body.replaceAll('\n', ' ⏎ ')}`, () => {
      assert.deepEqual(shown(`${whole}\n## Notes\n\n${body}\n`), []);
      const inScene = whole.replace('Far out', `${body}\n\nFar out`);
      assert.deepEqual(shown(inScene), []);
    });

  it('are nothing in other people’s Markdown', () => {
    assert.deepEqual(
      parseScript('# How to merge\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n').problems,
      [],
    );
  });
});
