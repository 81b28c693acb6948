import assert from 'node:assert/strict';
import { type LabelName, labelWords } from '../../../src/script/parse/label-table.ts';
import { wordsFor } from '../../../src/script/parse/label-words.ts';
import { labelKind } from '../../../src/script/parse/part-labels.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { Contract, Scene } from '../../../src/script/script-model.ts';

function sceneWith(body: string): Scene | undefined {
  return parseScript(`---\nscenewright: 1\n---\n\n## Scene 1\n\n${body}\n`).scenes[0]?.scene;
}

function contractWith(promise: string): Contract | undefined {
  const beat = `1. **One** · 8 s\n\n   - ${promise}`;
  return parseScript(`---\nscenewright: 1\n---\n\n## Outline\n\n${beat}\n`).outline[0]?.beat
    .contract;
}

describe('a label in any language', () => {
  const parts = ['narration', 'sound', 'action', 'dialogue', 'prompt'] as const;
  for (const name of parts)
    it(`says what follows it, however it is written: ${name}`, () => {
      for (const word of wordsFor(name))
        for (const label of [`**${word}:**`, `**${word.toUpperCase()}**：`, `__${word}__ :`]) {
          const scene = sceneWith(`${label} It rains.`);
          const told = name === 'dialogue' ? scene?.dialogue[0]?.line : scene?.[name];
          assert.equal(told, 'It rains.', label);
        }
    });

  it('may be somebody who tells it', () => {
    for (const word of wordsFor('teller'))
      assert.equal(sceneWith(`**${word}:** It rains.`)?.narration, 'It rains.', word);
  });

  for (const name of ['entry', 'exit', 'handOff'] as const)
    it(`says what a beat promises: ${name}`, () => {
      for (const word of wordsFor(name))
        for (const label of [`${word}:`, `**${word}**：`, `_${word.toUpperCase()}:_`])
          assert.equal(contractWith(`${label} Mara: wet`)?.[name], 'Mara: wet', label);
    });

  it('says that a beat goes on without a cut', () => {
    for (const words of Object.values<Partial<Record<LabelName, string>>>(labelWords)) {
      const [label = 'Continues'] = words.continues?.split('|') ?? [];
      for (const yes of words.yes?.split('|') ?? [])
        assert.equal(contractWith(`${label}: ${yes}`)?.continues, true, `${label}: ${yes}`);
    }
    for (const no of ['no', 'nein', '', 'not yet', 'Yuri', 'sinon'])
      assert.equal(contractWith(`Continues: ${no}`)?.continues, false, no);
  });

  it('is not taken for one where somebody has that name', () => {
    const read = (body: string, name: string): Scene | undefined =>
      parseScript(`---\nscenewright: 1\ncharacters: [${name}]\n---\n\n## Scene 1\n\n${body}\n`)
        .scenes[0]?.scene;
    for (const name of ['Son', 'Melody', 'Score', 'Hang', 'Prompt', 'Ton', 'Action'])
      for (const body of [`**${name}:** Dad!`, `> **${name.toUpperCase()}**: Dad!`])
        assert.deepEqual(
          read(body, name)?.dialogue,
          [{ speaker: name, tone: '', line: 'Dad!' }],
          body,
        );
    assert.equal(read('**Narrator:** It rains.', 'Narrator')?.narration, 'It rains.');
    // In a quote, it may be a son of whom the front matter does not know.
    assert.equal(sceneWith('> **SON**: Dad!')?.dialogue[0]?.speaker, 'SON');
  });

  it('says one thing only', () => {
    const all = (
      ['narration', 'sound', 'action', 'dialogue', 'prompt', 'seen', 'own'] as const
    ).flatMap((name) => wordsFor(name).map((word) => [word, name] as const));
    for (const [word, name] of all) assert.equal(labelKind(word), name, word);
    const promises = (['entry', 'exit', 'handOff', 'continues'] as const).flatMap((name) =>
      [...new Set(wordsFor(name))].map((word) => word),
    );
    assert.equal(new Set(promises).size, promises.length);
  });

  it('makes no promise of a numbered beat that is called so', () => {
    const { outline } = parseScript(
      '---\nscenewright: 1\n---\n\n## Gliederung\n\n1. Anfang: der Sturm\n2. Mitte: das Licht\n3. Ende: der Morgen\n',
    );
    assert.deepEqual(
      outline.map(({ beat }) => beat.title),
      ['Anfang: der Sturm', 'Mitte: das Licht', 'Ende: der Morgen'],
    );
  });
});
