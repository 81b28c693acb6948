import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defined } from '../../../../src/base/defined.ts';
import type { Uri } from 'vscode';
import { pngBytes } from '../../../../fixtures/picture-bytes.ts';
import type { PicturesByScene } from '../../../../src/editor/render/order-pictures.ts';
import type { Concern } from '../../../../src/editor/render/render-question.ts';
import { parseScript } from '../../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../../src/script/parse/parsed-script.ts';
import { pictureHash, shownPictures } from '../../../../src/script/picture-text.ts';
import type { TakenPictures } from '../../../../src/studios/pictures.ts';
import { failure } from '../../../support/failure.ts';
import type { JobRecord } from '../../../../src/jobs/job.ts';
import { workspace } from '../../../support/fake-vscode.ts';
import { recordOf, sceneOf } from '../../jobs/world.ts';

const { PictureContents } = await import('../../../../src/editor/jobs/picture-contents.ts');
const { isSamePicture } = await import('../../../../src/editor/jobs/scene-clips.ts');
const { droppedPictures, picturesFor, picturesToCome } =
  await import('../../../../src/editor/render/order-pictures.ts');

const scene = (number: number, frame: string): string =>
  `## Scene ${number}: Beat\n\n<!-- scene: aaaaa${number} -->\n\n_Room · night · Mara · 8 s_\n\n${frame}\n\nShe waits.\n`;

const text = `---
scenewright: 1
characters:
  - name: Mara
    picture: media/mara.png
---

# Film

${scene(1, '![First frame](media/f1.png)')}
${scene(2, '![Last frame](media/f2.png)')}
${scene(3, '')}`;

describe('the pictures that scenes are ordered with', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-pictures-'));
    await mkdir(path.join(folder, 'media'));
    for (const name of ['mara', 'f1', 'f2']) {
      await writeFile(path.join(folder, 'media', `${name}.png`), pngBytes(name));
    }
  });

  afterEach(() => rm(folder, { recursive: true }));

  const script = parseScript(text);
  const uri = (): Uri => ({ fsPath: path.join(folder, 'film.md') }) as unknown as Uri;
  const ordered = async (takes: TakenPictures | undefined): Promise<PicturesByScene> =>
    await picturesFor(
      uri(),
      script,
      script.scenes.map((node, index) => ({ node, number: index + 1 })),
      takes,
    );

  it('are said to be missing, where they are still being drawn and the clip would be stale once they are here', () => {
    const bare = parseScript(text.replace('    picture: media/mara.png\n', ''));
    const all = bare.scenes.map((node, index) => ({ node, number: index + 1 }));
    const sheet = recordOf({
      ...{ id: 'sheet', drawing: 'character', scene: { ...sceneOf(1), title: 'mara' } },
      orders: [{ kind: 'picture', state: 'accepted', attempt: 0, accounts: [] }],
    });
    const words = (
      of: ParsedScript,
      drawn: readonly JobRecord[],
      takes: TakenPictures = { references: 1 },
    ): readonly string[] =>
      picturesToCome({ drawingsOf: () => drawn }, uri(), of, all, takes).map(
        ({ message }) => message,
      );
    assert.deepEqual(words(bare, []), []);
    assert.match(words(bare, [sheet]).join(), /stale once they are here: Mara\./u);
    // A model that takes none makes the clip without them whenever it is asked.
    assert.deepEqual(words(bare, [sheet], { firstFrame: true }), []);
    // Another one of whom has one is no part of what is sent.
    assert.deepEqual(words(script, [sheet]), []);
  });

  describe('in a folder that is not trusted', () => {
    beforeEach(() => {
      workspace.isTrusted = false;
    });

    afterEach(() => {
      workspace.isTrusted = true;
    });

    it('are not looked at, whatever the script names, and that is said', async () => {
      // Were one looked at, it would be refused.
      for (const name of ['mara', 'f1', 'f2']) {
        await rm(path.join(folder, 'media', `${name}.png`));
        await symlink('/etc/passwd', path.join(folder, 'media', `${name}.png`));
      }
      const pictures = await ordered({ firstFrame: true, lastFrame: 'alone', references: 9 });
      const all = [...pictures].map(([number, some]) => ({ number, pictures: some }));
      for (const one of all.flatMap((each) => each.pictures)) {
        assert.deepEqual([one.dropped, one.path, one.sha256], [true, '', '']);
      }
      const [concern] = droppedPictures(all, 'Animatic');
      assert.match(concern?.message ?? '', /not trusted, so no picture in it is looked at.*Mara/);
    });

    it('are not read to tell whether a clip is stale', () => {
      const contents = new PictureContents(() => workspace.isTrusted);
      const file = 'media/mara.png';
      assert.equal(contents.ofScript(folder, folder).sha256(file), undefined);
      workspace.isTrusted = true;
      assert.notEqual(contents.ofScript(folder, folder).sha256(file), undefined);
    });

    it('are on no hover', async () => {
      const { shownFiles } = await import('../../../../src/editor/pictures/shown-pictures.ts');
      const wanted = [{ file: 'media/mara.png', label: '' }];
      assert.deepEqual(await shownFiles(uri(), wanted), []);
      workspace.isTrusted = true;
      assert.equal((await shownFiles(uri(), wanted)).length, 1);
    });
  });

  it('are none of any scene where one cannot be read, and all that is wrong is said', async () => {
    await rm(path.join(folder, 'media/f2.png'));
    await writeFile(path.join(folder, 'media/mara.png'), 'words');
    const { code, message } = await failure(ordered({ references: 9 }));
    assert.equal(code, 'bad-input');
    assert.match(message, /^Nothing was handed in/);
    assert.match(message, /scene 2: media\/f2\.png is not there/);
    assert.match(message, /scenes 1–3: media\/mara\.png is no PNG/);
  });

  it('are told once for all scenes where the model does not take them', async () => {
    const dropped = async (takes: TakenPictures): Promise<readonly Concern[]> => {
      const orders = [...(await ordered(takes))];
      return droppedPictures(
        orders.map(([number, pictures]) => ({ number, pictures })),
        'Studio',
      );
    };
    assert.deepEqual(await dropped({ firstFrame: true, lastFrame: 'alone', references: 9 }), []);
    const [concern, ...others] = await dropped({ firstFrame: true });
    assert.equal(others.length, 0);
    assert.match(
      concern?.message ?? '',
      /Studio .*: the picture of Mara \(scenes 1–3\) and the last frame \(scene 2\)\./,
    );
  });

  describe('make a clip stale', () => {
    const isFresh = (
      now: ParsedScript,
      pictures: PicturesByScene,
      contents: InstanceType<typeof PictureContents>,
      takenPictures?: TakenPictures,
      then = script,
    ): boolean[] => {
      const { style, aspect } = script.brief;
      return then.scenes.map((node, index) => {
        const all = pictures.get(index + 1) ?? [];
        const shown = shownPictures(all.filter(({ dropped }) => dropped !== true));
        const hash = pictureHash(node.scene, then.bible, style, aspect, shown);
        const nowNode = now.scenes[index];
        assert.ok(nowNode);
        const job = { pictureHash: hash, pictures: all, ...defined({ takenPictures }) };
        return isSamePicture(
          now,
          nowNode,
          { ...job, scene: nowNode.scene, studio: 'fal' },
          contents.ofScript(folder, folder),
        );
      });
    };
    const all: TakenPictures = { firstFrame: true, lastFrame: 'alone', references: 9 };

    it('where they have become others on the disk, and not before', async () => {
      const contents = new PictureContents();
      const pictures = await ordered(all);
      assert.deepEqual(isFresh(script, pictures, contents), [true, true, true]);
      await writeFile(path.join(folder, 'media/f1.png'), pngBytes('drawn anew'));
      assert.deepEqual(isFresh(script, pictures, contents), [false, true, true]);
      await writeFile(path.join(folder, 'media/mara.png'), pngBytes('somebody else'));
      assert.deepEqual(isFresh(script, pictures, contents), [false, false, false]);
    });

    it('not where the model did not take them', async () => {
      const contents = new PictureContents();
      const pictures = await ordered({ firstFrame: true });
      await writeFile(path.join(folder, 'media/mara.png'), pngBytes('somebody else'));
      assert.deepEqual(isFresh(script, pictures, contents), [true, true, true]);
    });

    it('not while they are not there: nobody can say that they are others', async () => {
      const contents = new PictureContents();
      const pictures = await ordered(all);
      await rm(path.join(folder, 'media'), { recursive: true });
      assert.deepEqual(isFresh(script, pictures, contents), [true, true, true]);
    });

    it('where the scene asks for another one, or for none any more', async () => {
      const contents = new PictureContents();
      const pictures = await ordered(all);
      const now = parseScript(
        text.replace('media/f1.png', 'media/f2.png').replace('![Last frame](media/f2.png)', ''),
      );
      assert.deepEqual(isFresh(now, pictures, contents), [false, false, true]);
    });

    it('where the clip was ordered before the scene had any, by all that is known of the model', () => {
      const contents = new PictureContents();
      const bare = parseScript(text.replace(/^.*(?:picture:|!\[).*\n/gmu, ''));
      const fresh = (takes?: TakenPictures): boolean[] =>
        isFresh(script, new Map(), contents, takes, bare);
      assert.deepEqual(fresh(), [false, false, false]);
      assert.deepEqual(fresh(all), [false, false, false]);
      // A model that takes none would be sent the same once more.
      assert.deepEqual(fresh({}), [true, true, true]);
      assert.deepEqual(fresh({ firstFrame: true }), [false, true, true]);
    });

    it('not where the model had as many as it takes, and the new one counts less', async () => {
      const contents = new PictureContents();
      const one: TakenPictures = { references: 1 };
      const pictures = await ordered(one);
      const now = parseScript(text.replace('media/mara.png', '[media/mara.png, media/f2.png]'));
      assert.deepEqual(isFresh(now, pictures, contents, one), [true, true, true]);
      assert.deepEqual(isFresh(now, pictures, contents, { references: 2 }), [false, false, false]);
    });
  });
});
