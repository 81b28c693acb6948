import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { JobView } from '../../src/jobs/job.ts';
import { pictureType } from '../../src/studios/pictures.ts';
import { eventually } from '../support/eventually.ts';
import { api, closeEditors, finished, onDisk, opened, run, set, workspacePath } from './support.ts';

const idea = 'Two sisters find a door behind the kitchen wall';

/** Names from a script that somebody else may have written. */
const hostile = ['../x', 'CON', ']()', '"quoted": yes', 'Ánna Müller'];

describe('drawing pictures', () => {
  let uri: string;

  before(async () => {
    ({ uri } = await run('scenewright.newScript', { idea, duration: 24 }));
    const document = await opened(uri);
    const edit = new vscode.WorkspaceEdit();
    const at = document.positionAt(
      document.getText().indexOf('characters:\n') + 'characters:\n'.length,
    );
    edit.insert(
      document.uri,
      at,
      hostile.map((name) => `  - name: ${JSON.stringify(name)}\n`).join(''),
    );
    await vscode.workspace.applyEdit(edit);
    await document.save();
  });

  after(closeEditors);

  async function drawn(jobs: readonly string[]): Promise<readonly JobView[]> {
    const { jobs: all } = await api();
    await finished(jobs);
    return all().filter(({ id }) => jobs.includes(id));
  }

  it('gives every character and place a picture, and the script says so', async () => {
    const { jobs } = await run('scenewright.drawSheets', { uri });
    const { bible } = await onDisk(uri);
    const entries = [...bible.characters, ...bible.places];
    assert.equal(jobs.length, entries.length);
    const views = await drawn(jobs);
    const folder = workspacePath('videos');
    for (const { kind, state, file = '' } of views) {
      assert.deepEqual([kind, state], ['picture', 'done']);
      assert.ok(file.startsWith(folder + path.sep), file);
      assert.equal(path.basename(path.dirname(file)), 'pictures');
      assert.equal(pictureType(await readFile(file)), 'image/png');
    }
    const after = await eventually('all pictures are in the script', async () => {
      const script = await onDisk(uri);
      const all = [...script.bible.characters, ...script.bible.places];
      // While VS Code writes the file it may be empty, and then nobody is without one.
      const isWhole = all.length === entries.length;
      return isWhole && all.every(({ pictures }) => pictures?.length === 1) ? script : undefined;
    });
    assert.deepEqual(
      after.bible.characters.map(({ name, look }) => [name, look]),
      bible.characters.map(({ name, look }) => [name, look]),
    );
    assert.deepEqual((await run('scenewright.drawSheets', { uri })).jobs, []);
  });

  it('lets no scene be rendered without a first frame where one is required', async () => {
    await set('video.stills', 'required');
    try {
      await assert.rejects(
        Promise.resolve(run('scenewright.renderScenes', { uri })),
        /no first frame yet.*confirmed: true/,
      );
      const { jobs } = await api();
      assert.deepEqual(
        jobs().filter(({ kind, script }) => kind === 'clip' && script === uri),
        [],
      );
    } finally {
      await set('video.stills', undefined);
    }
  });

  it('gives every scene its first frame, and changes nothing else', async () => {
    const before = await onDisk(uri);
    const { jobs } = await run('scenewright.drawStills', { uri });
    assert.equal(jobs.length, before.scenes.length);
    await drawn(jobs);
    const after = await eventually('all stills are in the script', async () => {
      const script = await onDisk(uri);
      const isWhole = script.scenes.length === before.scenes.length;
      return isWhole && script.scenes.every(({ scene }) => scene.firstFrame !== undefined)
        ? script
        : undefined;
    });
    for (const [index, { scene }] of after.scenes.entries()) {
      const { firstFrame, ...told } = scene;
      assert.deepEqual(told, before.scenes[index]?.scene);
      const file = path.resolve(path.dirname(vscode.Uri.parse(uri).fsPath), firstFrame ?? '');
      assert.equal(pictureType(await readFile(file)), 'image/png');
    }
    assert.deepEqual((await run('scenewright.drawStills', { uri })).jobs, []);
  });

  it('keeps the still that there is where another one is drawn', async () => {
    const before = (await onDisk(uri)).scenes[0]?.scene.firstFrame;
    const { jobs } = await run('scenewright.drawStills', {
      uri,
      scenes: [1],
      instruction: 'By night',
    });
    const [view] = await drawn(jobs);
    assert.match(path.basename(view?.file ?? ''), /^scene-001\.take-2\.png$/);
    assert.equal((await onDisk(uri)).scenes[0]?.scene.firstFrame, before);
  });

  it('puts what is drawn where the script names a picture that is not there, and changes nothing before', async () => {
    const [first] = (await onDisk(uri)).scenes;
    const document = await opened(uri);
    const [image = ''] = /!\[[^\]]*\]\([^)]*scene-001\.png\)/u.exec(document.getText()) ?? [];
    const at = document.positionAt(document.getText().indexOf(image));
    const edit = new vscode.WorkspaceEdit();
    const whole = new vscode.Range(at, at.translate(0, image.length));
    edit.replace(document.uri, whole, '![First frame](videos/gone.png)');
    await vscode.workspace.applyEdit(edit);
    await document.save();
    const told = document.getText();
    const draw = await eventually('a fix for the missing picture', async () => {
      const fixes = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(at, at.translate(0, 30)),
        vscode.CodeActionKind.QuickFix.value,
      );
      return fixes.find(({ title }) => title === 'Draw It');
    });
    assert.equal(draw.edit, undefined);
    assert.equal(document.getText(), told);
    const command = draw.command;
    assert.ok(command);
    const answer: unknown = await vscode.commands.executeCommand(
      command.command,
      ...((command.arguments ?? []) as unknown[]),
    );
    const [view] = await drawn((answer as { readonly jobs: readonly string[] }).jobs);
    const name = path.basename(view?.file ?? '');
    const after = await eventually('the new still is in the script', async () => {
      const [scene] = (await onDisk(uri)).scenes;
      return scene?.scene.firstFrame?.endsWith(name) === true ? scene : undefined;
    });
    assert.deepEqual(
      { ...after.scene, firstFrame: undefined },
      { ...first?.scene, firstFrame: undefined },
    );
  });

  it('renders what it has drawn, also where that is required', async () => {
    await set('video.stills', 'required');
    const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [1] });
    await set('video.stills', undefined);
    const [view] = await drawn(jobs);
    assert.deepEqual([view?.kind, view?.state], ['clip', 'done']);
  });
});
