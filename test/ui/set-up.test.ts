import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { json, Loopback } from '../unit/net/loopback.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const key = 'key-of-the-writer';

/** A writer who has no account yet; each test goes on from the last. */
describe('setting up in the workbench', function () {
  this.bail(true);
  let service: Loopback;
  let desk: Desk | undefined;
  let page: WorkbenchPage;
  let shown: Page;
  let workspace: string;

  before(async () => {
    service = await Loopback.start(({ url, headers }, response) => {
      if (url !== '/v1/models') json(response, {}, 404);
      else if (headers.authorization === `Bearer ${key}`) {
        json(response, { data: ['wan-2', 'wan-2-fast', 'ltx'].map((id) => ({ id })) });
      } else json(response, { error: { message: 'Nobody has this key.' } }, 401);
    });
    desk = await Desk.open({
      isInstalled: true,
      settings: { 'scenewright.writer.provider': 'openai' },
    });
    ({ page, workspace } = desk);
    shown = desk.workbench.page;
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(async () => {
    await desk?.close();
    await service.close();
  });

  const scripts = async (): Promise<readonly string[]> =>
    (await readdir(workspace)).filter((file) => file.endsWith('.md'));
  const welcome = (text: string | RegExp) =>
    shown.locator('.sidebar .welcome-view').filter({ hasText: text });
  const dialog = (text: string | RegExp) =>
    shown.locator('.monaco-dialog-box').filter({ hasText: text });

  it('is what a missing key leads to, and the view says so instead of offering a second script', async () => {
    await page.palette('Scenewright: New Script…');
    await page.answer('New Script (1/3)', 'A paper boat crosses the flooded city');
    await page.choose('New Script (2/3)', /^1 min/);
    await page.choose('New Script (3/3)', 'Write the script');
    await page.openContainer('Scenewright');
    await welcome(/the service that is to write needs an account/u).waitFor();
    assert.equal(await welcome(/New Script/u).count(), 0);
    await welcome(/Its scenes are not written yet/u).waitFor();
    const film = page.webviewFrame();
    await film.getByText('No scene is planned yet').waitFor();
    await film.getByRole('button', { name: 'Write Scenes' }).waitFor();
    await page.screenshot(path.join(pictures, 'welcome-no-account.png'));
    const told = /There is no account for the writer at https:\/\/api\.openai\.com/u;
    const offer = (await page.notification(told)).getByRole('button', { name: 'Add Account…' });
    await offer.click();
    await page
      .quickInput()
      .getByText(/Add Account/u)
      .first()
      .waitFor();
    await shown.keyboard.press('Escape');
  });

  it('goes on with the same file once somebody else writes', async () => {
    await welcome(/needs an account/u)
      .getByRole('button', { name: 'Choose Writer Model…' })
      .click();
    await page.choose('Choose Writer Model', /^Offline scaffold/u);
    await welcome(/Writing begins with the outline/u)
      .getByRole('button', { name: 'Write Scenes' })
      .click();
    await eventually('the written scenes', async () =>
      (await page.treeRows('Scenes').count()) > 3 ? true : undefined,
    );
    assert.equal((await scripts()).length, 1);
  });

  it('asks a studio for its models, and tests the key by that', async () => {
    await page.palette('Scenewright: Choose Studio for Clips…');
    await page.choose('Choose Studio for Clips', /^OpenAI-compatible videos/u);
    await page.answer('OpenAI-compatible videos (1/2)', `${service.url}/v1`);
    await page.answer('Add Account', 'Main');
    await page.answer('Add Account', 'key-of-nobody');
    await dialog(/Nobody has this key/u)
      .getByRole('button', { name: 'Change Key…' })
      .click();
    await page.answer('Main', key);
    const models = page.quickInput().getByRole('option');
    await models.filter({ hasText: 'wan-2-fast' }).waitFor();
    assert.equal(await models.count(), 3);
    await page.screenshot(path.join(pictures, 'studio-models.png'));
    // There is a way back to the studios.
    await page.quickInput().getByRole('button', { name: 'Back' }).click();
    await page.choose('Choose Studio for Clips', /^OpenAI-compatible videos/u);
    await page.answer('OpenAI-compatible videos (1/2)', `${service.url}/v1`);
    await page.choose('OpenAI-compatible videos (2/2)', /^wan-2$/u);
    await page
      .statusBar(/OpenAI-compatible videos · wan-2 renders from now on; the key of “Main” is good/u)
      .waitFor();
  });

  it('shows how it is with each account, and tests its key again', async () => {
    await page.palette('Scenewright: Manage Accounts…');
    await page
      .quickInput()
      .getByRole('option', { name: /Main.*OpenAI-compatible videos.*127\.0\.0\.1/u })
      .waitFor();
    await page.screenshot(path.join(pictures, 'accounts.png'));
    await page.choose('Accounts', /^Main/u);
    await page.choose('Main', 'Test Key');
    await page.notification(/The key of “Main” is good/u);
    await page.palette('Scenewright: Manage Accounts…');
    await page.choose('Accounts', /^Main/u);
    await page.choose('Main', 'Change Key…');
    const question = page.quickInput().getByText(/This key will be sent to/u);
    await question.waitFor();
    await page.answer('Main', 'key-of-nobody');
    // What is typed is looked at before the box goes, and the palette would close it before that.
    await question.waitFor({ state: 'hidden' });
    const told = await page.notification(
      /The key was refused.*Nobody has this key.*“Main” cannot be used now/u,
    );
    await told.getByRole('button', { name: 'Change Key…' }).click();
    await question.waitFor();
    await page.answer('Main', key);
    await page.statusBar(/The account “Main” is saved; its key is good/u).waitFor();
  });
});
