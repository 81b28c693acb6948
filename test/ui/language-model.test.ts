import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { buildHostModules } from '../hosts/build.ts';
import type { Workbench } from '../hosts/code-server/host.ts';
import { Desk, pictures } from './desk.ts';
import { eventually } from '../support/eventually.ts';
import type { WorkbenchPage } from './workbench.ts';

/** A writer who has a model of VS Code write, and whom VS Code asks first. */
describe('a model of VS Code in the workbench', function () {
  // What follows a step that went wrong would only fail too.
  this.bail(true);
  let desk: Desk | undefined;
  let workspace: string;
  let workbench: Workbench;
  let page: WorkbenchPage;

  before(async () => {
    const { languageModel } = await buildHostModules([]);
    desk = await Desk.open({ companions: [languageModel] });
    ({ workspace, workbench, page } = desk);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(async () => {
    await desk?.close();
  });

  const answerConsent = async (button: string): Promise<void> => {
    const dialog = workbench.page.getByRole('dialog').filter({ hasText: 'Scenewright' });
    await dialog.filter({ hasText: 'Models for Tests' }).waitFor();
    await dialog.getByRole('button', { name: button }).click();
  };

  it('is chosen from a list of all that could write', async () => {
    await page.palette('Scenewright: Choose Writer Model…');
    await page
      .quickInput()
      .getByRole('option', { name: /^Offline scaffold/ })
      .waitFor();
    await page
      .quickInput()
      .getByRole('option', { name: /^OpenAI-compatible endpoint/ })
      .waitFor();
    await page.screenshot(path.join(pictures, 'choose-writer.png'));
    await page.choose('Choose Writer Model', /^Guarded Model/);
    await workbench.page
      .locator('.statusbar')
      .getByText('Guarded Model writes from now on')
      .waitFor();
  });

  it('writes nothing where the writer does not allow it, and says so', async () => {
    await page.palette('Scenewright: New Script…');
    await page.answer('New Script (1/3)', 'A paper boat crosses the flooded city');
    await page.choose('New Script (2/3)', /^1 min/);
    await page.choose('New Script (3/3)', 'Write the script');
    await answerConsent('Cancel');
    await page
      .webviewFrame()
      .getByText(/VS Code has not been allowed to use “Guarded Model” for Scenewright/)
      .first()
      .waitFor();
  });

  it('writes the whole script once the writer has allowed it', async () => {
    await page.palette('Scenewright: Write Scenes');
    await answerConsent('Allow');
    const { scenes, writer } = await eventually('the saved script', async () => {
      const [name] = (await readdir(workspace)).filter((file) => file.endsWith('.md'));
      assert.ok(name);
      const script = parseScript(await readFile(path.join(workspace, name), 'utf8'));
      return script.scenes.length === 7 ? script : undefined;
    });
    assert.equal(writer, 'Guarded Model');
    assert.ok(scenes.every(({ written }) => written));
  });
});
