import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from '../hosts/code-server/host.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { eventually } from '../support/eventually.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

describe('the film page in the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let workbench: Workbench;
  let page: WorkbenchPage;
  let film: FrameLocator;

  before(async () => {
    desk = await Desk.open();
    ({ workbench, page } = desk);
    await writeFile(path.join(desk.workspace, 'lamp.md'), sampleScript(5, [0, 1, 2, 3]));
    await writeFile(path.join(desk.workspace, 'other.md'), sampleScript(2, [0]));
    await writeFile(path.join(desk.workspace, 'notes.txt'), 'No script.');
    film = page.webviewFrame();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  it('opens for a script that nobody writes, from the title of its editor', async () => {
    await page.open('lamp.md');
    await page.editorAction('Show Film Page').click();
    await film.getByRole('button', { name: /^Scene 5, .+, planned$/ }).waitFor();
    assert.equal(await film.getByRole('button', { name: /^Scene \d, .+, written$/ }).count(), 4);
    await film.getByRole('button', { name: 'Write Missing Scenes' }).waitFor();
  });

  it('goes along with the cursor in the editor', async () => {
    await page.editorTab('lamp.md').click();
    await page.focusedEditor().waitFor();
    await workbench.page.keyboard.press('Control+End');
    await film.getByRole('heading', { name: 'Beat 4' }).waitFor();
    await film.locator('.frame[aria-current="true"][aria-label^="Scene 4,"]').waitFor();
  });

  it('lets the editor go along with a click, and keeps the keyboard', async () => {
    await film.getByRole('button', { name: /^Scene 2, / }).click();
    await film.getByRole('heading', { name: 'Beat 2' }).waitFor();
    await workbench.page
      .locator('.monaco-editor .view-line')
      .filter({ hasText: 'Scene 2: Beat 2' })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('ArrowRight');
    await film.getByRole('heading', { name: 'Beat 3' }).waitFor();
    await page.screenshot(path.join(pictures, 'film-page.png'));
  });

  it('goes on in the editor on Enter where there is no clip', async () => {
    await workbench.page.keyboard.press('Enter');
    await page.focusedEditor().waitFor();
    await page.statusBar(/Scene 3\/4/u).waitFor();
  });

  it('moves a scene in the document, in one step that can be undone', async () => {
    const file = path.join(desk?.workspace ?? '', 'lamp.md');
    const before = await readFile(file, 'utf8');
    const titles = async () => (await readFile(file, 'utf8')).match(/(?<=^## Scene \d: ).*$/gmu);
    await film.getByRole('button', { name: /^Scene 1, / }).click();
    await workbench.page.keyboard.press('Alt+ArrowRight');
    await film.getByRole('button', { name: /^Scene 2, Beat 1, / }).waitFor();
    await eventually('the scene at its new place, saved', async () =>
      (await titles())?.join() === 'Beat 2,Beat 1,Beat 3,Beat 4' ? true : undefined,
    );
    await page.editorTab('lamp.md').click();
    await page.focusedEditor().waitFor();
    await workbench.page.keyboard.press('Control+z');
    await workbench.page.keyboard.press('Control+s');
    await eventually('the document as it was', async () =>
      (await readFile(file, 'utf8')) === before ? true : undefined,
    );
    await film.getByRole('button', { name: /^Scene 1, Beat 1, / }).waitFor();
  });

  it('shows the scenes as a storyboard, which is exported beside the script', async () => {
    await film.getByRole('radio', { name: 'Strip' }).focus();
    await workbench.page.keyboard.press('ArrowRight');
    const board = film.getByRole('list', { name: 'Storyboard' });
    await board.getByText('Far out, horn number 2 sounds.').waitFor();
    await page.screenshot(path.join(pictures, 'storyboard.png'));
    // Words come for the cards that are in sight.
    await board.getByRole('button', { name: /^Scene 5, / }).scrollIntoViewIfNeeded();
    await board.getByText('for the 5th time').waitFor();
    await film.getByRole('button', { name: 'Export Storyboard…' }).click();
    const file = path.join(desk?.workspace ?? '', 'lamp.storyboard.html');
    const html = await eventually('the storyboard', () =>
      readFile(file, 'utf8').catch(() => undefined),
    );
    assert.equal(html.match(/<li>/gu)?.length, 5);
    await workbench.page.getByText('The storyboard is in lamp.storyboard.html.').waitFor();
    await writeFile(file, 'mine');
    await film.getByRole('button', { name: 'Export Storyboard…' }).click();
    await workbench.page.getByRole('dialog').getByText('Replace lamp.storyboard.html?').waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await readFile(file, 'utf8'), 'mine');
    await film.locator('label', { hasText: 'Strip' }).click();
    await film.getByRole('list', { name: 'Film strip' }).waitFor();
  });

  it('goes on with a script that is closed, and opens it again at the scene that is clicked', async () => {
    await page.editorTab('lamp.md').click();
    await page.focusedEditor().waitFor();
    await page.open('notes.txt');
    await page.editorTab('lamp.md').click({ button: 'middle' });
    await page.editorTab('lamp.md').waitFor({ state: 'detached' });
    await film.getByRole('button', { name: /^Scene 3, / }).click();
    await film.getByRole('heading', { name: 'Beat 3' }).waitFor();
    await page.editorTab('lamp.md').click();
    await page.focusedEditor().waitFor();
  });

  it('follows the script that is active', async () => {
    await page.open('other.md');
    await film.getByRole('button', { name: /^Scene 2, .+, planned$/ }).waitFor();
    assert.equal(await film.getByRole('button', { name: /^Scene \d, / }).count(), 2);
  });

  it('stays in sight where it is alone, and the script is opened beside it', async () => {
    for (const name of ['lamp.md', 'notes.txt', 'other.md']) {
      await page.editorTab(name).click({ button: 'middle' });
      await page.editorTab(name).waitFor({ state: 'detached' });
    }
    const groups = workbench.page.locator('.editor-group-container');
    await eventually('the page alone', async () =>
      (await groups.count()) === 1 ? true : undefined,
    );
    await film.getByRole('button', { name: /^Scene 1, / }).click();
    await page.editorTab('other.md').waitFor();
    assert.equal(await groups.count(), 2);
    await workbench.page
      .locator('.monaco-editor .view-line')
      .filter({ hasText: 'Scene 1: Beat 1' })
      .first()
      .waitFor();
    await page.screenshot(path.join(pictures, 'film-page-beside.png'));
    // The next one leads to the same editor.
    await film.getByRole('button', { name: /^Scene 2, / }).press('Enter');
    await page.focusedEditor().waitFor();
    assert.equal(await groups.count(), 2);
    await film.getByRole('button', { name: /^Scene 1, / }).waitFor();
  });

  it('shows the scenes as a contact sheet, and is as it was left after a reload', async () => {
    await film.locator('label', { hasText: 'Contact Sheet' }).click();
    const sheet = film.getByRole('list', { name: 'Contact Sheet' });
    await sheet.getByText('No take yet').first().waitFor();
    await page.screenshot(path.join(pictures, 'contact-sheet.png'));
    // The window keeps its editors' state when it is asked to reload; a browser that is, is over too soon.
    const loaded = workbench.page.waitForEvent('load');
    await page.palette('Developer: Reload Window');
    await loaded;
    await page.ready('Scenewright');
    await sheet.getByText('No take yet').first().waitFor({ timeout: 90_000 });
    await film.locator('label', { hasText: 'Strip' }).click();
    await film.getByRole('list', { name: 'Film strip' }).waitFor();
  });
});
