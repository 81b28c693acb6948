import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const id = 'scenewright.scenewright';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

describe('the extension in VS Code', () => {
  let extension: vscode.Extension<unknown>;
  let manifest: Manifest;

  before(async () => {
    const found = vscode.extensions.getExtension(id);
    assert.ok(found, `${id} is not installed`);
    extension = found;
    manifest = found.packageJSON as Manifest;
    await found.activate();
  });

  it('activates and offers its API in version 1', () => {
    const api = extension.exports as { version: unknown; jobs: () => unknown };
    assert.equal(api.version, 1);
    assert.deepEqual(api.jobs(), []);
  });

  it('registers every command that its manifest promises', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    const promised = manifest.contributes.commands.map(({ command }) => command);
    assert.ok(promised.includes('scenewright.newScript'));
    assert.deepEqual(
      promised.filter((command) => !registered.has(command)),
      [],
    );
  });

  it('shows both of its views', async () => {
    const views = (manifest.contributes.views.scenewright ?? []).map((view) => view.id);
    assert.deepEqual(views.sort(), ['scenewright.jobs', 'scenewright.scenes']);
    for (const view of views) await vscode.commands.executeCommand(`${view}.focus`);
  });

  it('reads no setting of machine scope from the workspace', () => {
    const configuration = vscode.workspace.getConfiguration('scenewright');
    for (const name of ['writer.baseUrl', 'video.baseUrl']) {
      assert.notEqual(configuration.inspect(name), undefined, `${name} is not declared`);
      assert.equal(configuration.inspect(name)?.workspaceValue, undefined);
    }
  });
});
