import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Enclosure } from '../../../../src/base/enclosure/enclosure.ts';
import type { Caller } from '../../../../src/editor/commands/caller.ts';
import type { SceneClip } from '../../../../src/editor/jobs/scene-clips.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import '../../../support/fake-vscode.ts';
import { sampleScript } from '../../script/sample.ts';

const { storyboardHtml } = await import('../../../../src/editor/film/storyboard-html.ts');
const { agreeToReplace, picturedCells, storyboardOf, writeBeside } =
  await import('../../../../src/editor/film/export-storyboard.ts');

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
const png = Buffer.from('\x89PNG\r\n\x1a\n and what it shows', 'latin1');

/** The addresses that a page would load, run or lead to. */
function leadsTo(html: string): readonly string[] {
  return [...html.matchAll(/\b(?:src|href|action|srcset)=["']?([^"'\s>]*)/giu)].map(
    ([, address = '']) => address,
  );
}

describe('a storyboard as a page of its own', () => {
  it('shows words as words, whoever they come from, and leads nowhere', () => {
    const hostile = [
      '</style><script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      '"><svg onload=alert(1)>',
      "' onmouseover='alert(1)",
      '</title><base href="https://evil.example/">',
      '&lt;script&gt; &amp; <!--',
      'javascript:alert(1)',
    ];
    for (const words of hostile) {
      const html = storyboardHtml({
        title: words,
        language: words,
        aspect: `${words}}body{background:url(https://evil.example)}`,
        style: words,
        panels: [
          {
            number: 1,
            title: words,
            seconds: 8,
            scene: {
              where: words,
              action: words,
              dialogue: [{ speaker: words, tone: words, line: words }],
              narration: words,
              sound: words,
            },
          },
        ],
      });
      const tags = new Set([...html.matchAll(/<([a-z][a-z0-9]*)/giu)].map(([, name]) => name));
      assert.deepEqual(
        [...tags].filter((tag) => /^(?:script|img|svg|base|a|iframe|link)$/iu.test(tag ?? '')),
        [],
        words,
      );
      assert.equal(html.match(/<!--/gu), null);
      assert.equal(html.match(/<title>/gu)?.length, 1);
      const isMarkup = /[<">&]/u.test(words);
      assert.equal(
        html.includes(words),
        !isMarkup,
        'it stands there with nothing that means something',
      );
      const style = /<style>([\s\S]*?)<\/style>/u.exec(html)?.[1] ?? '';
      assert.ok(!style.includes('evil'), style);
    }
  });

  it('lets nothing run or load but its own style and pictures', () => {
    const picture = { type: 'image/jpeg', bytes: jpeg } as const;
    const panel = { number: 1, title: 'One', seconds: 8, scene: { where: '' }, picture };
    const parts = { title: 'A film', language: 'en', aspect: '9:16', style: '' };
    const html = storyboardHtml({ ...parts, panels: [panel] });
    const policy = /Content-Security-Policy" content="([^"]*)"/u.exec(html)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/u.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.ok(policy.startsWith("default-src 'none'; img-src data:; "), policy);
    assert.ok(policy.includes(`style-src 'sha256-${hash}'`), policy);
    assert.ok(!policy.includes('unsafe') && !policy.includes('script-src'));
    assert.deepEqual(leadsTo(html), [`data:image/jpeg;base64,${jpeg.toString('base64')}`]);
    assert.match(style, /aspect-ratio: 9 \/ 16/u);
    assert.match(style, /break-inside: avoid/u);
    assert.match(style, /@media print/u);
  });
});

describe('the storyboard of a script', () => {
  let folder: string;
  let inside: Enclosure;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'storyboard-'));
    inside = new Enclosure(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('has every scene of the story, written or not, with the picture that there is of it', async () => {
    const script = parseScript(sampleScript(4, [0, 1, 2]));
    const thumbnail = path.join(folder, 'small.jpg');
    const poster = path.join(folder, 'poster.png');
    const notes = path.join(folder, 'poster.txt');
    await writeFile(thumbnail, jpeg);
    await writeFile(poster, png);
    await writeFile(notes, 'no picture');
    const withPoster = (file: string): SceneClip => ({
      state: 'current',
      file: '/clip.mp4',
      job: { poster: file } as JobRecord,
      takes: [],
    });
    const clips = [withPoster(poster), withPoster(poster), withPoster(notes)];
    const pictured = picturedCells(script, clips, () => undefined);
    const [first = ''] = pictured.keys();
    const html = await storyboardOf(script, pictured, new Map([[first, thumbnail]]), inside);
    assert.deepEqual(leadsTo(html), [
      `data:image/jpeg;base64,${jpeg.toString('base64')}`,
      `data:image/png;base64,${png.toString('base64')}`,
    ]);
    assert.equal(html.match(/<li>/gu)?.length, 4);
    assert.equal(html.match(/No picture yet/gu)?.length, 2);
    for (const words of [
      script.title,
      'Beat 4',
      'for the 4th time',
      'Far out, horn number 2 sounds.',
      '<b>Mara</b> <i>(whispering)</i> Not tonight.',
      'Nobody had seen the lamp go out before.',
      'Wind, a far horn.',
    ]) {
      assert.ok(html.includes(words), words);
    }
  });

  it('shows the first frame of a scene that has no clip yet, and the clip of one that has', async () => {
    const script = parseScript(
      sampleScript(2, [0, 1]).replaceAll(/^> \*\*MARA/gmu, '![First frame](stairs.png)\n\n$&'),
    );
    const still = path.join(folder, 'stairs.png');
    await writeFile(still, png);
    const clips: SceneClip[] = [
      { state: 'none', takes: [] },
      { state: 'current', file: '/clip.mp4', takes: [] },
    ];
    const pictured = picturedCells(script, clips, (name) => path.join(folder, name));
    assert.deepEqual(
      [...pictured.values()].map((one) => [one.still, one.file]),
      [
        [still, undefined],
        [undefined, '/clip.mp4'],
      ],
    );
    const html = await storyboardOf(script, pictured, new Map(), inside);
    assert.deepEqual(leadsTo(html), [`data:image/png;base64,${png.toString('base64')}`]);
  });

  it('takes no picture from outside of the folder', async () => {
    const outside = await mkdtemp(path.join(os.tmpdir(), 'storyboard-other-'));
    await writeFile(path.join(outside, 'secret.png'), png);
    await symlink(outside, path.join(folder, 'link'));
    const script = parseScript(sampleScript(2, [0, 1]));
    const clips = [path.join(outside, 'secret.png'), path.join(folder, 'link', 'secret.png')].map(
      (poster): SceneClip => ({
        state: 'current',
        file: '/clip.mp4',
        job: { poster } as JobRecord,
        takes: [],
      }),
    );
    const pictured = picturedCells(script, clips, () => undefined);
    const html = await storyboardOf(script, pictured, new Map(), inside);
    await rm(outside, { recursive: true });
    assert.deepEqual(leadsTo(html), []);
  });

  it('is written over nothing that was not to be replaced, and leaves nothing half made', async () => {
    const file = path.join(folder, 'lamp.storyboard.html');
    await writeBeside(file, 'one', inside, false);
    assert.equal(await readFile(file, 'utf8'), 'one');
    await assert.rejects(writeBeside(file, 'two', inside, false), { code: 'bad-input' });
    assert.equal(await readFile(file, 'utf8'), 'one');
    assert.deepEqual(await readdir(folder), ['lamp.storyboard.html']);
    await mkdir(path.join(folder, 'sub'));
    const beside = path.join(folder, 'sub', 'lamp.storyboard.html');
    await symlink(file, beside);
    await assert.rejects(writeBeside(beside, 'two', inside, false), { code: 'bad-input' });
    assert.equal(await readFile(file, 'utf8'), 'one');
  });

  it('replaces what is there only where that is confirmed', async () => {
    const file = path.join(folder, 'lamp.storyboard.html');
    const caller = (confirmed: boolean): Caller => ({
      interactive: false,
      trusted: true,
      confirmed,
    });
    assert.equal(await agreeToReplace(file, caller(false)), false);
    await writeFile(file, 'mine');
    await assert.rejects(agreeToReplace(file, caller(false)), { code: 'bad-input' });
    await assert.rejects(agreeToReplace(file, { ...caller(false), trusted: false }), {
      code: 'bad-input',
    });
    assert.equal(await agreeToReplace(file, caller(true)), true);
  });
});
