import assert from 'node:assert/strict';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { untiedScenes } from '../../../src/script/untied-scenes.ts';
import { longScript } from './real-script.ts';
import { sampleScript } from './sample.ts';
import { fixed, ordered, shapeFixes } from './seemingly-written.ts';

type Change = (text: string) => string;

const inOutline =
  (change: Change): Change =>
  (text) =>
    text.replace(
      /^(## Outline\n)([^]*?)(?=^## Scene 1|(?![^]))/m,
      (_, heading: string, own: string) => heading + change(own),
    );
const inBody =
  (change: Change): Change =>
  (text) =>
    text.replace(
      /^(---\n[^]*?\n---\n)([^]*)$/,
      (_, front: string, body: string) => front + change(body),
    );
const rows = (text: string): string =>
  [...text.matchAll(/^ *(\d+)\. ([^]*?-->)/gm)]
    .map(([, number = '', head = '']) => `| ${number} | ${head.replace(/\s+/g, ' ')} |\n`)
    .join('');

/** What programs make of an outline, or of a whole script, that Markdown reads as something else. */
const shapes: Readonly<Record<string, Change>> = {
  'a heading for each beat': inOutline((text) => text.replace(/^ *\d+\. /gm, '### ')),
  'a numbered heading for each beat': inOutline((text) =>
    text.replace(/^ *(\d+)\. \*\*(.*?)\*\*/gm, '### $1. $2'),
  ),
  'an outline that is indented': inOutline((text) => text.replace(/^(?=.)/gm, '    ')),
  'an outline that is indented by tabs': inOutline((text) => text.replace(/^(?=.)/gm, '\t')),
  'an outline in a fence': inOutline((text) => `\n\`\`\`\n${text.trim()}\n\`\`\`\n\n`),
  'an outline in a table': inOutline((text) => `\n| # | Beat |\n| - | ---- |\n${rows(text)}\n`),
  'all of it in a fence': inBody((text) => `\n\`\`\`\`markdown${text}\n\`\`\`\`\n`),
  'all of it escaped': inBody((text) => text.replace(/[\\`*_#<>\-[\]!|]/g, '\\$&')),
  'all of it escaped, and in CRLF': (text) =>
    inBody((body) => body.replace(/[\\`*_#<>\-[\]!|]/g, '\\$&'))(text).replaceAll('\n', '\r\n'),
};

const words = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];
const finished = longScript(12);

describe('an outline that Markdown reads as something else', () => {
  for (const [name, change] of Object.entries(shapes)) {
    it(`is asked about, and one click makes it an outline again (${name})`, () => {
      const text = change(finished);
      assert.equal(parseScript(text).outline.length, 0);
      assert.deepEqual(
        untiedScenes(parseScript(text)).map(({ kind }) => kind),
        ['outline'],
      );
      const after = fixed(text, 'tie');
      assert.equal(ordered(after), 0);
      assert.deepEqual(shapeFixes(after), []);
      const script = parseScript(after);
      assert.equal(script.outline.length, 12);
      assert.deepEqual(
        script.scenes.map(({ id }) => id),
        parseScript(finished).scenes.map(({ id }) => id),
      );
      const kept = (source: string): string[] =>
        words(source.replace(/^(?:[ >\t]*\d+\.|#+ \d+\.|\| \d+ \|)|\|/gm, '')).filter(
          (word) => word !== 'markdown',
        );
      if (!name.includes('table')) assert.deepEqual(kept(after), kept(text), 'no word is lost');
      else for (const word of words(text)) assert.ok(after.includes(word));
    });

    it(`is so without ids as well (${name})`, () => {
      const text = change(finished.replace(/\s*<!--\s+id:\s+\w+\s+-->/g, ' <!-- - -->'));
      assert.ok(untiedScenes(parseScript(text)).length > 0);
      const after = fixed(text, 'tie');
      assert.equal(ordered(after), 0);
      assert.equal(parseScript(after).outline.length, 12);
    });
  }

  it('is mended also while nothing is written yet', () => {
    for (const name of ['all of it escaped', 'all of it in a fence', 'an outline in a fence']) {
      const planned = sampleScript(5, []);
      const text = shapes[name]?.(planned) ?? '';
      const after = fixed(text, 'tie');
      assert.equal(parseScript(after).outline.length, 5, name);
      assert.equal(ordered(after), 5);
    }
  });

  it('is no question in a script that has not been planned, whatever its notes look like', () => {
    const start = '---\nscenewright: 1\nidea: A lamp.\n---\n\n# A lamp\n\n';
    for (const notes of [
      '### Ideas\n\nA ship.\n\n### More\n\nA storm.\n',
      '\\# is no heading.\n',
      '| a | b |\n| - | - |\n| Mara | keeps the lamp |\n',
      '    indented notes\n',
      '```\n1. one\n2. two\n```\n',
    ]) {
      assert.deepEqual(untiedScenes(parseScript(start + notes)), [], notes);
    }
  });
});
