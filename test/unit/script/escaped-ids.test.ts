import assert from 'node:assert/strict';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { tieScenes } from '../../../src/script/edits/tie-scenes.ts';
import { nameKey } from '../../../src/script/names.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';
import { sampleScript } from './sample.ts';

const whole = sampleScript(3, [0, 1, 2]);
const tied = whole.replace(/<!-- scene: (\w+) -->/, '<!-- scene: $1 · take: 2 -->');

type Escape = (inner: string) => string;

function escaped(text: string, escape: Escape): string {
  return text.replace(/<!-- ((?:id|scene): .*?) -->/g, (_, inner: string) => escape(inner));
}

function problemsOf(text: string): string[] {
  return reviewScript(parseScript(text))
    .map(({ code }) => code)
    .filter((code) => !['length-missed', 'speech-too-long'].includes(code));
}

describe('a script whose ids are gone altogether', () => {
  const bare = whole.replaceAll(/ ?<!-- (?:id|scene): \w+ -->/g, '');
  const ids = (text: string): unknown => {
    const { outline, scenes } = parseScript(text);
    return [outline.map(({ beat }) => beat.id), scenes.map(({ id }) => id)];
  };
  const withIds = (text: string, former: ReadonlyMap<string, string>): string => {
    let next = 0;
    const fresh = (): string => `fresh${next++}`;
    return applyEdits(text, assignMissingIds(parseScript(text), fresh, former));
  };
  const titles = parseScript(whole).outline.map(
    ({ beat }) => [nameKey(beat.title), beat.id] as const,
  );

  it('gets back those that its clips were ordered with, by the titles', () => {
    assert.deepEqual(ids(withIds(bare, new Map(titles))), ids(whole));
    assert.deepEqual(ids(withIds(bare, new Map(titles.slice(1, 2)))), [
      ['fresh0', 's00001', 'fresh1'],
      ['fresh0', 's00001', 'fresh1'],
    ]);
  });

  it('gets none that another scene has by now, and none twice', () => {
    const [first, id] = titles[0] ?? ['', ''];
    const taken = bare.replace('## Scene 3: Beat 3', `## Scene 3: Beat 3\n<!-- scene: ${id} -->`);
    assert.deepEqual(ids(withIds(taken, new Map([[first, id]]))), [
      ['fresh0', 'fresh1', id],
      ['fresh0', 'fresh1', id],
    ]);
    const twice = bare.replaceAll('Beat 2', 'Beat 1');
    assert.deepEqual(ids(withIds(twice, new Map([[first, id]]))), [
      [id, 'fresh0', 'fresh1'],
      [id, 'fresh0', 'fresh1'],
    ]);
  });
});

describe('an id whose comment has become text', () => {
  const forms: Record<string, Escape> = {
    'Google Docs': (inner) => String.raw`\<\!-- ${inner} \--\>`,
    Pandoc: (inner) => String.raw`\<!-- ${inner} --\>`,
    'a backslash alone': (inner) => `\\<!-- ${inner} -->`,
    'an HTML export': (inner) => `&lt;!-- ${inner} --&gt;`,
    'numbers of characters': (inner) => `&#60;!-- ${inner} --&#62;`,
    'a word processor, escaped': (inner) => String.raw`\<!— ${inner} —\>`,
    Obsidian: (inner) => `%% ${inner} %%`,
    'Obsidian without spaces': (inner) => `%%${inner}%%`,
    MDX: (inner) => `{/* ${inner} */}`,
  };
  for (const [program, escape] of Object.entries(forms))
    it(`is a problem each, and becomes a comment again with a click: ${program}`, () => {
      const text = escaped(tied, escape);
      const script = parseScript(text);
      assert.deepEqual(problemsOf(text), Array<string>(6).fill('escaped-id'));
      const [problem] = reviewScript(script).filter(({ code }) => code === 'escaped-id');
      const [fix] = problem ? fixesFor(problem, [8]) : [];
      assert.ok(fix);
      const after = applyEdits(text, editsOf(script, fix));
      assert.equal(after, tied);
      assert.deepEqual(untiedScenes(parseScript(after)), []);
    });

  it('is told where only some are, and before anything else is asked', () => {
    const [first = '', id = ''] = /<!-- scene: (\w+) -->/.exec(whole) ?? [];
    for (const bad of [`%% scene: ${id} %%`, `<!— scene: ${id} —>`, `[//]: # (scene: ${id})`]) {
      const text = whole.replace(first, bad).replace('## Scene 2', '##Scene 2');
      assert.deepEqual(problemsOf(text), ['escaped-id'], bad);
      const after = applyEdits(text, tieScenes(parseScript(text)));
      assert.equal(after, whole.replace('## Scene 2', '##Scene 2'));
      assert.notDeepEqual(untiedScenes(parseScript(after)), []);
    }
  });

  for (const body of [
    ...['`<!-- scene: abc123 -->` is how ids look.', '`\\<!-- scene: abc123 -->`', 'scene: abc123'],
    ...[
      '```prompt\n%% scene: abc123 %%\n```',
      '<!-- a note: %% scene: abc123 %% -->',
      '%% scene: one %%',
    ],
    ...[
      'She says: id: abc123.',
      '100 % scene: abc123 %',
      '<!-- scene: abc1234 -->',
      '%% id:abc123x %%',
    ],
  ])
    it(`is not what only looks like one: ${body.replaceAll('\n', ' ⏎ ')}`, () => {
      const text = `${whole}\n## Notes\n\n${body}\n`;
      assert.deepEqual(
        untiedScenes(parseScript(text)).filter(({ kind }) => kind === 'id'),
        [],
      );
    });

  it('is none where the id is in a comment as well', () => {
    const id = parseScript(whole).scenes[0]?.id ?? '';
    const text = whole.replace('Far out', `\\<!-- scene: ${id} -->\n\nFar out`);
    assert.deepEqual(problemsOf(text), []);
  });
});
