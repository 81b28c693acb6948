import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { eventually } from '../support/eventually.ts';
import { answerTo, type Chat } from '../support/mock-endpoint.ts';
import type { Workbench } from '../hosts/code-server/host.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

/** An endpoint that is out of order, and says that it will be for longer than a test takes. */
class Endpoint {
  isUp = false;
  private readonly server: Server = createServer((request, response) => {
    if (request.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ data: ['mock', 'mock-large', 'other'].map((id) => ({ id })) }));
    } else if (request.url?.includes('/chat/') !== true) response.writeHead(404).end();
    else if (!this.isUp) {
      response.writeHead(502, { 'content-type': 'application/json', 'retry-after': '300' });
      response.end(JSON.stringify({ error: { message: 'The model is being loaded.' } }));
    } else {
      void text(request).then((body) => {
        const { content } = answerTo(JSON.parse(body) as Chat) as { readonly content: string };
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({ choices: [{ message: { content }, finish_reason: 'stop' }] }),
        );
      });
    }
  });

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** A writer whose service answers nobody for a while. */
describe('a service that does not answer, in the workbench', function () {
  // What follows a step that went wrong would only fail too.
  this.bail(true);
  const endpoint = new Endpoint();
  let desk: Desk | undefined;
  let workspace: string;
  let workbench: Workbench;
  let page: WorkbenchPage;
  let baseUrl: string;

  before(async () => {
    baseUrl = await endpoint.open();
    desk = await Desk.open();
    ({ workspace, workbench, page } = desk);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(async () => {
    await desk?.close();
    await endpoint.close();
  });

  const script = async (): Promise<ParsedScript> => {
    const [name] = (await readdir(workspace)).filter((file) => file.endsWith('.md'));
    assert.ok(name);
    return parseScript(await readFile(path.join(workspace, name), 'utf8'));
  };
  const waiting = () =>
    page.webviewFrame().getByText(/The service is not answering; trying again in [45]:\d\d/);

  it('is chosen by its address, and the model among those that it offers', async () => {
    await page.palette('Scenewright: Choose Writer Model…');
    await page.choose('Choose Writer Model', /OpenAI-compatible endpoint/u);
    await page.answer('OpenAI-Compatible Endpoint (1/2)', baseUrl);
    const models = page.quickInput().getByRole('option');
    await models.filter({ hasText: 'mock-large' }).waitFor();
    assert.equal(await models.count(), 3);
    await page.screenshot(path.join(pictures, 'offered-models.png'));
    // There is a way back to the address, and it is kept.
    await page.quickInput().getByRole('button', { name: 'Back' }).click();
    await page.quickInput().getByText('OpenAI-Compatible Endpoint (1/2)').waitFor();
    assert.equal(await page.quickInput().locator('input.input').inputValue(), baseUrl);
    await workbench.page.keyboard.press('Enter');
    await page.choose('OpenAI-Compatible Endpoint (2/2)', /^mock$/u);
    await page.statusBar(/mock writes from now on/u).waitFor();
  });

  it('is waited for, and the page says so and how long', async () => {
    await page.palette('Scenewright: New Script…');
    await page.answer('New Script (1/3)', 'A paper boat crosses the flooded city');
    await page.choose('New Script (2/3)', /^1 min/);
    await page.choose('New Script (3/3)', 'Write the script');
    await waiting().first().waitFor();
    await page
      .webviewFrame()
      .getByText(/The model is being loaded/)
      .first()
      .waitFor();
    await page.screenshot(path.join(pictures, 'silent-service.png'));
  });

  it('is not waited for any longer by who stops', async () => {
    await page.webviewFrame().getByRole('button', { name: 'Stop' }).click();
    await eventually('the end of waiting', async () =>
      (await waiting().count()) === 0 ? true : undefined,
    );
    assert.equal((await script()).scenes.length, 0);
    await page.palette('Scenewright: Write Scenes');
    await waiting().first().waitFor();
  });

  it('is asked at once by who does not want to wait', async () => {
    endpoint.isUp = true;
    await page.webviewFrame().getByRole('button', { name: 'Try Now' }).click();
    await eventually('the whole script', async () =>
      (await script()).scenes.length === 7 ? true : undefined,
    );
  });

  it('is asked at once for a rewrite as well', async () => {
    endpoint.isUp = false;
    const cell = page.webviewFrame().getByRole('button', { name: /^Scene 2, / });
    await cell.click();
    await page.webviewFrame().getByRole('button', { name: 'Go to Scene' }).click();
    // Until then the editor would take the focus from what opens.
    await page.focusedEditor().waitFor();
    await page.statusBar(/Scene 2\/7/u).waitFor();
    await page.palette('Scenewright: Rewrite Scene…');
    await page.answer('Rewrite “', 'Make it rain.');
    const message = await page.notification('asked again after');
    endpoint.isUp = true;
    await message.getByRole('button', { name: 'Try Now' }).click();
    await page.editorTab(/^Rewrite: /u).waitFor();
  });
});
