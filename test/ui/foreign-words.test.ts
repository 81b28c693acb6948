import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

/** What a service may answer. */
const refusal = 'Bad: [look here](command:workbench.action.showCommands) $(zap)';

/** As it may come with a folder that somebody has cloned. */
const script = `---
scenewright: 1
title: A film from elsewhere
idea: Somebody wins a prize.
duration: 8
---

# A film from elsewhere

## Scene 1: Win \\[a prize\\](command:workbench.action.showCommands) $(zap)

<!-- scene: k3f9x2 -->

_Lamp room · night · Mara · 8 s_

Mara stops on the last step. The great lamp is dark.
`;

/** What VS Code really draws of words that somebody else has written. */
describe('a stranger’s words in the workbench', function () {
  // What follows a step that went wrong would only fail too.
  this.bail(true);
  let desk: Desk | undefined;
  let page: WorkbenchPage;
  let service: Server;

  before(async () => {
    service = createServer((_request, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: refusal } }));
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    desk = await Desk.open();
    ({ page } = desk);
    await writeFile(path.join(desk.workspace, 'elsewhere.md'), script);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(async () => {
    await desk?.close();
    service.closeAllConnections();
    service.close();
  });

  /** The words of a notification that has this in it, drawn without a link or a picture. */
  const told = async (words: string): Promise<string> => {
    const notification = await page.notification(words);
    const message = notification.locator('.notification-list-item-message');
    assert.equal(await message.locator('a, .codicon').count(), 0);
    return (await message.textContent()) ?? '';
  };

  it('are a title in the tree, in a box and in a message, and nowhere a link', async () => {
    await page.open('elsewhere.md');
    await page.openContainer('Scenewright');
    const row = page.treeRows('Scenes').first();
    await row.filter({ hasText: '[a prize](command:' }).waitFor();
    assert.equal(await row.locator('.codicon-zap').count(), 0);
    await row.click();
    await page.statusBar(/Scene 1\/1/u).waitFor();
    await page.palette('Scenewright: Rewrite Scene…');
    await page.answer('Rewrite “Win [a prize]', 'Shorter');
    await page.editorAction('Keep the Old Text').waitFor();
    // Until then the editor would take the focus from what opens.
    await page.focusedEditor().waitFor();
    assert.match(await told('has been rewritten'), /“Win \[a prize\] \(command:.*\) \$ \(zap\)”/u);
    await page.screenshot(path.join(pictures, 'foreign-words.png'));
    await page.editorAction('Keep the Old Text').click();
    await page.editorTab(/^Rewrite: /u).waitFor({ state: 'detached' });
    await page.focusedEditor().waitFor();
  });

  it('are an error of a service, with nothing to click in it but the button', async () => {
    const { port } = service.address() as AddressInfo;
    await page.palette('Scenewright: Choose Writer Model…');
    await page.choose('Choose Writer Model', /^OpenAI-compatible endpoint/u);
    await page.answer('OpenAI-Compatible Endpoint (1/2)', `http://127.0.0.1:${port}/v1`);
    await page.answer('OpenAI-Compatible Endpoint (2/2)', 'gpt-mock');
    await page.statusBar('gpt-mock writes from now on').waitFor();
    await page.focusedEditor().waitFor();
    await page.palette('Scenewright: Rewrite Scene…');
    await page.answer('Rewrite “Win [a prize]', 'Longer');
    assert.match(await told('look here'), /\[look here\] \(command:.*\) \$ \(zap\)/u);
  });
});
