import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { moveScene } from '../../../src/script/edits/scenes/move-scene.ts';
import { renumberScenes } from '../../../src/script/edits/scenes/renumber-scenes.ts';
import { replaceScene } from '../../../src/script/edits/replace-scene.ts';
import { tieScenes } from '../../../src/script/edits/tie-scenes.ts';
import { normalisePlan, normaliseScene } from '../../../src/script/normalise-scene.ts';
import { type LabelLanguage, labelWords } from '../../../src/script/parse/label-table.ts';
import { labelLanguage, wordsFor } from '../../../src/script/parse/label-words.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { plainSceneHeading } from '../../../src/script/parse/scene-heading.ts';
import { fixesFor } from '../../../src/script/problems/fixes.ts';
import { editsOf } from '../../../src/script/problems/fix-edits.ts';
import { reviewScript } from '../../../src/script/problems/review-script.ts';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import type { Beat, Scene } from '../../../src/script/script-model.ts';
import { plan, scenes } from './arbitraries.ts';
import { sampleBrief, samplePlan, sampleScene } from './sample.ts';

const languages = Object.keys(labelWords) as LabelLanguage[];

function begun(language: string): string {
  return renderNewScript({ ...sampleBrief, language }, 'Lamp');
}

function scriptIn(language: string, count = 3): string {
  const start = begun(language);
  const planned = applyEdits(start, insertPlan(parseScript(start), samplePlan(count), ''));
  const written = Array.from({ length: count }, (_, i) => sampleScene(i));
  return applyEdits(planned, insertScenes(parseScript(planned), written));
}

/** Everything behind the front matter. */
function bodyOf(text: string): string {
  return text.slice(text.indexOf('\n---\n') + 5);
}

function changed(
  text: string,
  edits: (
    script: ReturnType<typeof parseScript>,
  ) => readonly { start: number; end: number; text: string }[],
): string {
  return applyEdits(text, edits(parseScript(text)));
}

describe('a script in any language', () => {
  for (const language of languages) {
    it(`reads back as it was written: ${language}`, () => {
      fc.assert(
        fc.property(plan, scenes({ min: 1, max: 3 }), (story, given) => {
          const start = begun(language);
          const planned = changed(start, (script) => insertPlan(script, story, ''));
          const before = parseScript(planned);
          assert.deepEqual(
            before.outline.map(({ beat }) => beat),
            normalisePlan(story).outline,
          );
          const text = changed(planned, (script) => insertScenes(script, given));
          const after = parseScript(text);
          assert.deepEqual(
            after.scenes.map(({ scene }) => scene),
            given.map((scene) => normaliseScene(scene, before.bible)),
          );
          assert.deepEqual(insertScenes(after, given), [], 'twice is once');
        }),
        { numRuns: 15 },
      );
    });

    it(`has none of its labels in English, and no problem: ${language}`, () => {
      const text = scriptIn(language);
      const { outline, scenes: read, problems } = parseScript(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        outline.map(({ beat }) => beat),
        samplePlan(3).outline.map((beat, i): Beat => ({
          ...beat,
          contract: { ...beat.contract, continues: i === 1 },
        })),
      );
      assert.deepEqual(
        read.map(({ scene }) => scene),
        [0, 1, 2].map(sampleScene),
      );
      for (const name of ['outline', 'narration', 'sound', 'entry', 'exit', 'handOff'] as const) {
        const [own = ''] = wordsFor(name, language);
        assert.ok(bodyOf(text).includes(own), own);
        if (language === 'en') continue;
        for (const english of wordsFor(name, 'en').slice(0, 1)) {
          if (own !== english) assert.ok(!bodyOf(text).includes(english), english);
        }
      }
      for (const { section } of read) {
        const heading = plainSceneHeading(section.content.heading.raw);
        assert.match(heading?.title ?? '', /^Beat \d$/u);
      }
    });

    it(`is numbered in its own words where a scene is moved: ${language}`, () => {
      const after = parseScript(
        changed(scriptIn(language), (script) => moveScene(script, 0, 2) ?? []),
      );
      assert.deepEqual(
        after.scenes.map(({ number, scene }) => [number, scene.title]),
        [
          [1, 'Beat 2'],
          [2, 'Beat 3'],
          [3, 'Beat 1'],
        ],
      );
    });

    it(`is read without its numbers, and gets them: ${language}`, () => {
      const text = scriptIn(language);
      const bare = text.replace(/^## .*Beat (\d)$/gmu, (_, number: string) => {
        const [form = ''] = wordsFor('scene', language).filter((one) => !one.startsWith('#'));
        return `## ${form.replace('#', '').trim()}: Beat ${number}`;
      });
      assert.notEqual(bare, text);
      for (const [script, numbers] of [
        [bare, [undefined, undefined, undefined]],
        [changed(bare, renumberScenes), [1, 2, 3]],
      ] as const)
        assert.deepEqual(
          parseScript(script).scenes.map(({ number, scene }) => [number, scene.title]),
          numbers.map((number, i) => [number, `Beat ${i + 1}`]),
        );
    });

    it(`is numbered anew in its own words: ${language}`, () => {
      const text = scriptIn(language);
      const second = parseScript(text).scenes[1];
      const cut = text.slice(0, second?.span.start) + text.slice(second?.span.end);
      const after = changed(cut, renumberScenes);
      assert.equal(bodyOf(after).replace('2', '3').length, bodyOf(cut).length);
      assert.deepEqual(
        parseScript(after).scenes.map(({ number, scene }) => [number, scene.title]),
        [
          [1, 'Beat 1'],
          [2, 'Beat 3'],
        ],
      );
    });

    it(`gets a heading back that it has lost: ${language}`, () => {
      const text = scriptIn(language);
      const { heading } = parseScript(text).scenes[1] ?? assert.fail();
      const cut = text.slice(0, heading.start) + text.slice(heading.end + 1);
      assert.equal(changed(cut, tieScenes), text);
    });
  }

  it('may be named by any tag of it', () => {
    for (const [tag, language] of [
      ['de-AT', 'de'],
      ['pt-BR', 'pt'],
      ['nb', 'no'],
      ['nn-NO', 'no'],
      ['zh-CN', 'zh'],
      ['zh-TW', 'zh-Hant'],
      ['zh-Hant-HK', 'zh-Hant'],
      ['zh-HK', 'zh-Hant'],
      ['iw', 'he'],
      ['eu', undefined],
      ['what they speak at sea', undefined],
      ['', undefined],
    ] as const)
      assert.equal(labelLanguage(tag), language, tag);
    assert.match(bodyOf(scriptIn('eu')), /## Outline[^]*## Scene 1: [^]*\*\*Narration:\*\*/u);
  });

  it('has colons and parentheses as its language sets them', () => {
    assert.match(
      bodyOf(scriptIn('fr')),
      /^## Scène 1\u00a0: Beat 1$[^]*^> \*\*MARA\*\* \(whispering\)\u00a0: Not[^]*^\*\*Narration\u00a0:\*\* Nobody/mu,
    );
    assert.match(
      bodyOf(scriptIn('ja')),
      /^## シーン1：Beat 1$[^]*^> \*\*MARA\*\*（whispering）：Not[^]*^\*\*ナレーション\*\*：Nobody/mu,
    );
    assert.match(bodyOf(scriptIn('hu')), /^## 1\. jelenet: Beat 1$/mu);
  });
});

describe('the words that a script has already', () => {
  const written: Scene = { ...sampleScene(0), narration: 'Another.', sound: 'A bell.' };

  it('go on, whatever its language says', () => {
    const english = scriptIn('en', 2);
    for (const language of ['de', 'fr', 'ja']) {
      const text = english.replace('language: en', `language: ${language}`);
      const more = changed(text, (script) =>
        insertScenes(script, [{ ...sampleScene(7), questions: ['Who?'] }]),
      );
      assert.ok(more.startsWith(text.trimEnd()));
      const added = more.slice(text.trimEnd().length);
      assert.match(
        added,
        /^\n\n## Scene 3: Beat 8\n[^]*\*\*MARA\*\* \(whispering\): [^]*\*\*Narration:\*\* [^]*\*\*Sound:\*\* /u,
      );
      assert.match(added, /<!-- To do: Who\? -->/u);
      const planned = changed(text, (script) => insertPlan(script, samplePlan(3), ''));
      assert.match(planned, /3\. \*\*Beat 3\*\*[^]*- Enters: [^]*- Leaves: [^]*- Hand-off: /u);
    }
  });

  it('are those that most of it has', () => {
    const text = scriptIn('de', 3)
      .replaceAll('## Szene ', '## AUFTRITT ')
      .replace('**Erzählstimme:**', '**Sprecher:**')
      .replaceAll('**Ton:**', '**Musik:**')
      .replaceAll(/## AUFTRITT (\d): /gu, '## SZENE $1 – ');
    const more = changed(text, (script) => insertScenes(script, [sampleScene(7)]));
    const added = more.slice(text.trimEnd().length);
    assert.match(added, /^\n\n## SZENE 4 – Beat 8\n[^]*\*\*Erzählstimme:\*\* [^]*\*\*Musik:\*\* /u);
  });

  it('tell the language of the others', () => {
    const head = '---\nscenewright: 1\nlanguage: en\n---\n\n';
    for (const [body, label] of [
      ['## Szene 1: A\n\n**Erzähler:** Es regnet.\n', '**Ton:** '],
      ['## Scène 1 : A\n\n**Voix off :** Il pleut.\n', '**Son\u00a0:** '],
      ['## 场景 1：A\n\n**旁白**：下雨了。\n', '**声音**：'],
      ['## Scene 1: A\n\n**Erzähler:** Es regnet.\n', '**Sound:** '],
    ] as const) {
      const more = changed(head + body, (script) => insertScenes(script, [sampleScene(7)]));
      assert.ok(more.includes(`\n${label}`), more);
    }
  });

  it('stay in a scene that is written anew, and all else with them', () => {
    for (const [language, own, other] of [
      ['de', '**Erzähler:**', '**Ton:**'],
      ['de', '**Narration:**', '**Sound:**'],
      ['fr', '**Voix off:**', '**Musique:**'],
      ['zh', '**解说**：', '**音乐**：'],
    ] as const) {
      const [narration = '', sound = ''] = ['narration', 'sound'].map(
        (name) => wordsFor(name as 'narration', language)[0] ?? '',
      );
      const whole = scriptIn(language);
      const [first] = parseScript(whole).scenes;
      const end = first?.span.end ?? 0;
      const scene = whole
        .slice(0, end)
        .replace(new RegExp(`\\*\\*${narration}[^A-Z]*`, 'u'), `${own} `)
        .replace(new RegExp(`\\*\\*${sound}[^A-Z]*`, 'u'), `${other} `);
      const text = scene + whole.slice(end);
      const wide = own.endsWith('：') ? '' : ' ';
      const after = changed(text, (script) => replaceScene(script, written));
      assert.equal(
        after,
        scene
          .replace(/(?<=.)Nobody had seen the lamp go out before\./u, 'Another.')
          .replace('Wind, a far horn.', 'A bell.')
          .replace(`${own} `, own.replace(/:\*\*$/u, language === 'fr' ? ':**' : ':**') + wide)
          .replace(`${other} `, other + wide) + whole.slice(end),
      );
    }
  });

  it('are those of what is put into the form of scripts', () => {
    const [text, form] = [scriptIn('de'), '<p><b>Narration:</b> It rains.</p>'];
    const end = parseScript(text).scenes[0]?.span.end ?? 0;
    const script = parseScript(`${text.slice(0, end)}${form}\n\n${text.slice(end)}`);
    const [problem] = reviewScript(script).filter(({ code }) => code.startsWith('un'));
    const [fix] = problem ? fixesFor(problem, [8], script.bible) : [];
    const after = fix ? applyEdits(script.text, editsOf(script, fix)) : '';
    assert.match(after, /^\*\*Erzählstimme:\*\* It rains\.$/mu);
  });

  it('give way where somebody is called so', () => {
    const text = begun('fr').replace('\n---\n\n#', '\ncharacters: [Son]\n---\n\n#');
    const more = changed(text, (script) => insertScenes(script, [sampleScene(0)]));
    assert.equal(parseScript(more).scenes[0]?.scene.sound, 'Wind, a far horn.');
    assert.match(more, /^\*\*Sons\u00a0:\*\* Wind/mu);
  });
});

describe('a question to the writer', () => {
  for (const language of languages)
    it(`is one in any language: ${language}`, () => {
      const asked = { ...sampleScene(0), questions: ['What does Mara want?'] };
      const text = changed(begun(language), (script) => insertScenes(script, [asked]));
      assert.deepEqual(parseScript(text).scenes[0]?.scene, asked);
      const [word = ''] = wordsFor('question', language);
      assert.ok(text.includes(`\n<!-- ${word}`), text);
    });
});
