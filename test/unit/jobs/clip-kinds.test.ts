import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { clipFileIn, likelyFilesIn } from '../../../src/downloads/clip-name.ts';
import { kindOfFile } from '../../../src/downloads/file-kind.ts';
import { mp4, webm } from '../../../fixtures/video-bytes.ts';
import { Loopback } from '../net/loopback.ts';
import { World, untilState } from './world.ts';

describe('a clip of another kind than its place is named after', () => {
  let world: World;
  let server: Loopback;
  let clip: Buffer;

  beforeEach(async () => {
    world = await World.make();
    clip = webm(2000);
    server = await Loopback.start((_asked, response) => void response.writeHead(200).end(clip));
    world.studio.onResult = () =>
      Promise.resolve({ kind: 'http', url: `${server.url}/clip`, headers: {} });
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const rendered = async (
    manager: Awaited<ReturnType<World['opened']>>,
    hash: string,
  ): Promise<string> => {
    const [view] = await manager.enqueue([{ ...world.order(1), pictureHash: hash }]);
    const { file = '' } = await untilState(manager, view?.id ?? '', 'done');
    return file;
  };

  const matroska = (): Buffer => {
    const file = Buffer.from(webm(2000));
    file.write('mkvm', file.indexOf('webm'));
    return file;
  };

  const kinds: Readonly<Record<string, () => Buffer>> = {
    '.webm': () => webm(2000),
    '.mkv': matroska,
    '.avi': () => Buffer.from('RIFF\x10\0\0\0AVI LIST12345678', 'latin1'),
    '.flv': () => Buffer.from('FLV\x01\x05\0\0\0\x09', 'latin1'),
    '.m2t': () => Buffer.concat(Array.from({ length: 9 }, () => Buffer.alloc(188, 'G'))),
  };
  for (const [ending, make] of Object.entries(kinds)) {
    it(`has its own ending, with its poster beside it, also in the next window: ${ending}`, async () => {
      clip = make();
      const manager = await world.opened();
      const file = await rendered(manager, 'one');
      assert.equal(path.extname(file), ending);
      assert.deepEqual(await readFile(file), clip);
      assert.deepEqual(await readdir(path.dirname(file)), [`scene-001${ending}`]);
      const again = await world.opened();
      assert.equal(again.records()[0]?.file, clipFileIn(file.replace(ending, '.mp4')));
      await manager.dispose();
    });
  }

  it('is a take beside those before it, whichever kind they are', async () => {
    const manager = await world.opened();
    const clips = [mp4(3000), webm(2000), matroska(), mp4(1000)];
    const files: string[] = [];
    for (const [index, next] of clips.entries()) {
      clip = next;
      files.push(await rendered(manager, `picture ${index}`));
    }
    assert.deepEqual(
      files.map((file) => path.basename(file)),
      ['scene-001.mp4', 'scene-001.take-2.webm', 'scene-001.take-3.mkv', 'scene-001.take-4.mp4'],
    );
    const there = await Promise.all(files.map((file) => readFile(file)));
    assert.deepEqual(there, clips);
    assert.equal((await readdir(path.dirname(files[0] ?? ''))).length, 4);
  });

  it('is looked for by the usual names where no record tells', () => {
    assert.deepEqual(
      likelyFilesIn('/v/scene-001.mp4').map((file) => path.extname(file)),
      ['.mp4', '.webm', '.mkv'],
    );
    assert.deepEqual(kindOfFile(webm()), { is: 'video', video: 'webm' });
  });
});
