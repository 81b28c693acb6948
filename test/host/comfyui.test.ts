import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { mp4 } from '../../fixtures/video-bytes.ts';
import { ComfyUiServer } from '../studio/comfyui-server.ts';
import { objectInfo, wan } from '../unit/studios/comfyui/sample-workflows.ts';
import { reset } from './sample-studio.ts';
import { closeEditors, finished, recordOf, rejection, run, set, workspacePath } from './support.ts';

const model = 'comfyui/wan.json';

describe('servers of ComfyUI', () => {
  const clip = mp4(20_000, 4);
  let servers: readonly [ComfyUiServer, ComfyUiServer];

  before(async () => {
    const start = (): Promise<ComfyUiServer> =>
      ComfyUiServer.start({ clip, info: objectInfo, isQuick: true });
    servers = [await start(), await start()];
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(workspacePath(model)),
      Buffer.from(JSON.stringify(wan)),
    );
    await set('video.pollSeconds', 1);
  });

  after(async () => {
    await reset();
    for (const server of servers) await server.close();
    await closeEditors();
    await vscode.workspace.fs.delete(vscode.Uri.file(workspacePath('comfyui')), {
      recursive: true,
    });
  });

  it('are accounts that need an address and no key', async () => {
    const nowhere = { provider: 'comfyui', name: 'Nowhere', secret: '' };
    assert.match(await rejection(run('scenewright.addAccount', nowhere)), /needs its address/u);
    await run('scenewright.chooseStudio', { provider: 'comfyui', model });
    const { uri } = await run('scenewright.newScript', { idea: 'A door in a wall', duration: 8 });
    const none = await rejection(run('scenewright.renderScenes', { uri }));
    assert.match(none, /no server of ComfyUI yet/u);
  });

  it('render the scenes of a script between them, for nothing', async () => {
    for (const [index, server] of servers.entries()) {
      const name = `Server ${index + 1}`;
      await run('scenewright.addAccount', {
        provider: 'comfyui',
        name,
        secret: '',
        address: server.url,
      });
    }
    const { uri } = await run('scenewright.newScript', { idea: 'A boat on a hill', duration: 16 });
    const { jobs } = await run('scenewright.renderScenes', { uri });
    const done = await finished(jobs);
    assert.ok(done.length >= 4);
    for (const { state, error, file = '' } of done) {
      assert.equal(state, 'done', error);
      assert.deepEqual(await readFile(file), clip);
    }
    const orders = servers.map(({ orders: { length } }) => length);
    assert.equal((orders[0] ?? 0) + (orders[1] ?? 0), done.length);
    assert.deepEqual((await recordOf(jobs[0] ?? '')).price, { currency: 'USD', amount: 0 });
  });

  it('plan for what the workflow can do, and say what it cannot before anything is sent', async () => {
    const before = servers[0].orders.length + servers[1].orders.length;
    const { uri } = await run('scenewright.newScript', { idea: 'A lamp at sea', duration: 12 });
    await vscode.workspace.fs.writeFile(
      vscode.Uri.file(workspacePath('comfyui/wan.bindings.json')),
      Buffer.from('{ "frames": [], "longest": 1 }'),
    );
    const refused = await rejection(run('scenewright.renderScenes', { uri }));
    assert.match(refused, /renders 1 s.*has no input for the length/u);
    assert.equal(servers[0].orders.length + servers[1].orders.length, before);
  });
});
