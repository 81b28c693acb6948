import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { pngBytes } from '../../fixtures/picture-bytes.ts';
import type { CommandId } from '../../src/editor/api.ts';
import { folderAtHand } from '../../src/editor/writing/new-script.ts';
import { closeEditors, finished, opened, rejection, run } from '../host/support.ts';
import { sampleScript } from '../unit/script/sample.ts';

const text = sampleScript(2, [0, 1]).replaceAll('8 s', '2 s');
const idea = 'A door between two houses';

/** Every command about a script, as another extension calls it. */
const calls = {
  'scenewright.exportSubtitles': {},
  'scenewright.writeScenes': {},
  'scenewright.rewriteScene': { scene: 1, apply: true },
  'scenewright.rewriteFromHere': { scene: 2, apply: true },
  'scenewright.insertScene': { after: 1 },
  'scenewright.moveScene': { scene: 3, to: 1 },
  'scenewright.moveSceneDown': { scene: 1 },
  'scenewright.moveSceneUp': { scene: 3 },
  'scenewright.mergeScenes': { scene: 2 },
  'scenewright.splitScene': { line: 1 },
  'scenewright.renumberScenes': {},
  'scenewright.whatIsSent': { scene: 1 },
  'scenewright.drawSheets': {},
  'scenewright.drawStills': {},
  'scenewright.renderScenes': {},
  'scenewright.listTakes': { scene: 1 },
  'scenewright.chooseTake': { scene: 1, take: 1 },
  'scenewright.renderChanged': {},
  'scenewright.renderSelected': {},
  'scenewright.assembleVideo': { withoutMissing: true },
  'scenewright.exportStoryboard': {},
} satisfies Partial<Record<CommandId, object>>;

/** Those of them that are about the place of the cursor, and have none to go by here. */
const needCursor: ReadonlySet<string> = new Set([
  'scenewright.splitScene',
  'scenewright.renderSelected',
]);

describe('a workspace of several folders', () => {
  const folders = (): readonly string[] =>
    (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
  const [first = '', second = ''] = folders();
  const scripts = [first, second].map((folder) => path.join(folder, 'lamp.md'));

  before(async () => {
    assert.deepEqual(
      folders().map((folder) => path.basename(folder)),
      ['first', 'second'],
    );
    for (const script of scripts) await writeFile(script, text);
  });

  after(closeEditors);

  /** All files below a folder, by their paths in it. */
  const filesIn = async (folder: string): Promise<string[]> =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort();

  const call = async (command: string, uri: string, argument: object): Promise<unknown> => {
    const result: unknown = await run(command as CommandId, { uri, ...argument });
    const { jobs } = (result ?? {}) as { readonly jobs?: readonly string[] };
    if (jobs !== undefined) {
      for (const { state, error } of await finished(jobs)) assert.equal(state, 'done', error);
    }
    return result;
  };

  it('has the clips and the video of each script in its own folder, whatever their names', async () => {
    const [, script = ''] = scripts;
    const uri = vscode.Uri.file(script).toString();
    await call('scenewright.renderScenes', uri, {});
    const { file } = await run('scenewright.assembleVideo', { uri });
    assert.ok(file.startsWith(path.join(second, 'videos') + path.sep), file);
    assert.deepEqual(await filesIn(first), ['lamp.md']);
    // A copy in another folder has none of them: they could not be joined there.
    const { takes } = await run('scenewright.listTakes', {
      uri: vscode.Uri.file(scripts[0] ?? '').toString(),
      scene: 1,
    });
    assert.deepEqual(takes, []);
  });

  it('has a new script in the folder that the writer is in', async () => {
    for (const script of scripts) {
      await vscode.window.showTextDocument(await opened(vscode.Uri.file(script).toString()));
      assert.equal(folderAtHand(undefined), path.dirname(script));
    }
    await closeEditors();
    assert.equal(folderAtHand(undefined), undefined);
    const named = await run('scenewright.newScript', { idea, duration: 8, folder: second });
    assert.equal(path.dirname(vscode.Uri.parse(named.uri).fsPath), second);
    const unnamed = await run('scenewright.newScript', { idea, duration: 8 });
    assert.equal(path.dirname(vscode.Uri.parse(unnamed.uri).fsPath), first);
  });

  it('follows no link out of any of its folders', async () => {
    const elsewhere = await mkdtemp(path.join(tmpdir(), 'scenewright-elsewhere-'));
    try {
      await symlink(elsewhere, path.join(second, 'linked'));
      const folder = path.join(second, 'linked');
      const why = await rejection(run('scenewright.newScript', { idea, duration: 8, folder }));
      assert.match(why, /No script can be written/u);
      assert.deepEqual(await readdir(elsewhere), []);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('takes pictures of the folder that the script lies in', async () => {
    await writeFile(path.join(first, 'mara.png'), pngBytes('mara'));
    await writeFile(path.join(second, 'mara.png'), pngBytes('mara'));
    const script = scripts[1] ?? '';
    const named = text.replace('- name: Mara\n', '- name: Mara\n    picture: mara.png\n');
    assert.notEqual(named, text);
    await writeFile(script, named);
    const uri = vscode.Uri.file(script).toString();
    const { references, problems } = await run('scenewright.whatIsSent', { uri, scene: 1 });
    assert.deepEqual(problems, []);
    assert.ok(references.every(({ file }) => path.dirname(file) === second));
    const other = path.join(first, 'mara.png');
    const argument = { uri, picture: 'mara.png', file: other };
    assert.match(
      await rejection(run('scenewright.choosePicture', argument)),
      /not in the workspace/u,
    );
  });

  it('does all that there is for a script outside of it, beside that script alone', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-outside-'));
    try {
      const before = [await filesIn(first), await filesIn(second)];
      const script = path.join(folder, 'outside.md');
      await writeFile(script, text);
      const uri = vscode.Uri.file(script).toString();
      await vscode.window.showTextDocument(await opened(uri));
      for (const [command, argument] of Object.entries(calls)) {
        if (needCursor.has(command)) {
          assert.match(await rejection(call(command, uri, argument)), /Put the cursor into/u);
        } else await call(command, uri, argument);
      }
      assert.ok(existsSync(path.join(folder, 'videos', 'outside', 'outside.mp4')));
      assert.match(await readFile(script, 'utf8'), /picture: /u);
      assert.deepEqual([await filesIn(first), await filesIn(second)], before);
    } finally {
      await closeEditors();
      await rm(folder, { recursive: true });
    }
  });

  it('says of a script that is no file yet why nothing can be done, and leaves it as it is', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: text,
    });
    await vscode.window.showTextDocument(document);
    for (const [command, argument] of Object.entries(calls)) {
      const why = await rejection(call(command, document.uri.toString(), argument));
      assert.match(why, /is not a file on disk\. Save it into a folder first/u, command);
    }
    assert.equal(document.getText(), text);
  });
});
