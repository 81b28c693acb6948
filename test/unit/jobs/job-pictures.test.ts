import assert from 'node:assert/strict';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pngBytes } from '../../../fixtures/picture-bytes.ts';
import { PictureContents } from '../../../src/editor/jobs/picture-contents.ts';
import { picturePlace, readPicture, type JobPicture } from '../../../src/jobs/job-pictures.ts';
import { mostPictureBytes } from '../../../src/studios/pictures.ts';
import { failure } from '../../support/failure.ts';
import { World, until, untilState } from './world.ts';

describe('a picture of a script', () => {
  let world: World;
  let folder: string;

  beforeEach(async () => {
    world = await World.make();
    folder = path.join(world.folder, 'film');
    await mkdir(path.join(folder, 'media'), { recursive: true });
    await writeFile(path.join(folder, 'media/mara.png'), pngBytes('mara'));
  });

  afterEach(() => world.close());

  const why = async (file: string): Promise<string> => {
    const error = await failure(readPicture(file, folder, world.folder));
    assert.equal(error.code, 'bad-input');
    return error.message;
  };

  it('is found beside the script, and above it in the workspace', async () => {
    await writeFile(path.join(world.folder, 'mara.jpg'), pngBytes('mara'));
    const beside = await readPicture('media/mara.png', folder, world.folder);
    const above = await readPicture('../mara.jpg', folder, world.folder);
    assert.equal(beside.sha256, above.sha256);
    assert.equal(above.picture.type, 'image/png', 'by its bytes, whatever it is called');
  });

  it('is found whichever way the signs of its name are put together on the disk', async () => {
    const names = ['media/Übersee Müller (1).png', 'media/가족.png'];
    for (const [index, name] of names.entries()) {
      for (const [there, said] of [
        [name.normalize('NFC'), name.normalize('NFD')],
        [name.normalize('NFD'), name.normalize('NFC')],
      ] as const) {
        await writeFile(path.join(folder, there), pngBytes(`${index} ${there.length}`));
        const { sha256 } = await readPicture(said, folder, world.folder);
        assert.equal(sha256, (await readPicture(there, folder, world.folder)).sha256);
        const contents = new PictureContents().ofScript(folder, world.folder);
        assert.equal(contents.sha256(said), sha256);
        await rm(path.join(folder, there));
        assert.match(await why(said), /is not there/u);
      }
    }
  });

  it('is nothing outside of the workspace, by any way', async () => {
    for (const file of [
      '../../secret.png',
      '/etc/passwd',
      'https://host/a.png',
      'file:///etc/passwd',
      'data:image/png;base64,AA',
      'C:\\secret.png',
      'a\0.png',
      '',
    ]) {
      assert.equal(picturePlace(file, folder, world.folder), undefined, file);
      assert.match(await why(file), /not in the workspace folder/);
    }
    const elsewhere = `${world.folder}-other`;
    await mkdir(elsewhere);
    try {
      await writeFile(path.join(elsewhere, 'a.png'), pngBytes('secret'));
      await symlink(path.join(elsewhere, 'a.png'), path.join(folder, 'link.png'));
      assert.match(await why('link.png'), /not in the workspace folder/);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('is refused where it is none, with what is wrong', async () => {
    assert.match(await why('media/gone.png'), /is not there/);
    await writeFile(path.join(folder, 'words.png'), 'words');
    assert.match(await why('words.png'), /no PNG, JPEG or WebP picture/);
    await writeFile(path.join(folder, 'large.png'), pngBytes('large'));
    await truncate(path.join(folder, 'large.png'), mostPictureBytes + 1);
    assert.match(await why('large.png'), /more than 10 MB/);
    assert.match(await why('media'), /cannot be read/);
  });

  it('goes out with its order, and one that the model does not take stays here', async () => {
    const manager = await world.opened();
    await manager.enqueue([{ ...world.order(1), pictures: await asked() }]);
    await until(() => world.studio.submitted.length > 0);
    const [sent] = world.studio.submitted;
    const { firstFrame, lastFrame, references } = sent?.request.pictures ?? {};
    assert.deepEqual(firstFrame?.bytes, pngBytes('mara'));
    assert.equal(lastFrame, undefined);
    assert.deepEqual(
      references?.map(({ shows, name }) => [shows, name]),
      [['Mara', 'mara.png']],
    );
    assert.equal(
      manager.records()[0]?.pictures?.length,
      3,
      'the record knows all that was asked for',
    );
  });

  it('is not sent where it has become another one since the order: nothing is', async () => {
    const pictures = await asked();
    await writeFile(path.join(folder, 'media/mara.png'), pngBytes('somebody else'));
    const manager = await world.opened();
    const [view] = await manager.enqueue([{ ...world.order(1), pictures }]);
    await untilState(manager, view?.id ?? '', 'failed');
    assert.deepEqual(world.studio.submitted, []);
    assert.match(manager.records()[0]?.orders[0].error ?? '', /media\/mara\.png.*nothing was sent/);
  });

  const asked = async (): Promise<readonly JobPicture[]> => {
    const file = 'media/mara.png';
    const { path: real, sha256 } = await readPicture(file, folder, world.folder);
    const one = { file, path: real, sha256 };
    return [
      { ...one, role: 'firstFrame' },
      { ...one, role: 'lastFrame', dropped: true },
      { ...one, role: 'reference', name: 'Mara' },
    ];
  };
});
