import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Beat } from '../../../src/script/script-model.ts';
import type { Clock } from '../../../src/base/clock.ts';
import { isCancelled, ScenewrightError } from '../../../src/base/errors.ts';
import { firstSentence } from '../../../src/models/offline/sentences.ts';
import { spokenSeconds } from '../../../src/script/durations/spoken-seconds.ts';
import { structures, type Brief } from '../../../src/script/script-model.ts';
import { withMentions } from '../../../src/script/mentions.ts';
import { offlineWriter, stories } from '../../support/offline-writer.ts';
import type { SceneTask } from '../../../src/models/writer-tasks.ts';
import { factKey, readState } from '../../../src/script/contract-facts.ts';
import { factsAfter } from '../../../src/script/standing-facts.ts';
import { SettledBeats } from '../../../src/writing/planning/settled-beats.ts';
import { actsFromAnswer } from '../../../src/writing/planning/read-acts.ts';
import { sceneFromAnswer } from '../../../src/writing/run/scene-from-answer.ts';
import {
  answer,
  briefOf,
  coreOf,
  outlineOf,
  plan,
  scene,
  script,
  shapeOf,
} from './offline-helpers.ts';

const ideas: readonly Partial<Brief>[] = [
  {},
  { idea: '7 habits of calm people', structure: 'list' },
  { idea: 'Top 10 noodle shops', structure: 'list' },
  { idea: 'how vaccines work', structure: 'explainer' },
  { idea: 'Hai chị em tìm thấy một bức thư cũ trong quán phở của bà ngoại', language: 'vi' },
  { idea: 'Warum der Himmel blau ist', language: 'de', structure: 'explainer' },
  { idea: 'Un pescador encuentra una carta en el mar', language: 'es-MX' },
  { idea: '5 habitudes pour mieux dormir', language: 'fr', structure: 'list' },
  { idea: 'Rain' },
  { idea: '雨の夜、駅で待つ老人', language: 'ja' },
];

const anyBrief = fc
  .record({
    idea: fc.oneof(
      fc.string({ minLength: 1, unit: 'grapheme' }),
      fc.constantFrom(
        ...ideas.map(({ idea }) => idea ?? 'A lamp'),
        'two robots, $& {hero} $1',
        '`*[x](y)*`\n# a\n> b',
      ),
    ),
    language: fc.oneof(
      fc.constantFrom('en', 'en-GB', 'vi', 'es', 'de-AT', 'fr', 'ja', 'x', ''),
      fc.string(),
    ),
    style: fc.constantFrom('watercolour', '', 'grainy\n16 mm film'),
    structure: fc.constantFrom(...structures),
    instructions: fc.constantFrom('', 'No children.'),
  })
  .map((change) => briefOf(change));

describe('the offline scaffold', () => {
  it('answers any brief of any length with a valid plan and valid scenes', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyBrief,
        fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 450 })),
        fc.integer({ min: 1, max: 15 }),
        async (brief, scenes, seconds) => {
          const answer = await plan(brief, scenes, seconds);
          assert.equal(answer.beats.length, scenes);
          const written = scenes <= 8 ? await script(brief, scenes, seconds) : undefined;
          for (const one of written?.scenes ?? []) {
            assert.doesNotMatch(
              `${one.action} ${one.prompt} ${one.narration ?? ''}`,
              /\{[a-z.]+\}/u,
            );
          }
        },
      ),
      {
        numRuns: 60,
        examples: [
          [briefOf({ idea: ' ' }), 1, 1],
          [briefOf({ idea: '!!!', structure: 'list' }), 2, 8],
          [briefOf({ idea: '***', structure: 'explainer', language: 'fr' }), 3, 8],
        ],
      },
    );
  });

  it('gives byte-identical answers for the same brief, in whatever order the scenes are asked', async () => {
    for (const idea of ideas) {
      const first = await script(briefOf(idea), 12);
      const again = await script(briefOf(idea), 12);
      assert.equal(JSON.stringify(first.answer), JSON.stringify(again.answer));
      const backwards = [];
      for (const task of first.tasks.toReversed()) backwards.unshift(await scene(task));
      assert.equal(JSON.stringify(backwards), JSON.stringify(first.scenes));
    }
  });

  it('gives the same scenes whatever ids the beats have', async () => {
    for (const idea of ideas) {
      const { tasks, scenes } = await script(briefOf(idea), 12);
      const renamed = (beat: Beat): Beat => ({ ...beat, id: `other-${beat.id}` });
      const again = [];
      for (const task of tasks) {
        const outline = task.outline.map(renamed);
        again.push(await scene({ ...task, outline, beat: renamed(task.beat) }));
      }
      assert.equal(JSON.stringify(again), JSON.stringify(scenes));
    }
  });

  it('gives different briefs different people', async () => {
    const one = await plan(briefOf({ idea: 'A baker in the rain' }), 12);
    const other = await plan(briefOf({ idea: 'A baker in the snow' }), 12);
    assert.notDeepEqual(one.characters, other.characters);
  });

  it('names and describes nobody where an idea speaks of nobody', async () => {
    for (const [idea, language] of [
      ['Rain', 'en'],
      ['my summer', 'en'],
      ['Etwas über die Liebe', 'de'],
      ['Un vídeo divertido', 'es'],
      ['Quelque chose de drôle', 'fr'],
      ['Mùa hè', 'vi'],
    ] as const) {
      const { characters, beats } = await plan(briefOf({ idea, language }), 12);
      assert.deepEqual(
        characters.map(({ name, look }) => name + look),
        ['X', 'Y', 'Z', 'W'],
        idea,
      );
      assert.ok(beats.every(({ cast }) => cast.every((name) => /^[W-Z]$/u.test(name))));
    }
  });

  it('shows people and places in the language of the script', async () => {
    const { lookWords } = await stories();
    for (const [language, idea, person] of [
      ['de', 'Ein Roboter und eine Bäckerin im Theater', /Frau von \d+ Jahren, .*mehlige Schürze/u],
      ['es', 'Un robot y una panadera en el teatro', /mujer de \d+ años, .*enharinado/u],
      ['fr', 'Un robot et une boulangère au théâtre', /femme de \d+ ans, .*enfariné/u],
      ['vi', 'Một robot và một cô thợ làm bánh ở nhà hát', /\d+ tuổi, .*tạp dề dính bột/u],
    ] as const) {
      const { characters, places } = await plan(briefOf({ idea, language }), 22);
      const looks = [...characters, ...places].map(({ look }) => look);
      assert.ok(looks.length > 5 && looks.some((look) => person.test(look)), looks.join('\n'));
      for (const english of Object.keys(lookWords)) {
        if (!english.includes(' ')) continue;
        assert.ok(!looks.some((look) => look.includes(english)), english);
      }
    }
  });

  it('keeps to people and places of its bible', async () => {
    for (const idea of ideas) {
      for (const scenes of [1, 2, 5, 22, 75, 450]) {
        const answer = await plan(briefOf(idea), scenes);
        const people = answer.characters.map(({ name }) => name);
        const places = answer.places.map(({ name }) => name);
        assert.equal(new Set(people).size, people.length, people.join());
        const looks = answer.characters.map(({ look }) => look).filter((look) => look !== '');
        assert.equal(new Set(looks).size, looks.length);
        for (const beat of answer.beats) {
          assert.ok(places.includes(beat.place), beat.place);
          for (const name of beat.cast) assert.ok(people.includes(name), name);
        }
        assert.ok(places.length <= 6);
        if (scenes >= 5) assert.ok(places.length >= 2);
      }
    }
  });

  it('lets nobody speak who is not seen', async () => {
    for (const idea of ideas) {
      const { scenes, outline } = await script(briefOf(idea), 60);
      for (const [i, { dialogue }] of scenes.entries()) {
        for (const { speaker } of dialogue) assert.ok(outline[i]?.cast.includes(speaker), speaker);
      }
    }
  });

  it('says how things stand as it begins, and then what changes alone', async () => {
    for (const idea of ideas) {
      const answer = await plan(briefOf(idea), 75);
      const outline = outlineOf(answer);
      const people = answer.characters.map(({ name }) => name);
      const settled = new SettledBeats([], people).settle(outline, []);
      assert.deepEqual(settled, { beats: outline, notes: [] });
      const contracts = outline.map(({ contract }) => contract);
      assert.ok(contracts.some(({ continues }) => continues));
      assert.ok(contracts.filter(({ entry, exit }) => entry + exit === '').length > 37);
      if (idea.structure !== undefined) continue;
      assert.equal(contracts[0]?.entry, '', 'nothing has changed yet');
      assert.ok(contracts.filter(({ exit }) => exit !== '').length > 4);
    }
  });

  it('never goes back in time', async () => {
    const { beats } = await plan(briefOf(), 112);
    const parts = ['dawn', 'morning', 'noon', 'afternoon', 'dusk', 'night'];
    let last = 0;
    let day = 0;
    for (const { cut, time } of beats) {
      const [, another] = /^Day (\d+)\b/u.exec(String(cut)) ?? [];
      day = another === undefined ? day : Number(another);
      const now = day * parts.length + parts.indexOf(time ?? '');
      assert.ok(now >= last, String(cut));
      last = now;
    }
    assert.ok(day > 1);
  });

  it('repeats no title and no first sentence in scripts of up to 60 scenes', async () => {
    for (const idea of ideas) {
      for (const scenes of [14, 37, 60]) {
        const written = await script(briefOf(idea), scenes);
        const titles = written.outline.map(({ title }) => title);
        assert.equal(new Set(titles).size, scenes, titles.join('\n'));
        const firsts = written.scenes.map(({ action }) => firstSentence(action));
        const twice = firsts.filter((text, i) => firsts.indexOf(text) !== i);
        assert.deepEqual(twice, [], `${idea.idea ?? ''} ${scenes}`);
      }
    }
  });

  it('repeats few titles and first sentences even in 450 scenes', async () => {
    for (const structure of structures) {
      const written = await script(
        briefOf({ structure, idea: 'A girl who has to cross a desert' }),
        450,
      );
      assert.equal(new Set(written.outline.map(({ title }) => title)).size, 450);
      const firsts = new Set(written.scenes.map(({ action }) => firstSentence(action)));
      assert.ok(firsts.size >= 400, `${structure}: ${firsts.size}`);
    }
  });

  it('tells no two beats in the same words, and finds each again by its own', async () => {
    for (const idea of ideas.slice(0, 7)) {
      const scenes = 90;
      const { beats } = await plan(briefOf(idea), scenes);
      assert.equal(new Set(beats.map(({ summary }) => summary)).size, scenes);
      const { tasks, scenes: written } = await script(briefOf(idea), scenes);
      // A moment that is told again has more than its summary to say.
      for (const [i, { beat }] of tasks.entries()) {
        assert.ok(!written[i]?.action.startsWith(beat.summary), beat.summary);
      }
    }
  });

  it('weighs its beats by what is shown and said in them', async () => {
    const { beats } = await plan(briefOf(), 75);
    const lengths = Object.groupBy(beats, ({ length }) => length);
    const all = [lengths.short, lengths.usual, lengths.long].map((some) => some?.length ?? 0);
    assert.ok(Math.min(...all) > 3 && (all[1] ?? 0) > 30, all.join());
  });

  it('gives each stage of a long plan its part of one and the same plan', async () => {
    const brief = briefOf();
    const shape = shapeOf(75);
    const whole = await plan(brief, 75);
    const core = coreOf(whole);
    const opening = { title: 'X', summary: '', entry: '', exit: '', first: 0, count: 6 };
    const parted = await answer({ kind: 'acts', brief, shape, core, opening, counts: [24, 45] });
    const people = whole.characters.map(({ name }) => name);
    const acts = actsFromAnswer(parted, opening, 75, people);
    const outline = outlineOf(whole);
    const after = new Set(factsAfter(outline).map(factKey));
    const left = readState(acts[2]?.exit ?? '').facts;
    assert.ok(left.length > 2 && left.every((fact) => after.has(factKey(fact))));
    assert.deepEqual(new SettledBeats([], people).settle(outline, acts).beats, outline);
    const part = { from: 31, to: 75, act: 1, before: [] };
    const second = await answer({ kind: 'outline', brief, shape, core, acts, part });
    assert.deepEqual(second.beats, whole.beats.slice(30));
  });

  it('lays the acts by their known proportions', async () => {
    const { beats } = await plan(briefOf(), 75);
    const at = (title: string): number => beats.findIndex((beat) => beat.title === title) / 75;
    assert.equal(beats[0]?.title, 'First image');
    assert.equal(beats.at(-1)?.title, 'Last image');
    const around = (title: string, share: number): void => {
      assert.ok(Math.abs(at(title) - share) < 0.08, `${title} at ${at(title)}`);
    };
    around('It begins', 0.14);
    around('Across the line', 0.27);
    around('It is something else', 0.55);
    around('Everything is lost', 0.76);
    around('The choice', 0.92);
  });

  it('gives every item of a list its number once, in order, and a top ten backwards', async () => {
    const opening = (title: string): string | undefined => /^\p{L}+ (\d+)$/u.exec(title)?.[1];
    const seven = await plan(briefOf({ idea: '7 habits of calm people', structure: 'list' }), 22);
    const titles = seven.beats.map(({ title }) => opening(title)).filter((n) => n !== undefined);
    assert.deepEqual(titles, ['1', '2', '3', '4', '5', '6', '7']);
    assert.ok(seven.beats.some(({ title }) => title.startsWith('Habit 3')));
    const top = await plan(briefOf({ idea: 'Top 10 noodle shops', structure: 'list' }), 22);
    const down = top.beats.map(({ title }) => opening(title)).filter((n) => n !== undefined);
    assert.deepEqual(down, ['10', '9', '8', '7', '6', '5', '4', '3', '2', '1']);
  });

  it('asks the question of an explanation at its start and answers it at its end', async () => {
    const { scenes, answer } = await script(
      briefOf({ idea: 'how vaccines work', structure: 'explainer' }),
      22,
    );
    assert.equal(answer.title, 'How do vaccines work?');
    assert.match(scenes[0]?.narration ?? '', /How do vaccines work\?/u);
    assert.ok(
      scenes.slice(-4).some(({ narration }) => narration?.includes('How do vaccines work?')),
    );
  });

  it('fits what is spoken into the seconds of the scene', async () => {
    for (const idea of ideas) {
      for (const seconds of [1, 3, 8]) {
        const brief = briefOf(idea);
        for (const { dialogue, narration } of (await script(brief, 22, seconds)).scenes) {
          const spoken = [...dialogue.map(({ line }) => line), narration ?? ''].join(' ');
          assert.ok(spokenSeconds(spoken, brief.language) <= seconds, spoken);
        }
      }
    }
  });

  it('names everybody who is seen in the prompt, to be described once it is sent, with the style and without text', async () => {
    for (const idea of ideas) {
      const { scenes, outline, bible } = await script(briefOf(idea), 37);
      for (const [i, { prompt }] of scenes.entries()) {
        for (const { name, look } of bible.characters) {
          if (outline[i]?.cast.includes(name) !== true) continue;
          assert.ok(prompt.includes(`@${name}`), prompt);
          if (look === '') continue;
          assert.ok(!prompt.includes(look) && withMentions(prompt, bible).includes(look), prompt);
        }
        assert.match(prompt, /watercolour, soft morning light/iu);
        assert.match(prompt, /No text/u);
        const words = withMentions(prompt, bible).split(/\s+/u).length;
        const people = outline[i]?.cast.length ?? 0;
        assert.ok(
          words >= (people > 0 && bible.characters[0]?.look === '' ? 25 : 40) &&
            words <= (people > 2 ? 140 : 115),
          `${words}: ${prompt}`,
        );
      }
    }
  });

  it('finds a scene again after the writer has renamed people and moved scenes', async () => {
    const { answer, bible, outline, tasks } = await script(briefOf(), 22);
    const [hero] = answer.characters;
    assert.ok(hero !== undefined);
    const rename = <T>(value: T): T =>
      JSON.parse(JSON.stringify(value).replaceAll(hero.name, 'Zora')) as T;
    const task = tasks[5];
    assert.ok(task !== undefined);
    const moved = rename({
      ...task,
      bible,
      outline: [...outline.slice(3), ...outline.slice(0, 3)],
    });
    assert.deepEqual(await scene(moved), rename(await scene(task)));
  });

  it('works from the words of a beat that the writer has rewritten', async () => {
    const { tasks } = await script(briefOf(), 5);
    const [task] = tasks;
    assert.ok(task !== undefined);
    const beat = {
      ...task.beat,
      summary: 'A whale sings under the ice.',
      place: 'Ice Shelf',
      cast: [],
    };
    const answer = await scene({ ...task, beat });
    assert.match(answer.action, /^A whale sings under the ice\./u);
    assert.match(answer.prompt, /A whale sings under the ice\..*Ice Shelf/u);
    assert.deepEqual(answer.dialogue, []);
  });

  it('rewrites to a different take with the wish as a pencil note, and keeps the same people', async () => {
    const { tasks, scenes } = await script(briefOf(), 12);
    const task = tasks.find((_, i) => (scenes[i]?.dialogue.length ?? 0) > 1);
    assert.ok(task !== undefined);
    const before = await scene(task);
    const asking = (instruction: string): SceneTask => ({
      ...task,
      rewrite: { scene: sceneFromAnswer(before, task.beat, task.bible), instruction },
    });
    const after = await scene(asking('make it [sadder]\nplease'));
    assert.match(after.action, /^\[Asked for: make it sadder please\]\n\n/u);
    assert.notEqual(after.prompt, before.prompt);
    assert.equal(after.title, before.title);
    assert.deepEqual(after, await scene(asking('make it [sadder]\nplease')));
    const silent = await scene(asking('without dialogue'));
    assert.deepEqual(silent.dialogue, []);
  });

  it('says at the top of a script that it does not speak its language', async () => {
    const writer = await offlineWriter();
    assert.match(writer.noticeFor(briefOf({ language: 'ja' })) ?? '', /does not speak Japanese/u);
    assert.equal(writer.noticeFor(briefOf({ language: 'de-AT' })), undefined);
  });

  it('lets a scene be heard differently from those around it, in the language of the script', async () => {
    for (const language of ['en', 'de']) {
      const { scenes } = await script(briefOf({ language }), 60);
      const sounds = scenes.map(({ sound }) => sound ?? '');
      assert.ok(new Set(sounds).size > 30, String(new Set(sounds).size));
      const near = sounds.filter((sound, i) => sounds.slice(Math.max(0, i - 2), i).includes(sound));
      assert.ok(near.length < 6, near.join('\n'));
      const expected = language === 'en' ? /wind|water/u : /Wind|Wasser/u;
      assert.ok(sounds.some((sound) => expected.test(sound)));
    }
  });

  it('says no line twice, however long the script', async () => {
    const { scenes } = await script(briefOf(), 300);
    const lines = scenes.flatMap(({ dialogue }) => dialogue.map(({ line }) => line));
    assert.ok(lines.length > 100);
    assert.ok(lines.length - new Set(lines).size < 3);
  });

  it('leaves the words to the writer where it does not speak the language', async () => {
    const { scenes } = await script(briefOf({ idea: '雨の夜、駅で待つ老人', language: 'ja' }), 12);
    assert.ok(scenes.every(({ dialogue, narration }) => dialogue.length === 0 && narration === ''));
    assert.ok(scenes.some(({ action }) => /\[.+, in Japanese: “/u.test(action)));
    assert.ok(scenes.some(({ action }) => action.includes('雨の夜、駅で待つ老人')));
  });

  it('never claims to be artificial intelligence, in its label or in its texts', async () => {
    assert.equal((await offlineWriter()).label, 'offline scaffold');
    for (const idea of ideas) {
      const { answer, scenes } = await script(briefOf(idea), 60);
      const all = JSON.stringify([answer, scenes]);
      assert.doesNotMatch(all, /\b(?:AI|A\.I\.|GPT|language model|artificial intelligence)\b/u);
      assert.doesNotMatch(all, /\{[a-z.]+\}|undefined|\[object/u);
    }
  });
});

describe('the pace of the offline scaffold', () => {
  const task = { kind: 'core', opening: 1, brief: briefOf(), shape: shapeOf(5) } as const;

  function fakeClock(): Clock & { slept: number } {
    return {
      slept: 0,
      now: () => 0,
      sleep(ms, signal) {
        signal?.throwIfAborted();
        this.slept += ms;
        return Promise.resolve();
      },
    };
  }

  it('streams the answer in pieces over the time it is given', async () => {
    const clock = fakeClock();
    const texts: string[] = [];
    const value = await (
      await offlineWriter({ clock, thinkingMs: 400 })
    ).generate(task, {
      signal: new AbortController().signal,
      onText: (text) => texts.push(text),
    });
    assert.equal(Math.round(clock.slept), 400);
    assert.ok(texts.length > 2);
    assert.ok(texts.every((text, i) => text.startsWith(texts[i - 1] ?? '')));
    assert.deepEqual(JSON.parse(texts.at(-1) ?? ''), value);
  });

  it('stops at once when it is cancelled, before and while it streams', async () => {
    const before = AbortSignal.abort();
    const scaffold = await offlineWriter({ thinkingMs: 3_600_000 });
    await assert.rejects(scaffold.generate(task, { signal: before }), isCancelled);
    const controller = new AbortController();
    const running = scaffold.generate(task, { signal: controller.signal });
    controller.abort();
    await assert.rejects(
      running,
      (error) => error instanceof ScenewrightError && isCancelled(error),
    );
  });
});
