import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const action =
  'Mara carries the tin up the spiral stairs, counts the steps aloud, and stops where the light should fall.';

/** Its third scene tells the first one again, though its beat does not ask for that. */
const repeated = sampleScript(3, [0, 1, 2])
  .replaceAll('Nobody had seen the lamp go out before.', 'Wind.')
  .replace('for the 3th time and finds that the lamp is dead', 'down to strangers who land in rain')
  .replace(/Far out, horn number [13] sounds\./g, action);

/** What there is to see while and after a script is written and rendered; each test goes on from the last. */
describe('what is to be looked at, in the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let page: WorkbenchPage;
  let shown: Page;

  before(async () => {
    desk = await Desk.open();
    ({ page } = desk);
    shown = desk.workbench.page;
    await writeFile(path.join(desk.workspace, 'repeated.md'), repeated);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  const rows = () => page.treeRows('Scenes');
  const marked = () => rows().filter({ hasText: 'to look at' });

  it('stands in the list of scenes, and in Problems with its reason', async () => {
    await page.open('repeated.md');
    await page.openContainer('Scenewright');
    await marked().first().waitFor();
    assert.deepEqual(await marked().count(), 1);
    await page.palette('Problems: Focus on Problems View');
    const problem = shown.getByText('Scene 3 is to be looked at. It tells scene 1 again.');
    await problem.first().waitFor();
    for (const theme of ['Light Modern', 'Dark High Contrast', 'Dark Modern']) {
      await page.setTheme(theme);
      await marked().first().hover();
      await page.screenshot(path.join(pictures, `to-look-at ${theme}.png`));
    }
  });

  it('is over once the writer says that it is fine, also after a reload', async () => {
    await page.open('repeated.md');
    const line = repeated.split('\n').findIndex((text) => text.startsWith('## Scene 3')) + 1;
    await page.goToLine(line);
    const offer = page.codeActions().filter({ hasText: 'It is fine as it is' });
    await eventually('what the light bulb offers', async () => {
      await shown.keyboard.press('Control+.');
      return offer.waitFor({ timeout: 2000 }).then(
        () => true,
        () => undefined,
      );
    });
    await page.screenshot(path.join(pictures, 'to-look-at-fixes.png'));
    await offer.click();
    await marked().first().waitFor({ state: 'detached' });
    const loaded = shown.waitForEvent('load');
    await page.palette('Developer: Reload Window');
    await loaded;
    await page.ready('Scenewright');
    await page.openContainer('Scenewright');
    await rows().first().waitFor();
    await shown.getByText('Scene 3 is to be looked at').waitFor({ state: 'detached' });
    assert.equal(await marked().count(), 0);
  });

  it('is how rendering gets on, in the status bar, which leads to the jobs', async () => {
    await page.open('repeated.md');
    await page.goToLine(1);
    await page.palette('Scenewright: Render Scenes');
    const item = page.statusBar(/Rendering \d of 3/u);
    await item.waitFor();
    await page.screenshot(path.join(pictures, 'rendering-status.png'));
    await item.click();
    await page.treeRows('Video Jobs').first().waitFor();
    await item.waitFor({ state: 'detached' });
  });
});
