import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { eventually } from '../support/eventually.ts';
import { Desk, pictures } from './desk.ts';
import { WriterAtDesk } from './writer-at-desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const idea = 'A paper boat crosses the flooded city';

/**
 * Somebody who has just installed it and goes through all of it, in a window without a folder at first, with VS
 * Code's own Git and what comes up at the edge of the window; each test goes on from the last.
 */
describe('a walk through what is installed', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let page: WorkbenchPage;
  let shown: Page;
  let workspace: string;
  let writer: WriterAtDesk;

  before(async () => {
    desk = await Desk.open({
      ...{ isEmpty: true, isInstalled: true },
      settings: { 'git.enabled': true },
    });
    writer = new WriterAtDesk(desk, 'the-last-lamp.md');
    ({ page, workspace } = desk);
    shown = desk.workbench.page;
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  const picture = (name: string): Promise<void> =>
    page.screenshot(path.join(pictures, `walk-${name}.png`));
  const titles = ({ scenes }: ParsedScript): string[] => scenes.map(({ scene }) => scene.title);
  const rows = () => page.quickInput().getByRole('option');
  const typed = () => page.quickInput().locator('input.input');

  it('begins with the steps of a walkthrough', async () => {
    await page.openContainer('Scenewright');
    await page.palette('Welcome: Open Walkthrough...');
    await page.quickInput().getByRole('option', { name: 'Start with Scenewright' }).click();
    await shown.getByRole('heading', { name: 'Start with Scenewright', level: 2 }).waitFor();
    await picture('steps');
  });

  it('offers a folder first, and goes on with the script there', async () => {
    await page.palette('Scenewright: New Script…');
    await page.useFolder(workspace);
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
    await picture('new-script-length');
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
    await picture('new-script');
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
    await picture('example');
    // A short film is soon rendered.
    const { text } = await writer.script();
    const short = text.replaceAll('8 s', '4 s').replace('duration: 40', 'duration: 20');
    await writeFile(writer.file, short);
    await page.webviewFrame().getByText('0:20 of 0:20').waitFor();
    await writer.commit('The example, and shorter');
  });

  it('has a slip of the pen in Problems, and mended by one choice', async () => {
    await writer.goTo('**OLD TOM:**');
    await writer.press(...Array<string>(9).fill('ArrowRight'), 'Delete');
    await shown.keyboard.type('I');
    const slip = shown.locator('.monaco-editor .squiggly-warning').first();
    await slip.waitFor();
    await writer.press('Control+.');
    const mend = page.codeActions().filter({ hasText: 'Change “Old Tim” to “Old Tom”' });
    await mend.waitFor();
    await picture('fix');
    await mend.click();
    await slip.waitFor({ state: 'detached' });
    await writer.press('Control+s');
    await writer.saved('the name as it was', ({ problems }) => problems.length === 0);
  });

  it('gives somebody another name everywhere, and offers it while one types', async () => {
    await writer.goTo('_Lamp room');
    await writer.press(...Array<string>(22).fill('ArrowRight'), 'F2');
    const box = shown.locator('.rename-box input');
    await box.fill('Ines Vale');
    await writer.press('Enter');
    await shown.locator('.view-line').filter({ hasText: 'INES VALE' }).first().waitFor();
    await writer.press('Control+s');
    await writer.saved('the other name', ({ text: now }) => !/Mara/iu.test(now));
    await writer.goTo('red glow;');
    await writer.press('End');
    await shown.keyboard.type(' @');
    const offers = shown.locator('.suggest-widget').getByRole('option');
    await offers.filter({ hasText: '@Ines Vale' }).waitFor();
    await picture('offers');
    await writer.press('Escape', 'Backspace', 'Backspace', 'Control+s');
  });

  it('puts a scene in, parts one, moves one and joins two', async () => {
    await page.openContainer('Scenewright');
    await writer.goTo('Behind the glass');
    await page.palette('Scenewright: Insert Scene…');
    await page.answer('Insert Scene', 'A knock');
    await page.treeRows('Scenes').filter({ hasText: 'A knock' }).waitFor();
    await writer.saved('the new scene', ({ scenes }) => scenes.length === 6);
    await writer.goTo('She is steering');
    await page.palette('Scenewright: Split Scene at the Cursor');
    await writer.saved('the parted scene', ({ scenes }) => scenes.length === 7);
    await writer.goTo('Scene 2: A knock');
    await page.palette('Scenewright: Move Scene To…');
    await page.choose('Move Scene 2', /^1 /u);
    await writer.saved('the moved scene', (script) => titles(script)[0] === 'A knock');
    await writer.goTo('Scene 3: A ship');
    await page.palette('Scenewright: Merge with the Next Scene');
    const script = await writer.saved('the joined scene', ({ scenes }) => scenes.length === 6);
    assert.deepEqual(titles(script).slice(0, 4), [
      ...['A knock', 'The lamp goes out', 'A ship', 'Every light in the house'],
    ]);
    await picture('rearranged');
    // All of it is undone as it was done.
    await writer.look();
    for (let step = 0; step < 4; step++) await writer.press('Control+z');
    await writer.press('Control+s');
    await writer.saved('the scenes as they were', ({ scenes }) => scenes.length === 5);
    await writer.commit('Mara has another name');
  });

  it('rewrites several scenes, and takes of them what is chosen', async () => {
    const before = await writer.script();
    await writer.goTo('Scene 4:');
    await page.palette('Scenewright: Rewrite from Here On…');
    await page.answer('Rewrite 2 scenes', 'Begin with the sound of the water');
    await page.editorTab(/^Rewrite: /u).waitFor();
    const told = page.toast('2 scenes have been rewritten.');
    await told.waitFor();
    await picture('rewrites');
    await page.editorAction('Take the New Text').click();
    await writer.saved('one new text', ({ text: now }) => now !== before.text);
    await told.getByRole('button', { name: 'Keep All Old Texts' }).click();
    await page.editorTab(/^Rewrite: /u).waitFor({ state: 'detached' });
    const after = await writer.script();
    const same = after.scenes.map(
      ({ scene }, i) => scene.action === before.scenes[i]?.scene.action,
    );
    assert.deepEqual(same, [true, true, true, false, true]);
  });

  it('renders what has changed since a commit, and nothing else', async () => {
    await page.palette('Scenewright: Render Scenes Changed Since…');
    const versions = page.quickInput().getByRole('option');
    await versions.filter({ hasText: 'Mara has another name' }).waitFor();
    await versions.filter({ hasText: 'main' }).waitFor();
    await picture('versions');
    await page.choose('Render Scenes Changed Since…', /^Mara has another name/u);
    const told = page.toast('One clip is here');
    await told.waitFor();
    assert.ok(existsSync(path.join(workspace, 'videos', 'the-last-lamp', 'scene-004.mp4')));
    assert.ok(!existsSync(path.join(workspace, 'videos', 'the-last-lamp', 'scene-001.mp4')));
    await told.getByRole('button', { name: 'Open Clip' }).click();
    await page.editorTab(/^scene-004\.mp4/u).waitFor();
    await page.editorTab(/^scene-004\.mp4/u).click({ button: 'middle' });
  });

  it('joins the film by the button of what it has told, and opens it by the next', async () => {
    await writer.look();
    await page.palette('Scenewright: Render Scenes');
    const told = page.toast('4 clips are here');
    await told.waitFor();
    await picture('rendered');
    await told.getByRole('button', { name: 'Assemble Video' }).click();
    const joined = page.toast('5 clips are one video now');
    await joined.waitFor();
    await joined.getByRole('button', { name: 'Open' }).click();
    await page.editorTab(/^the-last-lamp\.mp4/u).waitFor();
    await picture('assembled');
  });
});
