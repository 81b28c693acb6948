import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { pngBytes } from '../../fixtures/picture-bytes.ts';
import type { JobView } from '../../src/jobs/job.ts';
import { eventually } from '../support/eventually.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { api, closeEditors, finished, opened, run, set, workspacePath } from './support.ts';

async function renamed(...moves: readonly (readonly [from: string, to: string])[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const [from, to] of moves) edit.renameFile(vscode.Uri.file(from), vscode.Uri.file(to));
  assert.ok(await vscode.workspace.applyEdit(edit));
}

async function jobOf(id: string): Promise<JobView> {
  const view = (await api()).jobs().find((job) => job.id === id);
  assert.ok(view);
  return view;
}

/** The job says so, which it does a moment after VS Code has told of a move. */
async function isAt(id: string, file: string): Promise<void> {
  await eventually(`${id} at ${file}`, async () => (await jobOf(id)).file === file || undefined);
}

/** What rendering all that is missing would order. */
async function missing(uri: string): Promise<readonly string[]> {
  return (await run('scenewright.renderScenes', { uri })).jobs;
}

async function takes(uri: string): Promise<readonly (readonly [number, string | undefined])[]> {
  const { takes: all } = await run('scenewright.listTakes', { uri, scene: 1 });
  return all.map(({ take, file }) => [take, file] as const);
}

describe('files of jobs that are moved in the Explorer', () => {
  let uri: string;
  let script: string;
  let clips: readonly [string, string];
  let files: readonly [string, string];

  const begin = async (folder: string): Promise<void> => {
    await mkdir(workspacePath(folder));
    await set('downloads.folder', `${folder}/clips`);
    ({ uri } = await run('scenewright.newScript', { idea: folder, duration: 16, folder }));
    script = vscode.Uri.parse(uri).fsPath;
    const { jobs } = await run('scenewright.renderScenes', { uri });
    const views = await finished(jobs);
    const [one, two] = views.sort((a, b) => a.scene - b.scene);
    assert.ok(one?.file && two?.file);
    clips = [one.id, two.id];
    files = [one.file, two.file];
  };

  before(() => begin('Two keepers'));

  after(async () => {
    await set('downloads.folder', undefined);
    await closeEditors();
  });

  const beside = (name: string): string => path.join(path.dirname(files[0]), name);

  it('keep a clip under any name as the take that it is, and nothing is rendered again', async () => {
    const best = beside('the best.take-4.mp4');
    await renamed([files[0], best]);
    await isAt(clips[0], best);
    assert.deepEqual(await takes(uri), [[1, best]]);
    assert.deepEqual(await missing(uri), []);
    await renamed([best, files[0]]);
    await isAt(clips[0], files[0]);
  });

  it('tell two clips apart that change places by way of a third name', async () => {
    const third = beside('third.mp4');
    const swap = async (): Promise<void> => {
      await renamed([files[0], third]);
      await renamed([files[1], files[0]]);
      await renamed([third, files[1]]);
    };
    await swap();
    await isAt(clips[0], files[1]);
    await isAt(clips[1], files[0]);
    assert.deepEqual(await takes(uri), [[1, files[1]]]);
    assert.deepEqual(await missing(uri), []);
    await swap();
    await isAt(clips[0], files[0]);
    await isAt(clips[1], files[1]);
  });

  it('follow the folder of the clips, the script, and the folder that holds all of them', async () => {
    const folder = path.dirname(files[0]);
    const other = path.join(path.dirname(folder), 'other');
    await renamed([folder, other]);
    await isAt(clips[0], path.join(other, path.basename(files[0])));
    assert.deepEqual(await missing(uri), []);

    const tale = path.join(path.dirname(script), 'tale.md');
    await renamed([script, tale]);
    const taleUri = vscode.Uri.file(tale).toString();
    await eventually('the job of the script', async () =>
      (await jobOf(clips[0])).script === taleUri ? true : undefined,
    );
    assert.deepEqual(await missing(taleUri), []);

    await renamed([workspacePath('Two keepers'), workspacePath('Three keepers')]);
    const moved = workspacePath('Three keepers', path.relative(workspacePath('Two keepers'), tale));
    await isAt(
      clips[0],
      path.join(other, path.basename(files[0])).replace('Two keepers', 'Three keepers'),
    );
    uri = vscode.Uri.file(moved).toString();
    script = moved;
    assert.equal((await jobOf(clips[1])).script, uri);
    assert.deepEqual(await missing(uri), []);
    for (const [, file = ''] of await takes(uri)) assert.ok(existsSync(file), file);
  });
});

describe('renaming a character', () => {
  const name = 'Mara Voss';
  const to = 'Ingrid Ø';
  const own = workspacePath('portraits');
  const other = workspacePath('other.md');
  let uri: string;
  let document: vscode.TextDocument;
  let drawn: string;

  const pictures = (): readonly string[] =>
    parseScript(document.getText()).bible.characters[0]?.pictures ?? [];

  const filesIn = async (folder: string): Promise<readonly string[]> =>
    (await readdir(folder)).sort();

  /** What VS Code is to do for it. */
  const renaming = async (): Promise<vscode.WorkspaceEdit> =>
    vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      document.positionAt(document.getText().indexOf(`name: ${name}`) + 6),
      to,
    );

  before(async () => {
    ({ uri } = await run('scenewright.newScript', { idea: `${name} keeps a lamp`, duration: 16 }));
    document = await opened(uri);
    await finished((await run('scenewright.drawSheets', { uri, names: [name] })).jobs);
    await eventually('the picture in the script', () =>
      Promise.resolve(pictures().length > 0 || undefined),
    );
    const again = await run('scenewright.drawSheets', { uri, names: [name], instruction: 'older' });
    await finished(again.jobs);
    const [sheet = ''] = pictures();
    drawn = path.dirname(path.resolve(path.dirname(document.uri.fsPath), sheet));
    await mkdir(own, { recursive: true });
    for (const one of [name, `${name} young`]) {
      await writeFile(path.join(own, `${one}.png`), pngBytes(one));
    }
    const edit = new vscode.WorkspaceEdit();
    const at = document.getText().indexOf(sheet);
    const [start, end] = [document.positionAt(at), document.positionAt(at + sheet.length)];
    const list = [sheet, `portraits/${name}.png`, `portraits/${name} young.png`];
    edit.replace(document.uri, new vscode.Range(start, end), JSON.stringify(list));
    await vscode.workspace.applyEdit(edit);
    await document.save();
    await writeFile(other, document.getText());
    await vscode.window.showTextDocument(document);
  });

  after(async () => {
    await closeEditors();
    await rm(own, { recursive: true });
    await rm(other);
  });

  /** The pictures are called so, in all scripts and for their jobs. */
  const areCalled = async (called: string, mine: string): Promise<void> => {
    assert.deepEqual(await filesIn(drawn), [`${called}.png`, `${called}.take-2.png`]);
    assert.deepEqual(await filesIn(own), [`${name} young.png`, `${mine}.png`].sort());
    assert.deepEqual(
      pictures().map((picture) => path.basename(picture)),
      [`${called}.png`, `${mine}.png`, `${name} young.png`],
    );
    await eventually(`${called} in the other script`, async () =>
      (await readFile(other, 'utf8')).includes(`/${called}.png`) ? true : undefined,
    );
    await eventually('the jobs have followed', async () => {
      const jobs = (await api()).jobs().filter((job) => job.script === uri);
      const names = jobs.map(({ file = '', take }) => [path.basename(file), take] as const);
      const wanted = [`${called}.png`, `${called}.take-2.png`];
      return names.every(([file, take]) => file === wanted[take - 1]) || undefined;
    });
  };

  const undo = async (): Promise<void> => {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
  };

  it('renames the pictures that are called so, with the links of all scripts, as one step', async () => {
    const text = document.getText();
    await areCalled('mara-voss', name);
    assert.ok(await vscode.workspace.applyEdit(await renaming()));
    assert.doesNotMatch(
      document.getText().replaceAll(`${name} young`, ''),
      /Mara Voss|mara-voss\.png/u,
    );
    await areCalled('ingrid-ø', to);
    await undo();
    assert.equal(document.getText(), text);
    await areCalled('mara-voss', name);
  });

  it('does the same where the text is changed first, as the Rename command does', async () => {
    const text = document.getText();
    const edit = new vscode.WorkspaceEdit();
    for (const [at, edits] of (await renaming()).entries()) edit.set(at, edits);
    for (const [folder, from, after] of [
      [drawn, 'mara-voss.png', 'ingrid-ø.png'],
      [drawn, 'mara-voss.take-2.png', 'ingrid-ø.take-2.png'],
      [own, `${name}.png`, `${to}.png`],
    ] as const) {
      const [old, renamedTo] = [from, after].map((one) => vscode.Uri.file(path.join(folder, one)));
      assert.ok(old && renamedTo);
      edit.renameFile(old, renamedTo);
    }
    assert.ok(await vscode.workspace.applyEdit(edit));
    await areCalled('ingrid-ø', to);
    await undo();
    assert.equal(document.getText(), text);
    await areCalled('mara-voss', name);
  });

  it('puts no picture over another one, and goes on with the numbers that there are', async () => {
    await writeFile(path.join(own, `${to}.png`), 'mine');
    assert.ok(await vscode.workspace.applyEdit(await renaming()));
    assert.equal(await readFile(path.join(own, `${to}.png`), 'utf8'), 'mine');
    assert.deepEqual(await filesIn(own), [`${to}.png`, `${name} young.png`, `${name}.png`].sort());
    assert.equal(path.basename(pictures()[1] ?? ''), `${name}.png`);
    const { jobs } = await run('scenewright.drawSheets', {
      uri,
      names: [to],
      instruction: 'older',
    });
    const [view] = await finished(jobs);
    assert.equal(path.basename(view?.file ?? ''), 'ingrid-ø.take-3.png');
  });
});
