import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { FilmPictures } from '../../../../src/editor/film/film-pictures.ts';
import { Thumbnails } from '../../../../src/editor/film/thumbnails.ts';
import type { ToPage } from '../../../../src/webview/protocol.ts';
import { eventually } from '../../../support/eventually.ts';

const webp = Buffer.from('RIFF....WEBPVP8 small');

describe('pictures of a film that a page draws', () => {
  let folder: string;
  let posted: Extract<ToPage, { type: 'picture' }>[];
  let pictures: FilmPictures;
  let clips: Map<string, { file: string }>;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'film-pictures-'));
    posted = [];
    const thumbnails = new Thumbnails(path.join(folder, 'small'));
    pictures = new FilmPictures(thumbnails, {
      post: (message) => {
        if (message.type === 'picture') posted.push(message);
      },
      addressOf: (file) => `https://page/${path.basename(file)}`,
    });
    clips = new Map();
    for (const id of ['one', 'two', 'three']) {
      const file = path.join(folder, `${id}.mp4`);
      await writeFile(file, id);
      clips.set(id, { file });
    }
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const toDraw = (count: number): Promise<readonly string[]> =>
    eventually('what is to be drawn', () => {
      const keys = posted.flatMap(({ draw }) => draw?.key ?? []);
      return Promise.resolve(keys.length >= count ? keys : undefined);
    });

  it('are told of a take by its number, once they are drawn', async () => {
    const clip = clips.get('one') ?? {};
    const asked = pictures.ask({ id: 'one', take: 2 }, clip);
    const [key = ''] = await toDraw(1);
    assert.deepEqual([posted[0]?.id, posted[0]?.take, posted[0]?.draw?.kind], ['one', 2, 'video']);
    await pictures.drawn(key, webp);
    await asked;
    const { address, take } = posted.at(-1) ?? {};
    assert.deepEqual([address, take], [`https://page/${key}.webp`, 2]);
  });

  it('are all there is of a film, without those that cannot be drawn, and are drawn once', async () => {
    const fractions: number[] = [];
    const { signal } = new AbortController();
    const filing = pictures.filesOf(clips, Promise.resolve(), (one) => fractions.push(one), signal);
    const keys = await toDraw(3);
    for (const [index, key] of keys.entries()) {
      await pictures.drawn(key, index === 1 ? new Uint8Array() : webp);
    }
    const files = await filing;
    assert.equal(files.size, 2);
    assert.deepEqual(fractions, [1 / 3, 2 / 3, 1]);
    assert.deepEqual(await pictures.keptOf(clips), files);
  });

  it('are waited for no longer than somebody wants, even of a page that never comes', async () => {
    const controller = new AbortController();
    const never = new Promise<never>(() => undefined);
    const filing = pictures.filesOf(clips, never, () => undefined, controller.signal);
    controller.abort();
    assert.equal((await filing).size, 0);
    assert.deepEqual(posted, []);
  });
});
