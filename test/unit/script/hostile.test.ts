import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { mayBeScript } from '../../../src/script/parse/is-script.ts';
import { limits } from '../../../src/script/limits.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { cpuMs, timesAsLong } from '../../support/cpu-time.ts';
import { idOf } from './arbitraries.ts';
import { markdownAttacks, repeated, scriptWith, yamlAttacks } from './attacks.ts';
import { reportedAttacks, reportedYamlAttacks } from './reported-attacks.ts';
import { samplePlan, sampleScene, sampleScript } from './sample.ts';

/** All that the editor does with a text at every key stroke. */
function read(text: string): ParsedScript {
  const script = parseScript(text);
  reviewScript(script);
  return script;
}

/** What ordinary Markdown takes that needs the full parser, in milliseconds a kilobyte. */
const ordinary = Array.from(
  { length: 400 },
  (_, i) =>
    `A *keeper* climbs the ${i} [stairs](a).\tThe lamp is \`dead\`.\n\n- A ship of *${i}*.\n\n`,
).join('');
const ordinaryText = scriptWith({ body: ordinary });
let ordinaryMs = Infinity;

/** Attacks may take so many times as much, which no construct does that takes ever more of it. */
const patience = 12;

function assertQuick(text: string, what: string): ParsedScript {
  let script: ParsedScript | undefined;
  const work = (): void => void (script = read(text));
  // What a short one takes does not grow with it, the first use of a construct for one.
  const share = 0.1 + text.length / ordinaryText.length;
  const isQuick = cpuMs(work) <= ordinaryMs * share * patience;
  const times = isQuick
    ? 0
    : timesAsLong(work, () => void read(ordinaryText), share * patience) / share;
  assert.ok(
    times <= patience,
    `${what}: ${times.toFixed(0)} times as long as others of ${text.length} characters`,
  );
  return script ?? assert.fail();
}

describe('a text that was made to stop its reader', function () {
  // Each reads megabytes, and a machine may have other work to do.
  this.timeout(120_000);

  before(() => {
    for (let i = 0; i < 5; i++)
      ordinaryMs = Math.min(
        ordinaryMs,
        cpuMs(() => read(ordinaryText)),
      );
  });

  describe('in Markdown, takes no longer than others of its length:', () => {
    for (const [what, attack] of Object.entries(markdownAttacks)) {
      it(what, () => {
        for (const length of [16_000, 40_000]) {
          const body = attack(length);
          assertQuick(scriptWith({ body }), what);
          assertQuick(scriptWith({ outline: body }), what);
          assertQuick(scriptWith({ outline: `1. **a** · 8 s\n   ${body}` }), what);
          // The same in no script, where nothing is refused.
          assertQuick(`# a\n\n${body}`, what);
        }
      });
    }
  });

  describe('in Markdown that readers have stopped at, takes no longer than others of its length:', () => {
    for (const [what, attack] of Object.entries(reportedAttacks)) {
      it(what, () => {
        for (const length of [8000, 32_000]) {
          const body = attack(length);
          assertQuick(scriptWith({ body }), `${what}, in a scene`);
          assertQuick(scriptWith({ outline: body }), `${what}, in the outline`);
          assertQuick(scriptWith({ outline: `1. **a** · 8 s\n   ${body}` }), `${what}, in a beat`);
          const quote = body.replace(/^/gm, '> ');
          assertQuick(scriptWith({ body: quote }), `${what}, in a quote`);
          assertQuick(scriptWith({ yaml: body }), `${what}, in front matter`);
        }
      });
    }
  });

  it('in names, takes no longer than others of its length', () => {
    for (const length of [8000, 32_000, 128_000]) {
      const names = Array.from({ length: length / 40 }, (_, i) => `Name ${i}`);
      const yaml = `characters: [${names.join(', ')}]`;
      const outline = names.map((name) => `1. **a** · 8 s · ${name},\n   Name\n   b`).join('\n');
      const body = names.map((name) => `> **${name}x** (${name}): a\n`).join('\n');
      assertQuick(scriptWith({ yaml, outline }), 'beats with names');
      assertQuick(scriptWith({ yaml, body }), 'speakers');
    }
  });

  it('in signs between two words, takes no longer than others of its length', () => {
    for (const sign of [' ', '\u00a0', '\u200b', '\ufe0f', '\u00a0\u200b', '.', '- ']) {
      for (const length of [4000, 16_000]) {
        const words = `A${sign.repeat(length / sign.length)}B`;
        for (const body of [
          `> **${words}** b\n`,
          `> **${words}.** b\n`,
          `*Lamp room · night · ${words} · 8 s*\n`,
          `### ${words}\n\na\n`,
        ]) {
          assertQuick(scriptWith({ body }), JSON.stringify(`${body.slice(0, 12)}…`));
        }
      }
    }
  });

  describe('in front matter, takes no longer than others of its length:', () => {
    for (const [what, attack] of Object.entries({ ...yamlAttacks, ...reportedYamlAttacks })) {
      it(what, () => {
        for (const length of [600, 8000, 32_000, 128_000]) {
          assertQuick(scriptWith({ yaml: attack(length) }), what);
        }
      });
    }
  });

  it('is read in about the same time per character, whatever it is made of', () => {
    const construct = fc.constantFrom(
      ...[
        '- ',
        '* ',
        '> ',
        '1. ',
        '1) ',
        '#',
        '    ',
        '\t',
        '`',
        '```',
        '~~~',
        '<!--',
        '-->',
        '<a ',
      ],
      ...[
        '[',
        ']',
        '](',
        '![',
        '*',
        '**',
        '_',
        '\\',
        '&',
        '<',
        '===',
        '---',
        '\n',
        '\n\n',
        '\r',
        '\0',
      ],
      ...['## Scene 1: a\n', '> **A** (b): c\n', '<!-- scene: aaaaa1 -->\n', '[a]: b\n', 'word '],
    );
    assertQuickAll(construct, 10, (body) => scriptWith({ body }));
  });

  it('is read in about the same time per character, whatever its front matter is made of', () => {
    const construct = fc.constantFrom(
      ...[
        '- ',
        '? ',
        ': ',
        'a: ',
        '[',
        ']',
        '{',
        '}',
        ',',
        '&a ',
        '*a',
        '!a ',
        '"',
        "'",
        '|\n',
        '>\n',
      ],
      ...['# ', '\n', '\n  ', '\t', '%', '@', '...\n', '<<: ', 'word ', '\\', 'characters:\n'],
    );
    assertQuickAll(construct, 10, (yaml) => scriptWith({ yaml }));
  });

  /** Pieces of pieces, each repeated: as deep and as long as it gets. */
  function assertQuickAll(
    construct: fc.Arbitrary<string>,
    kilobytes: number,
    script: (text: string) => string,
  ): void {
    const piece = fc.array(construct, { minLength: 1, maxLength: 4 }).map((all) => all.join(''));
    const again = fc.tuple(piece, fc.integer({ min: 1, max: 200 }));
    const text = fc.array(again, { minLength: 1, maxLength: 4 }).map((all) => {
      const inner = all.map(([one, times]) => one.repeat(times)).join('');
      return repeated(inner, kilobytes * 1000);
    });
    fc.assert(
      fc.property(text, (inner) => {
        assertQuick(script(inner), JSON.stringify(inner.slice(0, 200)));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  }
});

describe('a script that is larger than any', function () {
  this.timeout(120_000);
  const beyond = ({ problems }: ParsedScript): string[] =>
    problems.filter(({ code }) => code === 'beyond-limits').map(({ message }) => message);

  it('is refused once, in words, where its front matter is nested too deeply', () => {
    const script = parseScript(scriptWith({ yaml: repeated('? ', 610) }));
    assert.deepEqual(beyond(script), [
      'The front matter is nested too deeply, so the document is not read as a script. Nothing was changed.',
    ]);
    assert.deepEqual(
      [script.isScript, script.scenes.length, script.problems.length],
      [false, 0, 1],
    );
  });

  it('is refused where it has more scenes, more text or more Markdown than any', () => {
    for (const body of [
      '## Scene: x\n\n'.repeat(limits.scenes + 1),
      'x\n\n'.repeat(limits.document / 3),
      '*a*\tb\n\n'.repeat(60_000),
    ]) {
      assert.equal(beyond(parseScript(scriptWith({ body }))).length, 1, body.slice(0, 10));
    }
  });

  it('is changed by no edit', () => {
    const script = parseScript(scriptWith({ yaml: repeated('[', 1000) }));
    const edits: ((of: ParsedScript) => readonly TextEdit[])[] = [
      renumberScenes,
      (of) => assignMissingIds(of, () => 'abcdef'),
      (of) => insertScenes(of, [sampleScene(0)]),
      (of) => replaceScene(of, sampleScene(0)),
      (of) => insertPlan(of, samplePlan(2), 'a model'),
    ];
    for (const edit of edits) {
      assert.throws(() => edit(script), { code: 'bad-script', message: beyond(script)[0] });
    }
  });

  it('never throws, also where it is 130,000 paragraphs or nested without end', () => {
    for (const text of [
      'a\tb\n\n'.repeat(130_000),
      'a\n\n'.repeat(130_000),
      'a\r\r'.repeat(130_000),
      '\n'.repeat(3_000_000),
      scriptWith({ body: '> **A**: b\n>\n'.repeat(130_000) }),
      scriptWith({ body: `*a · b · ${'x, '.repeat(200_000)} · 8 s*` }),
      scriptWith({ body: `## Outline\n\n${'1. a\n'.repeat(130_000)}` }),
      '['.repeat(200_000),
    ]) {
      assert.equal(read(text).text, text);
    }
  });

  it('costs nothing when it is none: only the front matter is looked at', () => {
    const changelog = Array.from(
      { length: 12_000 },
      (_, i) => `## 1.0.${i}\n\n- A change of *something* ([#${i}](https://a.b/${i}))\n\n`,
    ).join('');
    const documents = [
      changelog,
      `---\ntitle: scenewright\n---\n\n${changelog}`,
      `---\n\n${changelog}`,
    ];
    const took = cpuMs(() => {
      for (const text of documents) assert.equal(mayBeScript(text), false);
    });
    assert.ok(took < cpuMs(() => read(changelog.slice(0, 60_000))), `${took} ms`);
  });

  it('is one as soon as the front matter has the key, in whatever form', () => {
    for (const yaml of [
      'scenewright: 1',
      '"scenewright": 1',
      '{ scenewright: 1, title: a }',
      'a: b\nscenewright : 1',
    ]) {
      const text = `---\n${yaml}\n---\n\n# a\n`;
      for (const one of [text, `\ufeff${text}`, text.replaceAll('\n', '\r\n')]) {
        assert.deepEqual([mayBeScript(one), parseScript(one).isScript], [true, true], one);
      }
    }
  });
});

describe('a genuine script', () => {
  it('of 2,000 scenes is read whole, plain or with spaces, tabs and lists of the writer’s own', () => {
    const all = Array.from({ length: 2000 }, (_, i) => i);
    const plain = sampleScript(2000, all);
    const styles = [
      plain,
      plain.replaceAll('.\n', '.  \n'),
      plain.replace(/^Far out/gmu, '- Far\tout'),
      plain.replaceAll('\n', '\r\n'),
      plain.replace(/^(\s*)(\d+)\. /gmu, '$1$2) '),
      plain.replace(/^(\s+)Mara climbs/gmu, '$11986. Mara climbs'),
    ];
    for (const text of styles) {
      const { isScript, outline, scenes, beyond } = parseScript(text);
      assert.deepEqual(
        [isScript, outline.length, scenes.length, beyond],
        [true, 2000, 2000, undefined],
      );
      assert.ok(scenes.every(({ written, id }, i) => written && id === idOf(i)));
      assert.ok(outline.every(({ beat }) => beat.contract.exit === 'Mara at the window.'));
    }
  });

  it('loses nothing of what it has that is beyond our limits when it is edited', () => {
    const piece = fc.constantFrom(
      '- ',
      '> ',
      '* ',
      '1. ',
      '[',
      '*a ',
      '`a',
      '<a ',
      'a\tb\n\n',
      'a\n',
    );
    const odd = fc.array(fc.tuple(piece, fc.integer({ min: 1, max: 400 })), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(odd, (parts) => {
        const note = parts.map(([one, times]) => one.repeat(times)).join('');
        const start = sampleScript(4, [0, 2]);
        const at = start.indexOf('## Scene', start.indexOf('## Scene') + 1);
        const text = `${start.slice(0, at)}### Notes\n\n${note}x\n\n${start.slice(at)}`;
        const script = parseScript(text);
        const later = applyEdits(text, insertScenes(script, [1, 3].map(sampleScene)));
        const edited = applyEdits(
          later,
          replaceScene(parseScript(later), { ...sampleScene(2), sound: 'Rain.' }),
        );
        assert.ok(edited.includes(`### Notes\n\n${note}x\n`));
        assert.equal(parseScript(edited).scenes.length, 4);
        assert.ok(parseScript(edited).scenes.some(({ scene }) => scene.sound === 'Rain.'));
      }),
      { numRuns: 40 },
    );
  });
});
