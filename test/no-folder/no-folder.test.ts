import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../src/base/errors.ts';
import { closeEditors, onDisk, run } from '../host/support.ts';

const idea = 'A window with nothing in it';

describe('a window without a folder', () => {
  it('asks for a folder before anything is begun', async () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    await assert.rejects(run('scenewright.newScript', { idea, duration: 16 }), (error) => {
      assert.match(messageOf(error), /Open a folder first/u);
      return true;
    });
  });

  it('writes into a folder that is named', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'scenewright-no-folder-'));
    try {
      const result = await run('scenewright.newScript', { idea, duration: 16, folder });
      assert.equal(path.dirname(vscode.Uri.parse(result.uri).fsPath), folder);
      assert.equal((await onDisk(result.uri)).scenes.length, 2);
    } finally {
      await closeEditors();
      await rm(folder, { recursive: true });
    }
  });
});
