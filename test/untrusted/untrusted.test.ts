import assert from 'node:assert/strict';
import { mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
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

  it('asks Git for nothing', async () => {
    const { uri } = await run('scenewright.newScript', { idea, duration: 8 });
    for (const argument of [{ uri }, { uri, since: 'HEAD' }]) {
      await assert.rejects(run('scenewright.renderChanged', argument), (error) =>
        messageOf(error).includes('not trusted'),
      );
    }
  });

  it('can hold any Markdown without that the extension host stops', async function () {
    this.timeout(120_000);
    const front = '---\nscenewright: 1\n';
    const files = {
      'bullets.md': `${front}---\n\n## Scene 1\n\n${'- '.repeat(4000)}x\n`,
      'questions.md': `${front}${'? '.repeat(305)}x\n---\n\n# A\n`,
      'deep.md': `${front}---\n\n${Array.from({ length: 1000 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')}\n`,
      'emphasis.md': `${front}---\n\n## Scene 1\n\n${'*a_ '.repeat(8000)}\n`,
      'underlined.md': `${front}---\n\n${'a\n===\n'.repeat(5000)}`,
      'CHANGELOG.md': '## 1.0\n\n- *Something* is [new](https://a.b/c).\n\n'.repeat(15_000),
    };
    for (const [name, text] of Object.entries(files)) {
      await writeFile(workspacePath(name), text);
      const before = process.cpuUsage();
      const document = await vscode.workspace.openTextDocument(workspacePath(name));
      const editor = await vscode.window.showTextDocument(document);
      for (const letter of 'word') {
        await editor.edit((builder) => {
          builder.insert(new vscode.Position(document.lineCount - 1, 0), letter);
        });
      }
      await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, 10);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      const { user, system } = process.cpuUsage(before);
      const took = (user + system) / 1000;
      // Seven to twenty seconds for each letter, before there were limits.
      assert.ok(took < 5000, `${name}: the extension host worked for ${took.toFixed(0)} ms`);
    }
  });

  it('says once what is beyond our limits, and refuses to work on it in the same words', async () => {
    const file = workspacePath('brackets.md');
    await writeFile(file, `---\nscenewright: 1\na: ${'['.repeat(1000)}\n---\n\n# A\n`);
    const uri = vscode.Uri.file(file);
    await vscode.window.showTextDocument(uri);
    const said = (): string[] => vscode.languages.getDiagnostics(uri).map(({ message }) => message);
    assert.equal(said().length, 1);
    assert.match(said()[0] ?? '', /nested too deeply.*Nothing was changed/u);
    await assert.rejects(run('scenewright.writeScenes', { uri: uri.toString() }), (error) => {
      assert.match(messageOf(error), /^brackets\.md: The front matter is nested too deeply/u);
      return true;
    });
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
