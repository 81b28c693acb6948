import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { WritingResult } from '../../src/editor/writing/writing-run.ts';
import { ScriptLocks } from '../../src/editor/writing/script-locks.ts';
import { eventually } from '../support/eventually.ts';
import {
  api,
  closeEditors,
  finished,
  firstBatch,
  globalStorage,
  keptFiles,
  next,
  onDisk,
  opened,
  recordOf,
  run,
  set,
  workspacePath,
} from './support.ts';

/** A script of six scenes of which two are in the document, and its run, which waits. */
interface Begun {
  readonly uri: string;
  readonly file: string;
  /** The text with the first two scenes. */
  readonly text: string;
  /** Settles with the run; it has to be let go on for that, under the name that it has by then. */
  readonly ended: Promise<WritingResult>;
}

let scripts = 0;

async function begin(folder?: string): Promise<Begun> {
  const begun = firstBatch();
  const idea = `A ferry that changes its landing, number ${++scripts}`;
  const ended = run('scenewright.newScript', {
    idea,
    duration: 48,
    ...(folder === undefined ? {} : { folder }),
  });
  const uri = await begun;
  await run('scenewright.pauseWriting', { uri });
  const file = vscode.Uri.parse(uri).fsPath;
  return { uri, file, text: await readFile(file, 'utf8'), ended };
}

/** Let a run go on, unless what was done to its script has ended it already. */
async function goOn(file: string): Promise<void> {
  const uri = vscode.Uri.file(file).toString();
  await run('scenewright.resumeWriting', { uri }).catch(() => undefined);
}

/** The same story with other scenes, as another branch may have it. */
function withOtherIds(text: string): string {
  return text.replaceAll(/((?:id|scene):\s*)(\w)/gu, (_, before: string, first: string) =>
    before.concat(first === 'q' ? 'p' : 'q'),
  );
}

async function renameInCode(from: string, to: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.renameFile(vscode.Uri.file(from), vscode.Uri.file(to));
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/** Whether all six scenes are in the file, and nothing of it is kept any more. */
async function assertComplete(result: WritingResult, file: string): Promise<void> {
  assert.deepEqual([result.error, result.scenes, result.failed], [undefined, 6, 0]);
  assert.equal(result.uri, vscode.Uri.file(file).toString());
  const { scenes } = await onDisk(result.uri);
  assert.equal(scenes.filter(({ written }) => written).length, 6);
}

describe('a script whose file changes while it is being written', () => {
  beforeEach(() => set('writer.batchSize', 2));
  afterEach(async () => {
    await set('writer.batchSize', undefined);
    await closeEditors();
  });

  it('is written on under its new name when VS Code renames it', async () => {
    const { file, ended } = await begin();
    const renamed = workspacePath('renamed in the middle.md');
    await renameInCode(file, renamed);
    // The run answers to its new name, and to no other.
    const uri = vscode.Uri.file(file).toString();
    await assert.rejects(run('scenewright.resumeWriting', { uri }), /not being written/u);
    await run('scenewright.resumeWriting', { uri: vscode.Uri.file(renamed).toString() });
    await assertComplete(await ended, renamed);
    assert.equal(existsSync(file), false);
    assert.deepEqual(await readdir(path.join(await globalStorage(), 'writing')), []);
  });

  it('is written on where it is when VS Code moves the folder that it is in', async () => {
    await mkdir(workspacePath('before'));
    const { file, ended } = await begin('before');
    await renameInCode(workspacePath('before'), workspacePath('after'));
    const moved = workspacePath('after', path.basename(file));
    await goOn(moved);
    await assertComplete(await ended, moved);
    assert.equal(existsSync(file), false);
  });

  it('takes unsaved changes, and what it was paid for, along to its new name', async () => {
    const { uri, file, ended } = await begin();
    const document = await opened(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((builder) => {
      builder.insert(new vscode.Position(document.lineCount, 0), '\nA note of my own.\n');
    });
    const renamed = workspacePath('renamed with changes.md');
    await renameInCode(file, renamed);
    await goOn(renamed);
    const result = await ended;
    assert.deepEqual([result.error, result.scenes, result.failed], [undefined, 6, 0]);
    const after = await opened(result.uri);
    assert.match(after.getText(), /A note of my own\./u);
    assert.equal(existsSync(file), false);
    await after.save();
    await assertComplete(result, renamed);
  });

  it('is not written on under a name that another window is writing', async () => {
    const { file, ended } = await begin();
    const taken = workspacePath('taken.md');
    const folder = path.join(await globalStorage(), 'writing');
    const other = new ScriptLocks(folder);
    const lock = await other.claim(vscode.Uri.file(taken), new AbortController().signal);
    try {
      await renameInCode(file, taken);
      await goOn(taken);
      const result = await ended;
      assert.match(result.error ?? '', /being written in another window/u);
    } finally {
      await lock.release();
    }
    const completed = await run('scenewright.writeScenes', {
      uri: vscode.Uri.file(taken).toString(),
    });
    await assertComplete(completed, taken);
  });

  /** What ends a run with a true word, keeps what was paid for, and can be put right. */
  const ends = (
    what: string,
    word: RegExp,
    act: (begun: Begun) => Promise<void>,
    stays: (begun: Begun) => Promise<void>,
  ): void => {
    it(what, async () => {
      const begun = await begin();
      const { uri, file, text, ended } = begun;
      await act(begun);
      await goOn(file);
      const result = await ended;
      assert.match(result.error ?? '', word);
      assert.match(result.error ?? '', /kept|finished is missing/u);
      await stays(begun);
      await closeEditors();
      await rm(file, { force: true });
      await writeFile(file, text);
      // VS Code takes a moment to see that.
      await eventually('the text is back', async () =>
        (await opened(uri)).getText() === text ? true : undefined,
      );
      await assertComplete(await run('scenewright.writeScenes', { uri }), file);
    });
  };

  const isGone = ({ file }: Begun): Promise<void> => {
    assert.equal(existsSync(file), false, 'it was not made anew');
    return Promise.resolve();
  };

  ends('is not made anew when it is deleted', /moved or deleted/u, ({ file }) => rm(file), isGone);

  ends(
    'is not made anew when it is deleted with its tab closed',
    /moved or deleted/u,
    async ({ file }) => {
      await closeEditors();
      await rm(file);
    },
    isGone,
  );

  ends(
    'is not made anew when VS Code deletes it',
    /moved or deleted/u,
    async ({ file }) => {
      const edit = new vscode.WorkspaceEdit();
      edit.deleteFile(vscode.Uri.file(file));
      await vscode.workspace.applyEdit(edit);
    },
    isGone,
  );

  ends(
    'is left alone when it holds another story, as after a change of the branch',
    /holds another story/u,
    ({ file, text }) => writeFile(file, withOtherIds(text)),
    async ({ file, text }) => {
      assert.equal(await readFile(file, 'utf8'), withOtherIds(text));
    },
  );

  ends(
    'is left alone when it is no script any more',
    /not a Scenewright script any more/u,
    ({ file }) => writeFile(file, '# Shopping\n\n- Lamp oil\n'),
    async ({ file }) => {
      assert.equal(await readFile(file, 'utf8'), '# Shopping\n\n- Lamp oil\n');
    },
  );

  const merged = (text: string): string =>
    text.replace(
      /^2\. .*$/mu,
      (beat) => `<<<<<<< HEAD\n${beat}\n=======\n2. Other\n>>>>>>> branch`,
    );
  ends(
    'is left alone while a merge has left both sides in it',
    /conflicts of a merge/u,
    ({ file, text }) => writeFile(file, merged(text)),
    async ({ file, text }) => {
      assert.equal(await readFile(file, 'utf8'), merged(text));
    },
  );

  const precious = (): string => workspacePath(`precious ${scripts}.md`);
  ends(
    'is not written into what a link in its place leads to',
    /another file/u,
    async ({ file, text }) => {
      await writeFile(precious(), text);
      await rm(file);
      await symlink(precious(), file);
    },
    async ({ text }) => {
      assert.equal(await readFile(precious(), 'utf8'), text);
    },
  );

  it('finds what was paid for when it was moved behind the back of VS Code', async () => {
    const { file, ended } = await begin();
    const moved = workspacePath('moved elsewhere.md');
    await rename(file, moved);
    await goOn(file);
    assert.match((await ended).error ?? '', /moved or deleted/u);
    assert.equal(existsSync(file), false);
    const waiting = await keptFiles('scenes');
    const uri = vscode.Uri.file(moved).toString();
    await assertComplete(await run('scenewright.writeScenes', { uri }), moved);
    // They wait on for the script that they are of, should it come back.
    assert.ok((await keptFiles('scenes')).length >= waiting.length);
  });

  it('has its video jobs at its new name', async () => {
    const idea = 'A signal that is seen from afar';
    const { uri } = await run('scenewright.newScript', { idea, duration: 8 });
    const { jobs } = await run('scenewright.renderScenes', { uri });
    await finished(jobs);
    const { onDidChangeJobs } = await api();
    const renamed = workspacePath('a signal.md');
    const address = vscode.Uri.file(renamed).toString();
    const told = next(onDidChangeJobs, (changed) =>
      changed.some(({ id, script }) => jobs.includes(id) && script === address),
    );
    await renameInCode(vscode.Uri.parse(uri).fsPath, renamed);
    await told;
    // The clip is that of the scene, so there is nothing to render.
    assert.deepEqual(await run('scenewright.renderScenes', { uri: address }), { jobs: [] });
    // What holds at once is on disk a moment later.
    for (const job of jobs) {
      await eventually('the record says so', async () =>
        (await recordOf(job)).script === address ? true : undefined,
      );
    }
  });

  it('goes on in a document that was closed, or is in another language mode', async () => {
    const { uri, file, ended } = await begin();
    await vscode.languages.setTextDocumentLanguage(await opened(uri), 'plaintext');
    await closeEditors();
    await goOn(file);
    await assertComplete(await ended, file);
  });
});
