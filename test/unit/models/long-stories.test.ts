import assert from 'node:assert/strict';
import { outlineOfDocument, wholeDocument } from './whole-document.ts';
import { briefOf, plan, script } from './offline-helpers.ts';

/** Ideas without people, which have few turns to tell of, in all languages. */
const ideas = [
  ['A cat looks for a warm place', 'en'],
  ['Eine Katze sucht einen warmen Platz', 'de'],
  ['Un gato busca un lugar cálido', 'es'],
  ['Un chat cherche un endroit chaud', 'fr'],
  ['Một chú mèo đi lạc', 'vi'],
  ['A paper boat travels from a gutter to the sea', 'en'],
  ['An empty city at dawn, no people', 'en'],
  ['Ein leerer Bahnhof ohne Menschen', 'de'],
  ['Una calle sin gente', 'es'],
  ['Une plage en hiver, sans personnages', 'fr'],
  ['Một khu chợ không người', 'vi'],
] as const;

/** The share of texts that occur more than once. */
function repeated(texts: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return texts.filter((text) => (counts.get(text) ?? 0) > 1).length / texts.length;
}

function sentencesOf(text: string): string[] {
  return text
    .replace(/\[[^\]]*\]/gu, '')
    .split(/(?<=[.!?…])\s+|\n+/u)
    .filter((sentence) => sentence.trim() !== '');
}

describe('an hour without people', () => {
  for (const [idea, language] of ideas) {
    it(`hardly says anything twice: ${idea}`, async () => {
      const { outline, scenes, tasks } = await script(briefOf({ idea, language }), 450);
      const actions = scenes.flatMap(({ action }) => sentencesOf(action));
      assert.ok(actions.length > 900);
      assert.ok(repeated(actions) < 0.1, String(repeated(actions)));
      assert.equal(new Set(outline.map(({ summary }) => summary)).size, 450);
      const sounds = scenes.flatMap(({ sound = '' }) => (sound === '' ? [] : [sound]));
      if (sounds.length > 0) assert.ok(new Set(sounds).size > 150, String(new Set(sounds).size));
      // Each is found again from its beat alone.
      for (const [i, { beat }] of tasks.entries())
        assert.ok(!(scenes[i]?.action ?? '').startsWith(beat.summary), beat.summary);
    });
  }

  for (const [idea, language] of [
    ['A cat chases a reflection', 'en'],
    ['A knot and a fold of cloth, no people', 'en'],
    ['Un gato sigue un reflejo', 'es'],
  ] as const) {
    it(`is found again where the idea itself is of such things: ${idea}`, async () => {
      const { scenes, tasks } = await script(briefOf({ idea, language }), 12);
      for (const [i, { beat }] of tasks.entries())
        assert.ok(!(scenes[i]?.action ?? '').startsWith(beat.summary), beat.summary);
    });
  }

  for (const [idea, language] of ideas.filter((_, i) => i < 5)) {
    it(`has an outline that is a fifth of it: ${idea}`, async () => {
      const text = await wholeDocument({ idea, language }, 450);
      const share = outlineOfDocument(text).length / text.length;
      assert.ok(share < 0.21, share.toFixed(3));
    });
  }

  it('tells no two beats in the same words, however long it is', async () => {
    const { beats } = await plan(briefOf({ idea: 'A cat looks for a warm place' }), 1350);
    assert.equal(new Set(beats.map(({ summary }) => summary)).size, 1350);
  });

  it('is the same thing in the picture as in the words', async () => {
    const idea = 'Eine Katze sucht einen warmen Platz';
    const { scenes } = await script(briefOf({ idea, language: 'de' }), 300);
    const tangles = scenes.filter(({ action }) => action.includes('ein Knäuel Schnur'));
    const pictured = tangles.filter(({ action }) => /^[^.]*ein Knäuel Schnur/u.test(action));
    assert.ok(pictured.length > 0);
    for (const { prompt } of pictured) assert.match(prompt, /a tangle of string/u);
  });
});
