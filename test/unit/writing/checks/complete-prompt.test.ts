import assert from 'node:assert/strict';
import type { Bible, Scene } from '../../../../src/script/script-model.ts';
import { pictureText } from '../../../../src/script/picture-text.ts';
import { withWholePrompt } from '../../../../src/writing/checks/complete-prompt.ts';
import { brief as someBrief } from '../writing-support.ts';

const brief = { ...someBrief, language: 'en', style: '' };

const bible: Bible = {
  characters: [
    {
      name: 'Mara',
      look: 'A woman of sixty with a grey braid and a yellow oilskin coat.',
      voice: '',
    },
    { name: 'Old Tom', look: 'a man of seventy with a white beard and a blue cap', voice: '' },
  ],
  places: [{ name: 'Lamp room', look: 'Round, of brass and glass, the light of the sea in it.' }],
};

const bare = 'Someone stands in a round room of brass and glass at night and looks out. Wide shot.';

function scene(changes: Partial<Scene> = {}): Scene {
  return {
    id: 'bbbbb6',
    title: 'The last steps',
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara'],
    action: 'She climbs the last steps and looks out at the sea.',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: bare,
    ...changes,
  };
}

const prompt = (changes: Partial<Scene>, of = brief, known = bible): string =>
  withWholePrompt(scene(changes), known, of).prompt;

describe('what a prompt lacks', () => {
  it('is put in from the bible: the look of everybody in the picture', () => {
    assert.equal(
      prompt({}),
      `${bare} Mara: A woman of sixty with a grey braid and a yellow oilskin coat.`,
    );
    assert.equal(
      prompt({ cast: ['Old Tom'], prompt: 'A figure on the stairs, seen from below' }),
      'A figure on the stairs, seen from below. Old Tom: a man of seventy with a white beard and a blue cap.',
    );
  });

  it('is not put in where it is there in other words, or nobody is in the picture', () => {
    for (const there of [`${bare} A braided head.`, `${bare} Her oilskins drip.`]) {
      assert.equal(prompt({ prompt: there }), there);
    }
    assert.equal(prompt({ cast: [] }), bare);
    assert.equal(prompt({ prompt: '' }), '');
  });

  it('is said once to the studio, which gets all looks in any case', () => {
    const whole = withWholePrompt(scene(), bible, brief);
    const sent = pictureText(whole, bible, brief.style);
    assert.equal(sent.split('grey braid').length, 2);
  });

  it('is the style where not a word of it is there', () => {
    const painted = { ...brief, style: 'watercolour, soft edges' };
    const shown = `${bare} A woman with a grey braid.`;
    assert.equal(prompt({ prompt: shown }, painted), `${shown} Style: watercolour, soft edges.`);
    const soft = `${shown} Softly lit, in watercolours.`;
    assert.equal(prompt({ prompt: soft }, painted), soft);
    const other = {
      ...brief,
      style: 'màu nước, ánh sáng ban mai dịu và những nét mềm của buổi sớm',
    };
    assert.equal(prompt({ prompt: shown }, other), shown, 'not the language of the prompt');
  });

  it('is not compared where looks are in another language than prompts', () => {
    const german: Bible = {
      characters: [
        { name: 'Mara', look: 'Sechzig, grauer Zopf, gelber Mantel, kantiges Gesicht.', voice: '' },
      ],
      places: [{ name: 'Lampenraum', look: 'Rund, aus Messing und Glas.' }],
    };
    assert.equal(prompt({}, { ...brief, language: 'de' }, german), bare);
    assert.match(prompt({}, { ...brief, language: 'de' }), /yellow oilskin coat\.$/);
  });

  it('is left to the model where the prompt itself has to be written again', () => {
    const vietnamese =
      'Một người phụ nữ đứng trong căn phòng tròn bằng đồng và kính vào ban đêm và nhìn ra ngoài biển, cảnh rộng.';
    assert.equal(prompt({ prompt: vietnamese }), vietnamese);
  });
});

describe('somebody who is not in the cast', () => {
  const action = 'Mara waits. Old Tom comes up the stairs and sits down beside her.';

  it('comes into it, with the look, where action and prompt both show them', () => {
    const drawn = `${bare} Mara in her oilskin coat, and Old Tom sits down beside her.`;
    const whole = withWholePrompt(scene({ action, prompt: drawn }), bible, brief);
    assert.deepEqual(whole.cast, ['Mara', 'Old Tom']);
    assert.match(whole.prompt, /Old Tom: a man of seventy with a white beard and a blue cap\.$/);
  });

  it('stays out of it where only the action speaks of them', () => {
    const drawn = `${bare} A woman with a grey braid.`;
    assert.deepEqual(withWholePrompt(scene({ action, prompt: drawn }), bible, brief).cast, [
      'Mara',
    ]);
  });
});
