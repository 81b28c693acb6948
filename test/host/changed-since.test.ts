import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { api, closeEditors, finished, opened, rejection, run, workspacePath } from './support.ts';

const text = sampleScript(3, [0, 1, 2]).replaceAll('8 s', '2 s');

describe('rendering what has changed since a version that Git has', () => {
  const folder = workspacePath('versions');
  const file = path.join(folder, 'lamp.md');
  const uri = vscode.Uri.file(file).toString();

  const git = async (...words: string[]): Promise<void> => {
    const who = ['-c', 'user.name=Mara', '-c', 'user.email=mara@example.org'];
    await promisify(execFile)('git', [...who, ...words], { cwd: folder });
  };

  /** Whether VS Code's own Git extension is at work, which it is in no other test. */
  const useGit = async (isUsed: boolean): Promise<void> => {
    const settings = vscode.workspace.getConfiguration('git');
    await settings.update('enabled', isUsed, vscode.ConfigurationTarget.Global);
  };

  /** The scenes that are ordered, in their order; nothing stays on its way. */
  const rendered = async (since?: string): Promise<number[]> => {
    const argument = since === undefined ? { uri } : { uri, since };
    const { jobs } = await run('scenewright.renderChanged', argument);
    const known = (await api()).jobs().filter(({ id }) => jobs.includes(id));
    await finished(jobs);
    return known.map(({ scene }) => scene).sort((a, b) => a - b);
  };

  const edit = async (from: string, to: string): Promise<void> => {
    const document = await opened(uri);
    const at = document.getText().indexOf(from);
    assert.notEqual(at, -1, from);
    const change = new vscode.WorkspaceEdit();
    const range = new vscode.Range(document.positionAt(at), document.positionAt(at + from.length));
    change.replace(document.uri, range, to);
    await vscode.workspace.applyEdit(change);
    await document.save();
  };

  before(async () => {
    await mkdir(folder);
    await writeFile(file, text);
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', 'lamp.md');
    await git('commit', '--quiet', '--message=The first version');
    // Without Git the last render is all that there is.
    const without = await rejection(run('scenewright.renderChanged', { uri, since: 'main' }));
    assert.match(without, /in no Git repository/u);
    await useGit(true);
    await vscode.window.showTextDocument(await opened(uri));
    await eventually('a repository that VS Code knows', async () => {
      const why = await rejection(run('scenewright.renderChanged', { uri, since: 'nowhere' }));
      return why.includes('Git has no version “nowhere”') ? true : undefined;
    });
  });

  after(async () => {
    await closeEditors();
    await useGit(false);
    await rm(folder, { recursive: true });
  });

  it('orders nothing of a script that says what it did', async () => {
    assert.deepEqual(await rendered('main'), []);
  });

  it('orders what would be sent otherwise by now, whatever else has no clip', async () => {
    await edit('Not tonight.', 'Tonight.');
    await edit('shot 2.', 'shot 2, closer.');
    assert.deepEqual(await rendered('HEAD'), [2]);
  });

  it('orders nothing that has its clip by now, and no commit later than that', async () => {
    assert.deepEqual(await rendered('main'), []);
    await git('commit', '--quiet', '--all', '--message=Closer');
    await edit('shot 3.', 'shot 3, closer.');
    assert.deepEqual(await rendered('HEAD'), [3]);
  });

  it('orders what is missing or stale since the last render', async () => {
    await edit('shot 2, closer.', 'shot 2, from afar.');
    assert.deepEqual(await rendered(), [1, 2]);
  });

  it('takes no words for a version that Git would read as something else', async () => {
    for (const since of ['--output=stolen', 'HEAD:lamp.md', '', 'a b']) {
      const why = await rejection(run('scenewright.renderChanged', { uri, since }));
      assert.match(why, /Git has no version/u);
    }
  });
});
