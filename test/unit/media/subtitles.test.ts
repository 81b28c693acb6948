import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { shareTime } from '../../../src/media/share-time.ts';
import { Enclosure } from '../../../src/base/enclosure/enclosure.ts';
import { toSrt, toVtt, writeSubtitles } from '../../../src/media/subtitle-files.ts';
import { lineWidth, subtitleLines, widthOf } from '../../../src/media/subtitle-lines.ts';
import { type Cue, subtitlesOf } from '../../../src/media/subtitles.ts';
import type { Scene } from '../../../src/script/script-model.ts';

type Said = Pick<Scene, 'dialogue' | 'narration'>;

function scene(...lines: readonly (string | readonly [speaker: string, line: string])[]): Scene {
  const narration = lines.filter((line) => typeof line === 'string').join('\n\n');
  const dialogue = lines.flatMap((line) =>
    typeof line === 'string' ? [] : [{ speaker: line[0], tone: '', line: line[1] }],
  );
  return withSaid({ dialogue, narration });
}

function withSaid(said: Said): Scene {
  const rest = { id: 'abc123', title: 'A', seconds: 8, place: '', time: '', cast: [] };
  return { ...rest, action: 'Unseen.', sound: 'Unheard.', prompt: 'Unread.', ...said };
}

const textOf = (cues: readonly Cue[]): string[] =>
  cues.flatMap(({ parts }) => parts.flatMap(({ lines }) => lines));
const bare = (text: string): string => text.replaceAll(/[\p{Cc}\p{Z}]/gu, '');

const words = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[a-zé]{1,12}[.,!?]?$/) },
  fc.constantFrom('–', '«', '»', '(so)', "don't", '12.5', 'Non !', '…', 'https://example.org/a'),
  fc.stringMatching(/^[一-龥ぁ-んァ-ン]{1,9}[。、]?$/),
  fc.constantFrom('שלום.', 'لن', 'يأتي', 'ประเทศไทย', '「灯り」', '\u00a0', 'x'.repeat(60)),
);
const text = fc.array(words, { maxLength: 40 }).map((all) => all.join(' '));
const anyScene = fc
  .record({
    dialogue: fc.array(
      fc.record({ speaker: fc.constantFrom('Mara', 'Tom', ''), tone: fc.constant(''), line: text }),
      { maxLength: 5 },
    ),
    narration: text,
  })
  .map(withSaid);
const language = fc.constantFrom('en', 'ja', 'vi', 'ar', 'no such language!');

describe('subtitle lines', () => {
  it('are at most two of at most 42 letters, and hold every word once', () => {
    fc.assert(
      fc.property(text, language, (all, tag) => {
        const cues = subtitleLines(all, tag);
        assert.equal(bare(cues.flat().join('')), bare(all));
        for (const lines of cues) {
          assert.ok(lines.length >= 1 && lines.length <= 2);
          for (const line of lines) {
            assert.ok(widthOf(line) <= lineWidth + 1e-9, line);
            assert.notEqual(line.trim(), '');
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keep the words of a line apart as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), (all) => {
        assert.equal(subtitleLines(all.join(' \n\t'), 'en').flat().join(' '), all.join(' '));
      }),
    );
  });

  it('break after a sentence or clause rather than within one', () => {
    const spoken =
      'The lamp went out at nine. Nobody on the island saw it happen, and nobody came to light it again.';
    assert.deepEqual(subtitleLines(spoken, 'en'), [
      ['The lamp went out at nine.'],
      ['Nobody on the island saw it happen,', 'and nobody came to light it again.'],
    ]);
  });

  it('are about equally long', () => {
    const [lines = []] = subtitleLines(
      'He counted every single one of the waves that came in.',
      'en',
    );
    assert.equal(lines.length, 2);
    assert.ok(Math.abs(widthOf(lines[0] ?? '') - widthOf(lines[1] ?? '')) < 8, lines.join(' / '));
  });

  it('hold 16 characters of Chinese or Japanese, and never begin with a full stop', () => {
    const spoken =
      '今夜は誰も来ないだろう。でも、私は「灯り」を消さない。海が私を覚えているかぎり。';
    const cues = subtitleLines(spoken, 'ja');
    assert.equal(cues.flat().join(''), spoken);
    for (const line of cues.flat()) {
      assert.ok(line.length <= 16, line);
      assert.doesNotMatch(line, /^[。、」]|「$/u);
    }
  });

  it('leave French punctuation with its word', () => {
    const all = subtitleLines(`Il a dit : « Non ! » ${'et puis encore non ! '.repeat(6)}`, 'fr');
    for (const line of all.flat()) assert.doesNotMatch(line, /^[!:»]|«$/);
  });
});

describe('sharing time', () => {
  it('gives all away, nobody less than their floor, and more to those who need more', () => {
    const person = fc.record({
      weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
      floor: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 100_000 }),
        (people, total) => {
          const floors = people.map(({ floor }) => floor);
          const needed = floors.reduce((sum, floor) => sum + floor, 0);
          const parts = shareTime(
            total,
            people.map(({ weight }) => weight),
            floors,
          );
          const sum = parts.reduce((all, part) => all + part, 0);
          assert.ok(Math.abs(sum - total) < 1e-6 * total, `${sum} of ${total}`);
          if (needed > total) return;
          parts.forEach((part, i) => {
            assert.ok(part >= (floors[i] ?? 0) - 1e-9);
          });
        },
      ),
    );
    assert.deepEqual(shareTime(10, [1, 3], [0, 0]), [2.5, 7.5]);
    assert.deepEqual(shareTime(10, [1, 99], [2, 2]), [2, 8]);
  });
});

describe('the times of subtitles', () => {
  it('never overlap, never leave their clip, and no word is lost', () => {
    const clip = fc.tuple(anyScene, fc.double({ min: 0.05, max: 20, noNaN: true }));
    fc.assert(
      fc.property(fc.array(clip, { maxLength: 6 }), language, (clips, tag) => {
        const scenes = clips.map(([one]) => one);
        const seconds = clips.map(([, length]) => length);
        const cues = subtitlesOf(scenes, seconds, tag);
        const spoken = scenes.map(({ dialogue, narration }) =>
          bare([...dialogue.map(({ line }) => line), narration].join('')),
        );
        assert.equal(bare(textOf(cues).join('')), spoken.join(''));
        let before = 0;
        let place = 0;
        let from = 0;
        for (const cue of cues) {
          assert.ok(Number.isInteger(cue.startMs) && Number.isInteger(cue.endMs));
          assert.ok(cue.startMs >= before, 'begins after the one before');
          assert.ok(cue.endMs > cue.startMs, 'is shown');
          assert.ok(cue.endMs - cue.startMs <= 7000, 'is not shown for ever');
          before = cue.endMs;
          while (cue.startMs >= (from + (seconds[place] ?? 0)) * 1000) {
            from += seconds[place++] ?? 0;
            assert.ok(place < seconds.length, 'lies in a clip');
          }
          const end = (from + (seconds[place] ?? 0)) * 1000;
          assert.ok(cue.endMs <= end + 1e-6, 'ends with its clip');
        }
      }),
      { numRuns: 300 },
    );
  });

  it("follow the clips' real lengths", () => {
    const scenes = [scene('One.'), scene(), scene('Three.')];
    const [one, three] = subtitlesOf(scenes, [4.5, 6.25, 2], 'en');
    assert.ok(one && one.startMs >= 0 && one.endMs <= 4500);
    assert.ok(three && three.startMs >= 10_750 && three.endMs <= 12_750);
  });

  it('are shared by how long the words take', () => {
    const long = 'This one takes a good deal longer to say than that one does.';
    const cues = subtitlesOf([scene(['Mara', long], ['Tom', 'Yes.'])], [8], 'en');
    const [first, second] = cues;
    assert.ok(first && second && cues.length === 2);
    assert.ok(first.endMs - first.startMs > 2 * (second.endMs - second.startMs));
  });

  it('stay for a second where there is time, and go when they have been read', () => {
    const [short] = subtitlesOf([scene(['Mara', 'No.'])], [8], 'en');
    assert.ok(short);
    const shown = short.endMs - short.startMs;
    assert.ok(shown >= 1000 && shown <= 4000, `${shown} ms`);
    // In the middle, where it is least wrong.
    assert.ok(Math.abs(short.startMs + shown / 2 - 4000) < 100);
  });

  it('put a quick exchange into one subtitle where time is short', () => {
    const quick = scene(['Mara', 'Go!'], ['Tom', 'Where?'], ['Mara', 'Anywhere.']);
    const cues = subtitlesOf([quick], [2], 'en');
    assert.deepEqual(
      cues.map(({ parts }) => parts),
      [
        [
          { speaker: 'Mara', lines: ['Go!'] },
          { speaker: 'Tom', lines: ['Where?'] },
        ],
        [{ speaker: 'Mara', lines: ['Anywhere.'] }],
      ],
    );
    assert.match(toSrt(cues), /– Go!\n– Where\?\n/);
    assert.equal(subtitlesOf([quick], [8], 'en').length, 3);
  });

  it('are none where nothing is spoken', () => {
    assert.deepEqual(subtitlesOf([scene(), scene(['Mara', '  '])], [8, 8], 'en'), []);
  });
});

describe('subtitle files', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-subtitles-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const cue = (startMs: number, endMs: number, speaker: string, ...lines: string[]): Cue => ({
    startMs,
    endMs,
    parts: [{ speaker, lines }],
  });

  it('have the forms that players know', () => {
    const cues = [
      cue(0, 1500, '', 'The lamp went out.'),
      cue(3_723_004, 3_725_000, 'Mara', 'Who', 'is there?'),
    ];
    assert.equal(
      toSrt(cues),
      '1\n00:00:00,000 --> 00:00:01,500\nThe lamp went out.\n\n2\n01:02:03,004 --> 01:02:05,000\nWho\nis there?\n',
    );
    assert.equal(
      toVtt(cues),
      'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nThe lamp went out.\n\n01:02:03.004 --> 01:02:05.000\n<v Mara>Who\nis there?</v>\n',
    );
    assert.equal(toSrt([]), '');
    assert.equal(toVtt([]), 'WEBVTT\n');
  });

  it('hold what looks like their own marks as plain text', () => {
    const cues = [cue(0, 1000, 'A <b> & "B"', 'a < b && c --> d')];
    assert.match(toVtt(cues), /<v A &lt;b&gt; &amp; "B">a &lt; b &amp;&amp; c --&gt; d<\/v>/);
    assert.match(toSrt(cues), /\na < b && c → d\n/);
  });

  it('set lines from right to left also in players that do not look', () => {
    const srt = toSrt([cue(0, 1000, '', 'لن يأتي أحد.', '– שלום!', 'Hello.')]);
    assert.match(srt, /\n\u200fلن يأتي أحد\.\u200f\n\u200f– שלום!\u200f\nHello\.\n/);
  });

  it('name speakers in scenes where several speak, and nowhere else', () => {
    const alone = toVtt(subtitlesOf([scene(['Mara', 'Alone.'])], [8], 'en'));
    assert.doesNotMatch(alone, /Mara/);
    const two = toVtt(subtitlesOf([scene(['Mara', 'Hello.'], ['Tom', 'Hello.'])], [8], 'en'));
    assert.match(two, /<v Mara>Hello\.<\/v>[\s\S]*<v Tom>Hello\.<\/v>/);
  });

  it('stand beside the video under its name, without a byte of them half written', async () => {
    const video = path.join(folder, 'the lamp.mp4');
    const files = await writeSubtitles(video, [cue(0, 1000, '', 'Now.')], new Enclosure(folder));
    assert.deepEqual(files, [path.join(folder, 'the lamp.srt'), path.join(folder, 'the lamp.vtt')]);
    assert.match(await readFile(files[0] ?? '', 'utf8'), /Now\./);
    assert.deepEqual((await readdir(folder)).sort(), ['the lamp.srt', 'the lamp.vtt']);
  });

  it('hand over older ones that say something else, and leave alone what is the same', async () => {
    const video = path.join(folder, 'a.mp4');
    const cues = [cue(0, 1000, '', 'Now.')];
    const discarded: string[] = [];
    const discard = async (file: string): Promise<void> => {
      discarded.push(`${path.basename(file)}: ${await readFile(file, 'utf8')}`);
      await rm(file);
    };
    await writeSubtitles(video, cues, new Enclosure(folder), discard);
    await writeSubtitles(video, cues, new Enclosure(folder), discard);
    assert.deepEqual(discarded, []);
    await writeFile(path.join(folder, 'a.srt'), 'corrected by hand');
    await writeSubtitles(video, cues, new Enclosure(folder), discard);
    assert.deepEqual(discarded, ['a.srt: corrected by hand']);
    assert.deepEqual(await writeSubtitles(video, [], new Enclosure(folder), discard), []);
    assert.equal(discarded.length, 3);
    assert.deepEqual(await readdir(folder), []);
  });
});
