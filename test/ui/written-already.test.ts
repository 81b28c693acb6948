import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workbench } from '../hosts/code-server/host.ts';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

/** All three scenes are written; the heading of the second has lost the space behind its marks. */
const finished = sampleScript(3, [0, 1, 2]);
const damaged = finished.replace('## Scene 2: ', '##Tableau 2: ');
const mended = finished.replace('## Scene 2: ', '## Tableau 2: ');

/** Both sides of a merge stand in the place of the second beat. */
const merged = finished.replace(
  /^2\. .*$/m,
  (beat) => `<<<<<<< HEAD\n${beat}\n=======\n2. **Another beat** · 8 s\n>>>>>>> draft`,
);

describe('what is written already, in the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let workbench: Workbench;
  let page: WorkbenchPage;

  before(async () => {
    desk = await Desk.open();
    ({ workbench, page } = desk);
    await writeFile(path.join(desk.workspace, 'damaged.md'), damaged);
    await writeFile(path.join(desk.workspace, 'bulb.md'), damaged);
    await writeFile(path.join(desk.workspace, 'merged.md'), merged);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  const saved = async (name: string): Promise<string> => {
    await page.editorTab(name).click({ timeout: 5000 });
    await page.focusedEditor().waitFor({ timeout: 5000 });
    await workbench.page.keyboard.press('Control+s');
    return readFile(path.join(desk?.workspace ?? '', name), 'utf8');
  };

  it('is asked about before it is ordered, and tied by the answer in one undo step', async () => {
    await page.open('damaged.md');
    await page.openContainer('Scenewright');
    await page.treeRows('Scenes').first().waitFor();
    await page.palette('Scenewright: Write Scenes');
    const dialog = workbench.page.getByRole('dialog').filter({ hasText: 'Write it again?' });
    await dialog.filter({ hasText: 'seems to be the heading of scene 2, “Beat 2”' }).waitFor();
    await page.screenshot(path.join(pictures, 'written-already.png'));
    await dialog.getByRole('button', { name: 'Tie to the Outline' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually('the heading that is mended', async () =>
      (await saved('damaged.md')) === mended ? true : undefined,
    );
    await workbench.page.keyboard.press('Control+z');
    await eventually('the heading as it was', async () => {
      // Taken back before the run has begun, it is asked about once more.
      const cancel = dialog.getByRole('button', { name: 'Cancel', exact: true });
      if ((await dialog.count()) > 0) await cancel.click();
      const now = await saved('damaged.md').catch(() => '');
      return now === damaged && (await dialog.count()) === 0 ? true : undefined;
    });
  });

  it('is tied by the light bulb at what Problems tells of, in one undo step', async () => {
    await page.open('bulb.md');
    const line = damaged.split('\n').findIndex((text) => text.startsWith('##Tableau')) + 1;
    await page.goToLine(line);
    await page.lightBulb().waitFor();
    const menu = page.codeActions();
    // By its key: where the pointer is, something may lie over the bulb.
    await eventually('what the light bulb offers', async () => {
      await workbench.page.keyboard.press('Control+.');
      const offer = menu.filter({ hasText: 'Tie what is written to the outline' });
      return offer.waitFor({ timeout: 2000 }).then(
        () => true,
        () => undefined,
      );
    });
    await page.screenshot(path.join(pictures, 'light-bulb.png'));
    await menu.filter({ hasText: 'Tie what is written to the outline' }).click();
    await eventually('the heading that is mended', async () =>
      (await saved('bulb.md')) === mended ? true : undefined,
    );
    await workbench.page.keyboard.press('Control+z');
    await eventually('the heading as it was', async () =>
      (await saved('bulb.md')) === damaged ? true : undefined,
    );
  });

  it('is not asked about while a merge has left both sides: the place is shown', async () => {
    await page.open('merged.md');
    await page.palette('Scenewright: Write Scenes');
    const message = await page.notification('a conflict between them is not resolved (line ');
    await page.screenshot(path.join(pictures, 'merge-conflict.png'));
    await message.getByRole('button', { name: 'Go to Conflict' }).click();
    const line = merged.split('\n').indexOf('<<<<<<< HEAD') + 1;
    await page.statusBar(`Ln ${line}, Col`).waitFor();
    assert.equal(await saved('merged.md'), merged);
  });
});
