import assert from 'node:assert/strict';
import type { Brief } from '../../../src/script/script-model.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { briefOf, plan } from './offline-helpers.ts';
import { outlineOfDocument, wholeDocument } from './whole-document.ts';

const ideas: readonly Partial<Brief>[] = [
  {},
  { idea: '7 habits of calm people', structure: 'list' },
  { idea: 'how vaccines work', structure: 'explainer' },
  { idea: 'A cat looks for a warm place' },
  { idea: 'An empty city at dawn, no people' },
  { idea: 'Ein Bäcker findet einen Brief', language: 'de' },
  { idea: 'Un pescador encuentra una carta en el mar', language: 'es' },
  { idea: '5 habitudes pour mieux dormir', language: 'fr', structure: 'list' },
  { idea: 'Hai chị em tìm thấy một bức thư cũ trong quán phở của bà ngoại', language: 'vi' },
];

const lengths = [22, 90, 450];

describe('a whole document by the offline writer', () => {
  for (const scenes of lengths) {
    it(`is mostly its scenes: the outline takes up a fifth of ${scenes} at most`, async () => {
      const shares: number[] = [];
      // A long one takes a while.
      for (const idea of scenes > 200 ? ideas.filter((_, i) => i % 2 === 0) : ideas) {
        const text = await wholeDocument(idea, scenes);
        const share = outlineOfDocument(text).length / text.length;
        assert.ok(share < 0.22, `${idea.idea ?? ''}: ${share.toFixed(3)}`);
        shares.push(share);
      }
      const mean = shares.reduce((sum, share) => sum + share) / shares.length;
      assert.ok(mean < 0.2, mean.toFixed(3));
    });
  }

  it('is no wider than 80 columns and has no line of nothing but spaces', async () => {
    for (const idea of ideas) {
      const text = await wholeDocument(idea, 22);
      for (const line of text.slice(text.indexOf('\n# ') + 1).split('\n')) {
        // A heading is on one line, however long.
        if (/^#+ /u.test(line)) continue;
        assert.ok(Array.from(line).length <= 80, line);
        assert.ok(!/^\s+$|\S\s+$/u.test(line), JSON.stringify(line));
        assert.ok(!/^\s*(?:[?!:;»]|-->)/u.test(line), `a mark alone: ${line}`);
      }
    }
  });

  it('has quotation marks and apostrophes as its language has them', async () => {
    for (const [idea, language, pattern] of [
      ['Ein Bäcker findet einen Brief', 'de', /„Ein Bäcker findet einen Brief“/u],
      ['Un boulanger trouve une lettre', 'fr', /«\sUn\sboulanger\strouve\sune\slettre\s»/u],
      ['Un panadero encuentra una carta', 'es', /«Un\spanadero\sencuentra\suna\scarta»/u],
    ] as const) {
      const text = await wholeDocument({ idea, language }, 22);
      assert.match(text, pattern);
      const body = text.slice(text.indexOf('\n# ')).replace(/```[^]*?```/gu, '');
      assert.doesNotMatch(body, /\p{L}'\p{L}/u);
    }
  });

  it('is shot in another way in each scene, and nobody over a shoulder who is alone', async () => {
    for (const idea of ideas) {
      const { scenes } = parseScript(await wholeDocument(idea, 37));
      const shots = scenes.map(({ scene }) => scene.prompt.split('. ')[0] ?? '');
      const again = shots.filter((shot, i) => shot === shots[i - 1]);
      assert.ok(again.length <= 6, again.join('\n'));
      for (const [i, { scene }] of scenes.entries()) {
        if (scene.cast.length > 1) continue;
        assert.doesNotMatch(shots[i] ?? '', /two-shot|shoulder/iu);
      }
    }
  });

  it('says in its outline nothing twice that a beat has in common with the one before', async () => {
    for (const idea of ideas) {
      const { outline } = parseScript(await wholeDocument(idea, 90));
      let goOn = 0;
      for (const [i, { beat, goesOn }] of outline.entries()) {
        const before = outline[i - 1]?.beat;
        assert.equal(goesOn, beat.contract.continues, beat.title);
        if (!goesOn) continue;
        goOn++;
        assert.deepEqual([beat.place, beat.time], [before?.place, before?.time]);
      }
      assert.ok(goOn > 10, String(goOn));
    }
  });

  it('has titles without a place or time of day, which stand beside them', async () => {
    for (const idea of ideas) {
      for (const { title, place, time } of (await plan(briefOf(idea), 450)).beats) {
        assert.ok(!title.includes(`: ${place}`), title);
        assert.ok(!title.endsWith(`, ${time ?? ''}`), title);
      }
    }
  });
});
