import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { Workbench } from '../hosts/code-server/host.ts';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const text = sampleScript(5, [0, 1, 2, 3, 4]);

describe('rewriting several scenes, in the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let workbench: Workbench;
  let page: WorkbenchPage;

  before(async () => {
    desk = await Desk.open();
    ({ workbench, page } = desk);
    await writeFile(path.join(desk.workspace, 'lamp.md'), text);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  /** Numbers of the scenes in the file that have another action than before. */
  const rewritten = async (): Promise<number[]> => {
    const file = path.join(desk?.workspace ?? '', 'lamp.md');
    const [now, then] = [parseScript(await readFile(file, 'utf8')), parseScript(text)];
    return now.scenes.flatMap(({ scene: { action } }, i) =>
      action === then.scenes[i]?.scene.action ? [] : [i + 1],
    );
  };

  it('takes the rows that are selected, and asks once what should be different', async () => {
    await page.open('lamp.md');
    await page.openContainer('Scenewright');
    const rows = page.treeRows('Scenes');
    await rows.nth(4).waitFor();
    await workbench.page.getByText('5 of 5 written · 0 with a clip').waitFor();
    await page.screenshot(path.join(pictures, 'script-lenses.png'));
    await rows.nth(1).click();
    await rows.nth(3).click({ modifiers: ['Shift'] });
    await rows.nth(2).click({ button: 'right' });
    const menu = workbench.page.getByRole('menu');
    const rewrite = menu.getByRole('menuitem', { name: 'Rewrite Scene…' });
    await rewrite.waitFor();
    // What is done to one scene is not offered of three.
    assert.equal(await menu.getByRole('menuitem', { name: 'Show What Is Sent' }).count(), 0);
    // Right after it has opened a menu takes no click: it may be the end of the one that opened it.
    await eventually('the choice in the menu', async () => {
      await rewrite.click({ timeout: 2000 }).catch(() => undefined);
      return (await menu.count()) === 0 ? true : undefined;
    });
    await page.answer('Rewrite 3 scenes: 2–4', 'Let it rain');
    await page.editorTab(/^Rewrite: 3 scenes/u).waitFor();
    await page.editorAction('Take All New Texts').waitFor();
    await page.screenshot(path.join(pictures, 'rewrite-several.png'));
  });

  it('leads from scene to scene while they are taken one by one', async () => {
    await page.editorAction('Take the New Text').click();
    await eventually('the first of them', async () =>
      (await rewritten()).join() === '2' ? true : undefined,
    );
    await page.editorAction('Keep the Old Text').click();
    await page.editorAction('Take the New Text').click();
    await eventually('the last of them', async () =>
      (await rewritten()).join() === '2,4' ? true : undefined,
    );
    await page.editorTab(/^Rewrite: /u).waitFor({ state: 'detached' });
  });
});
