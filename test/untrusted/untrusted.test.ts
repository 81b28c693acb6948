import assert from 'node:assert/strict';
import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../src/base/errors.ts';
import { api, onDisk, run, set, workspacePath } from '../host/support.ts';

const idea = 'A stranger’s folder asks for a film';

describe('a folder that is not trusted', () => {
  it('is what this window has open, and the extension works in it', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.equal((await api()).version, 1);
  });

  it('can be written in with the offline scaffold', async () => {
    const result = await run('scenewright.newScript', { idea, duration: 16 });
    assert.deepEqual([result.scenes, result.failed], [2, 0]);
    assert.equal((await onDisk(result.uri)).scenes.length, 2);
  });

  it('gets no request of ours sent anywhere, and no key', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    try {
      for (const provider of ['openai', 'openai-videos']) {
        await run('scenewright.addAccount', { provider, name: 'Main', secret: 'a-secret-key' });
      }
      const { uri } = await run('scenewright.newScript', { idea, duration: 16 });
      await set('writer.provider', 'openai');
      await set('writer.baseUrl', address);
      await set('video.provider', 'openai-videos');
      await set('video.baseUrl', address);
      const refuses = async (call: Promise<unknown>): Promise<void> => {
        await assert.rejects(call, (error) => {
          assert.match(messageOf(error), /not trusted, so no key is used/u);
          return true;
        });
      };
      await refuses(run('scenewright.newScript', { idea, duration: 16 }));
      await refuses(run('scenewright.renderScenes', { uri }));
      assert.equal(requests, 0);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('has nothing written outside of it, even where that is confirmed', async () => {
    const elsewhere = await realpath(await mkdtemp(path.join(tmpdir(), 'scenewright-elsewhere-')));
    try {
      const { consent } = await api();
      for (const folder of [elsewhere, path.relative(workspacePath(), elsewhere)]) {
        const argument = { idea, duration: 8, folder, confirmed: consent };
        await assert.rejects(run('scenewright.newScript', argument), (error) => {
          assert.match(messageOf(error), /outside of this workspace, which is not trusted/u);
          return true;
        });
      }
      assert.deepEqual(await readdir(elsewhere), []);
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });
});
