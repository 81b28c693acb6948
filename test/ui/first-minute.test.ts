import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { eventually } from '../support/eventually.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const idea = 'A paper boat crosses the flooded city';

/** A writer who has just installed it, in a window without a folder; each test goes on from the last. */
describe('the first minute in the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let page: WorkbenchPage;
  let shown: Page;
  let workspace: string;

  before(async () => {
    desk = await Desk.open({ isEmpty: true });
    ({ page, workspace } = desk);
    shown = desk.workbench.page;
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  const rows = () => page.quickInput().getByRole('option');
  const typed = () => page.quickInput().locator('input.input');

  it('offers a folder first, and goes on with the script there', async () => {
    await page.palette('Scenewright: New Script…');
    // Served to a browser, VS Code asks for a folder by its path.
    const question = page.quickInput().getByText('A folder for the script and its clips');
    await question.waitFor();
    // While it looks what is in a folder, it hears nothing.
    await eventually('the folder taken', async () => {
      await typed().fill(`${workspace}/`);
      await page.quickInput().getByRole('button', { name: 'Use This Folder' }).click();
      return question.waitFor({ state: 'hidden', timeout: 3000 }).then(
        () => true,
        () => undefined,
      );
    });
    await page.quickInput().getByText('New Script (1/3)').waitFor();
  });

  it('keeps an idea that was left, and goes back step by step', async () => {
    await typed().fill(idea);
    await shown.keyboard.press('Escape');
    await page.palette('Scenewright: New Script…');
    await page.quickInput().getByText('New Script (1/3)').waitFor();
    assert.equal(await typed().inputValue(), idea);
    await shown.keyboard.press('Enter');
    await page.quickInput().getByText('New Script (2/3)').waitFor();
    await page.quickInput().getByRole('button', { name: 'Back' }).click();
    await page.quickInput().getByText('New Script (1/3)').waitFor();
    assert.equal(await typed().inputValue(), idea);
    await shown.keyboard.press('Enter');
  });

  it('reads a length as it is typed, and says what it makes of it', async () => {
    await page.quickInput().getByText('New Script (2/3)').waitFor();
    // Enter takes the usual one.
    const first = page.quickInput().locator('.monaco-list-row.focused');
    await first.filter({ hasText: /1 min.*usual/u }).waitFor();
    await page.screenshot(path.join(pictures, 'new-script-length.png'));
    await typed().fill('soon');
    await rows().filter({ hasText: 'Write it like' }).waitFor();
    await shown.keyboard.press('Enter');
    await typed().fill('3:30');
    await rows().filter({ hasText: '3 min 30 s' }).filter({ hasText: 'about 26 scenes' }).waitFor();
    assert.equal(await rows().count(), 1);
    // At once, before there can be a row for it.
    await typed().fill('half a minute');
    await shown.keyboard.press('Enter');
  });

  it('shows who writes, where the file goes, and takes a language by its name alone', async () => {
    await page.quickInput().getByText('New Script (3/3)').waitFor();
    const row = (name: string | RegExp) => rows().filter({ hasText: name }).first();
    await row(/Written by.*Offline scaffold/u).waitFor();
    await row(/File.*a-paper-boat-crosses-the-flooded-city\.md/u).waitFor();
    await page.screenshot(path.join(pictures, 'new-script.png'));
    await row(/^Language/u).click();
    await page.quickInput().getByPlaceholder('Language that is spoken').waitFor();
    await typed().fill('Klingonish');
    await rows().filter({ hasText: 'No language is called' }).waitFor();
    await shown.keyboard.press('Enter');
    await typed().fill('tieng viet');
    await rows().filter({ hasText: 'Vietnamese' }).first().waitFor();
    await shown.keyboard.press('Enter');
    await row(/Language.*Vietnamese/u).waitFor();
    await row(/Stop after the outline/u).click();
    await row('Write the outline').click();
    const name = await eventually('a script in the folder', async () =>
      (await readdir(workspace)).find((file) => file.endsWith('.md')),
    );
    const script = await eventually('an outline', async () => {
      const read = parseScript(await readFile(path.join(workspace, name), 'utf8'));
      return read.brief.language === 'vi' && read.outline.length > 0 ? read : undefined;
    });
    assert.equal(script.brief.duration, 30);
    assert.equal(script.scenes.length, 0);
  });

  it('has forgotten the idea once a script came of it', async () => {
    await page.palette('Scenewright: New Script…');
    await page.quickInput().getByText('New Script (1/3)').waitFor();
    assert.equal(await typed().inputValue(), '');
    await shown.keyboard.press('Escape');
  });

  it('has an example to try, with its next step in the title bar', async () => {
    await page.palette('Scenewright: Try with an Example');
    await page.editorTab(/^the-last-lamp\.md/u).click();
    await shown.getByRole('button', { name: 'Render Scenes' }).first().waitFor();
    await page.screenshot(path.join(pictures, 'example.png'));
  });
});
