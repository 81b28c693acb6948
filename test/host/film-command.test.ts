import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { closeEditors, run, workspacePath } from './support.ts';

function filmTabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        input instanceof vscode.TabInputWebview && input.viewType.endsWith('scenewright.progress'),
    );
}

describe('the command that shows the film page', () => {
  afterEach(closeEditors);

  it('opens one page, for a script that no editor has, and leaves the keyboard where it is', async () => {
    const file = workspacePath('film-command.md');
    await writeFile(file, sampleScript(3, [0]));
    const other = await vscode.workspace.openTextDocument({ content: 'Something else.' });
    await vscode.window.showTextDocument(other);
    const uri = vscode.Uri.file(file).toString();
    await run('scenewright.showProgress', { uri });
    const [tab] = await eventually('the page', () =>
      Promise.resolve(filmTabs().length > 0 ? filmTabs() : undefined),
    );
    assert.equal(tab?.label, 'Film');
    assert.equal(vscode.window.activeTextEditor?.document, other);
    await run('scenewright.showProgress', { uri });
    await run('scenewright.showProgress', {});
    assert.equal(filmTabs().length, 1);
  });
});
