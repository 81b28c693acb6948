import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../src/base/errors.ts';
import { isInside } from '../../src/base/inside.ts';
import { closeEditors, finished, onDisk, rejection, run } from '../host/support.ts';

const idea = 'A window with nothing in it';

describe('a window without a folder', () => {
  it('asks for a folder before anything is begun', async () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    await assert.rejects(run('scenewright.newScript', { idea, duration: 16 }), (error) => {
      assert.match(messageOf(error), /Open a folder first/u);
      return true;
    });
  });

  it('does everything for a script in a folder that is named', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-no-folder-'));
    try {
      const result = await run('scenewright.newScript', { idea, duration: 16, folder });
      assert.equal(path.dirname(vscode.Uri.parse(result.uri).fsPath), folder);
      assert.equal((await onDisk(result.uri)).scenes.length, 2);
      // Its clips and the video of them are beside it, whatever is open.
      const { jobs } = await run('scenewright.renderScenes', { uri: result.uri });
      await finished(jobs);
      const { file, clips } = await run('scenewright.assembleVideo', { uri: result.uri });
      assert.equal(clips, 2);
      assert.ok(isInside(path.join(folder, 'videos'), file), file);
    } finally {
      await closeEditors();
      await rm(folder, { recursive: true });
    }
  });

  it('asks for a file where there is none yet, and leaves the text as it is', async () => {
    const text = '---\nscenewright: 1\nidea: A kite\nduration: 16\n---\n\n# A kite\n';
    const document = await vscode.workspace.openTextDocument({
      language: 'markdown',
      content: text,
    });
    const uri = document.uri.toString();
    const attempts = [
      run('scenewright.writeScenes', { uri }),
      run('scenewright.renderScenes', { uri }),
      run('scenewright.assembleVideo', { uri }),
      run('scenewright.renumberScenes', { uri }),
    ];
    for (const attempt of attempts) {
      assert.match(
        await rejection(attempt),
        /is not a file on disk\. Save it into a folder first/u,
      );
    }
    assert.equal(document.getText(), text);
    await closeEditors();
  });
});
