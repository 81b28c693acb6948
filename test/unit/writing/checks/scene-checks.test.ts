import assert from 'node:assert/strict';
import type {
  Beat,
  Bible,
  Brief,
  DialogueLine,
  Scene,
} from '../../../../src/script/script-model.ts';
import { checkScene, type SceneFault } from '../../../../src/writing/checks/scene-checks.ts';
import type { SceneMaterial } from '../../../../src/models/writer-tasks.ts';
import { brief as someBrief } from '../writing-support.ts';
import { goodPrompt, tellings } from '../stories.ts';

const bible: Bible = {
  characters: [
    {
      name: 'Mara',
      look: 'A woman of sixty with a grey braid and a yellow oilskin coat.',
      voice: 'slow',
    },
    { name: 'Old Tom', look: 'A man of seventy with a white beard and a blue cap.', voice: '' },
    { name: 'Rose', look: 'A girl of twelve in a red dress with black shoes.', voice: '' },
  ],
  places: [
    { name: 'Lamp room', look: 'Round, of brass and glass, the light of the sea in it.' },
    { name: "Tom's Diner", look: 'Chrome and red leather.' },
  ],
};

const outline: readonly Beat[] = Array.from({ length: 6 }, (_, i) => ({
  id: `bbbbb${i + 1}`,
  title: `Beat ${i + 1}`,
  seconds: 8,
  place: 'Lamp room',
  time: 'night',
  cast: ['Mara'],
  summary:
    ['She comes up', 'They quarrel', 'A ship calls', 'Oil runs out', 'It rains', 'Dawn'][i] ?? '',
  contract: { entry: '', exit: '', handOff: '', continues: false },
}));

function scene(changes: Partial<Scene> = {}): Scene {
  return {
    id: 'bbbbb6',
    title: 'The last steps',
    seconds: 8,
    place: 'Lamp room',
    time: 'night',
    cast: ['Mara'],
    action: tellings.en?.action ?? '',
    dialogue: [],
    narration: '',
    sound: '',
    prompt: goodPrompt,
    ...changes,
  };
}

function speech(speaker: string, line: string, tone = ''): DialogueLine {
  return { speaker, tone, line };
}

function check(
  one: Scene,
  changes: { language?: string; finished?: readonly Scene[]; bible?: Bible } & Partial<Brief> = {},
  beat: Partial<Beat> = {},
): SceneFault[] {
  const { finished = [], bible: known = bible, ...brief } = changes;
  const own = { ...outline[5], ...beat } as Beat;
  const material: SceneMaterial = {
    brief: { ...someBrief, idea: 'A lighthouse.', instructions: '', language: 'en', ...brief },
    title: 'The lamp',
    logline: '',
    bible: known,
    outline: outline.with(5, own),
    beat: own,
    finished,
  };
  return checkScene(one, material);
}

function kinds(faults: readonly SceneFault[]): string[] {
  return faults.map(({ kind }) => kind);
}

describe('the check of a scene', () => {
  for (const [language, { action, line }] of Object.entries(tellings)) {
    it(`has nothing against a good scene in ${language}`, () => {
      const good = scene({ action, dialogue: [speech('Mara', line)] });
      assert.deepEqual(check(good, { language }), []);
    });
  }

  it('notices the wrong language, part by part, and says which is right', () => {
    const english = scene({ dialogue: [speech('Mara', tellings.en?.line ?? '')] });
    const [first, second, ...more] = check(english, { language: 'vi' });
    assert.ok(first && second);
    assert.equal(first.message, 'Its title and action are in English and not in Vietnamese.');
    assert.match(first.complaint, /have to be in Vietnamese \(vi\), not in English/);
    assert.match(second.message, /^Its dialogue and narration are in English/);
    assert.deepEqual(more, []);
    const half = scene({ action: tellings.vi?.action ?? '', narration: tellings.en?.line ?? '' });
    assert.match(check(half, { language: 'vi' })[0]?.message ?? '', /^Its dialogue and narration/);
  });

  it('lets a language pass that the writer has spoken of', () => {
    const faults = (instructions: string): string[] =>
      kinds(check(scene(), { language: 'de', instructions }));
    assert.deepEqual(faults('The tourists speak English.'), []);
    assert.deepEqual(faults(''), ['language']);
  });

  it('notices a prompt that is not in English', () => {
    const { action = '' } = tellings.vi ?? {};
    const [fault] = check(scene({ action, prompt: action }), { language: 'vi' });
    assert.match(fault?.complaint ?? '', /prompt has to be in English, not in Vietnamese/);
  });

  for (const [language, { action, line }] of Object.entries(tellings)) {
    it(`notices a scene that is told again in ${language}`, () => {
      const before = scene({ id: 'bbbbb2', action, dialogue: [speech('Mara', line)] });
      // A word or two are different, as when a model writes the same thing twice.
      const again = scene({
        action: action.replace(/[.。]$/u, '').replace('Mara', 'Tom'),
        dialogue: [speech('Mara', `${line} …`)],
      });
      const faults = check(again, { language, finished: [before] });
      assert.deepEqual(
        kinds(faults).filter((kind) => kind === 'duplicate'),
        ['duplicate'],
      );
      assert.equal(faults[0]?.message, 'It tells scene 2 again.');
    });
  }

  it('notices a long line that somebody has said before, and lets refrains pass', () => {
    const line = tellings.en?.line ?? '';
    const before = scene({
      id: 'bbbbb3',
      action: 'A horn sounds. Nobody moves. The window is white with salt and the clock stands.',
      dialogue: [speech('Mara', 'Not tonight.'), speech('Mara', line)],
    });
    const [fault, ...more] = check(scene({ narration: `${line} So she says.` }), {
      finished: [before],
    });
    assert.equal(fault?.message, `It repeats what is said in scene 3: “${line}”`);
    assert.deepEqual(more, []);
    const refrain = scene({ dialogue: [speech('Mara', 'Not tonight.')] });
    assert.deepEqual(check(refrain, { finished: [before] }), []);
  });

  it('does not blame a scene for what the plan asks for twice, nor compare it with itself', () => {
    const before = scene({ id: 'bbbbb2' });
    assert.deepEqual(check(scene(), { finished: [before] }, { summary: 'They quarrel' }), []);
    assert.deepEqual(check(scene(), { finished: [scene()] }), []);
  });

  it('stays apart in a long script of scenes that are alike without being the same', () => {
    const places = ['stairs', 'gallery', 'store', 'harbour', 'kitchen', 'boat'];
    const things = ['lamp', 'rope', 'letter', 'kettle', 'coat', 'map', 'bell'];
    const finished = Array.from({ length: 450 }, (_, i) =>
      scene({
        id: `c${String(i).padStart(5, '0')}`,
        action: `Mara goes to the ${places[i % 6]} with the ${things[i % 7]}. She counts to ${i}, then looks at ${places[(i * 5 + 1) % 6]} ${i * 3} and puts the ${things[(i * 3 + 2) % 7]} down.`,
      }),
    );
    assert.deepEqual(check(scene(), { finished }), []);
  });

  it('notices speakers whom the bible does not have', () => {
    const faults = check(
      scene({ dialogue: [speech('Conductor', 'Tickets!'), speech('Conductor', 'You too.')] }),
    );
    assert.deepEqual(kinds(faults), ['newcomer']);
    assert.match(faults[0]?.complaint ?? '', /"Conductor" speaks.*Mara, Old Tom, Rose/);
  });

  it('knows voices, shortened names and people who speak together', () => {
    for (const speaker of [
      ...['Narrator', 'Voice-over', 'V.O.', 'RADIO', 'Người kể chuyện', 'Erzählerin', 'ナレーター'],
      ...['Tom', 'MARA (V.O.)', 'Mara and Old Tom', 'Mara & Tom', 'Рассказчик', 'Narrateur', ''],
    ]) {
      assert.deepEqual(check(scene({ dialogue: [speech(speaker, 'Yes.')] })), [], speaker);
    }
  });

  it('notices characters in the action who are not in the cast', () => {
    const faults = (action: string, beat: Partial<Beat> = {}): SceneFault[] =>
      check(scene({ action }), {}, beat);
    const [fault] = faults('Mara waits. Old Tom comes up the stairs and sits down beside her.');
    assert.equal(fault?.message, 'Its action shows Old Tom, who is not in its cast.');
    assert.match(fault.complaint, /not in the cast of this beat\. Seen are: Mara\./);
    assert.deepEqual(faults("Mara puts on Old Tom's cap and turns to the window."), [], 'a thing');
    assert.deepEqual(faults("The lights of Tom's Diner go out across the bay."), [], 'a place');
    assert.deepEqual(faults('A rose lies on the sill. The sun rose an hour ago.'), [], 'a word');
    const planned = { summary: 'She looks at the picture of Old Tom.' };
    assert.deepEqual(faults('Mara holds the picture of Old Tom to the light.', planned), []);
    const japanese: Bible = { ...bible, characters: [{ name: '健太', look: '', voice: '' }] };
    const seen = check(scene({ action: '健太が階段を上ってくる。', cast: [] }), {
      language: 'ja',
      bible: japanese,
    });
    assert.deepEqual(kinds(seen), ['cast']);
  });

  const tooMuch: readonly (readonly [string, string])[] = [
    ['en', 'words'],
    ['vi', 'words'],
    ['de', 'words'],
    ['ar', 'words'],
    ['ru', 'words'],
    ['ja', 'characters'],
    ['zh-Hans', 'characters'],
  ];
  for (const [language, unit] of tooMuch) {
    it(`notices words that do not fit into their seconds in ${language}`, () => {
      const { action = '', line = '' } = tellings[language] ?? {};
      const faults = check(scene({ action, dialogue: [speech('Mara', line)], narration: action }), {
        language,
      });
      assert.deepEqual(kinds(faults), ['spoken']);
      assert.match(
        faults[0]?.message ?? '',
        /^Its words take about \d+ s to speak, and it lasts 8 s/,
      );
      const [, has, most] =
        /have (\d+) \w+ and .* Cut them to (\d+) \w+ at most/.exec(faults[0]?.complaint ?? '') ??
        [];
      assert.ok(Number(most) < Number(has) && Number(most) > 0);
      assert.ok(faults[0]?.complaint.includes(`${most} ${unit} at most`));
    });
  }
});
