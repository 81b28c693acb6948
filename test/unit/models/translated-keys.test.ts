import assert from 'node:assert/strict';
import { InvalidAnswer } from '../../../src/models/answer-errors.ts';
import {
  actsAnswerSchema,
  answerSchema,
  coreAnswerSchema,
  sceneAnswerSchema,
} from '../../../src/models/answer-schemas.ts';
import { parseAnswer } from '../../../src/models/language-model/answer-reading.ts';
import { brief, planOf } from '../writing/writing-support.ts';

const scene = {
  title: 'Das Licht',
  action: 'Mara steigt die Treppe hinauf.',
  dialogue: [{ speaker: 'Mara', tone: 'leise', line: 'Noch nicht.' }],
  narration: 'Es war spät.',
  sound: 'Wind.',
  prompt: 'Eine Frau mit grauem Zopf.',
};

const read = (answer: unknown): unknown => parseAnswer(JSON.stringify(answer), sceneAnswerSchema);

const lines = [{ sprecher: 'Mara', tonfall: 'leise', zeile: 'Noch nicht.' }];

const whole = {
  titel: scene.title,
  handlung: scene.action,
  dialoge: lines,
  erzähler: scene.narration,
  klang: scene.sound,
  bildbeschreibung: scene.prompt,
};

describe('an answer whose keys are in the language of the story', () => {
  it('is read in the order in which it was asked for', () => {
    assert.deepEqual(read(whole), scene);
    assert.deepEqual(read({ szene: whole }), scene);
    const { title, action, narration, sound, prompt } = scene;
    const texts = { 标题: title, 动作: action, 对白: lines, 旁白: narration, 声音: sound };
    assert.deepEqual(read({ ...texts, 提示词: prompt }), scene);
  });

  it('is read where some keys are named as asked, in their places', () => {
    const { bildbeschreibung: prompt, ...others } = whole;
    assert.deepEqual(read({ ...others, prompt }), scene);
    const { titel: title, ...rest } = whole;
    assert.deepEqual(read({ Title: title, ...rest }), scene);
  });

  it('is read where what may be left out is, if only one reading is left', () => {
    const { titel, handlung, dialoge, bildbeschreibung } = whole;
    const few = read({ titel, handlung, dialoge, bildbeschreibung });
    assert.deepEqual(few, { ...scene, narration: null, sound: null });
    const nulls = { ...whole, erzähler: null, klang: null };
    assert.deepEqual(read(nulls), { ...scene, narration: null, sound: null });
  });

  it('is asked for again where there is more than one reading', () => {
    const { klang, ...oneOfTwo } = whole;
    const { titel, ...rest } = whole;
    for (const doubtful of [
      // Narration, or sound?
      oneOfTwo,
      // In an order of its own.
      { ...rest, titel },
      { klang, ...oneOfTwo },
      // What is one too many?
      { ...whole, anmerkung: 'Gern geschehen.' },
    ]) {
      assert.throws(() => read(doubtful), InvalidAnswer, Object.keys(doubtful).join(', '));
    }
  });

  it('is no answer with all its names that has something more', () => {
    const { title, ...rest } = scene;
    assert.deepEqual(read({ kamera: 'Langsamer Schwenk.', ...rest }), { ...rest, title: '' });
    assert.equal(title, scene.title);
  });

  it('is not seen in what names people in the place of keys', () => {
    const dialogue = { Mara: 'Noch nicht.', Tom: 'Doch.' };
    assert.deepEqual(read({ ...scene, dialogue }), {
      ...scene,
      dialogue: [
        { speaker: 'Mara', tone: null, line: 'Noch nicht.' },
        { speaker: 'Tom', tone: null, line: 'Doch.' },
      ],
    });
  });

  it('is read of every kind that planning asks for', () => {
    const figur = { name: 'Mara', aussehen: 'Sechzig, grauer Zopf.', stimme: 'Langsam.' };
    const ort = { name: 'Leuchtturm', aussehen: 'Rund, aus Messing.' };
    const core = {
      titel: 'Das Licht',
      kurzfassung: 'Ein Licht geht aus.',
      figuren: [figur],
      orte: [ort],
      auftakt: 'Mara kommt an.',
    };
    assert.deepEqual(parseAnswer(JSON.stringify(core), coreAnswerSchema), {
      title: core.titel,
      logline: core.kurzfassung,
      characters: [{ name: 'Mara', look: figur.aussehen, voice: figur.stimme }],
      places: [{ name: 'Leuchtturm', look: ort.aussehen }],
      opening: core.auftakt,
    });

    const akt = { titel: 'Nacht', inhalt: 'Das Licht geht aus.', änderungen: ['das Licht: aus'] };
    assert.deepEqual(parseAnswer(JSON.stringify({ akte: [akt] }), actsAnswerSchema(1)), {
      acts: [{ title: 'Nacht', summary: akt.inhalt, changes: akt.änderungen }],
    });

    const { title, logline, bible } = planOf(1);
    const schema = answerSchema({
      kind: 'outline',
      brief,
      shape: { count: 1, seconds: 8, clipSeconds: [8] },
      core: { title, logline, bible, opening: '' },
      acts: [],
      part: { from: 1, to: 1, before: [] },
    });
    const takt = {
      titel: 'Nacht',
      ort: 'Leuchtturm',
      zeit: 'nachts',
      besetzung: ['Mara'],
      inhalt: 'Das Licht geht aus.',
      schnitt: true,
      änderungen: [],
      länge: 'kurz',
    };
    assert.deepEqual(parseAnswer(JSON.stringify({ takte: [takt] }), schema), {
      beats: [
        {
          title: 'Nacht',
          place: 'Leuchtturm',
          time: 'nachts',
          cast: ['Mara'],
          summary: takt.inhalt,
          cut: true,
          changes: [],
          length: 'usual',
        },
      ],
    });
  });
});
