import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../hosts/code-server/host.ts';
import { eventually } from '../support/eventually.ts';
import { sampleScene, sampleScript } from '../unit/script/sample.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const script = sampleScript(2, [0, 1]).replaceAll('\n', '\r\n');
const [first, second] = [0, 1].map((index) => sampleScene(index).prompt);

describe('the cards of prompts in VS Code’s editor of rendered Markdown', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let workbench: Workbench;
  let page: WorkbenchPage;
  let file: string;

  before(async () => {
    desk = await Desk.open({
      settings: { 'workbench.editorAssociations': { 'lamp.md': 'vscode.markdown.editor' } },
    });
    ({ workbench, page } = desk);
    file = path.join(desk.workspace, 'lamp.md');
    await writeFile(file, script);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  /** The frame in which this is to be seen. */
  const frameWith = (selector: string): Promise<Frame> =>
    eventually(`${selector} in a frame`, async () => {
      for (const frame of workbench.page.frames()) {
        // Frames come and go while an editor opens.
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      return undefined;
    });

  const cardOf = (number: number): Promise<Frame> =>
    frameWith(`.card[aria-label^="Scene ${number}:"]`);

  /** Cards are made once they are to be seen. */
  const scrollTo = async (text: string): Promise<void> => {
    const editor = await frameWith('.md-editor .md-code-block');
    const found = `[...document.querySelectorAll('.md-editor h2')].find((heading) =>
      heading.textContent.includes(${JSON.stringify(text)}))`;
    await eventually(`the heading ${text}`, () =>
      editor.evaluate(`(${found})?.scrollIntoView() ?? (${found} && true)`),
    );
  };

  const saved = (wanted: string): Promise<true> =>
    eventually('the saved document', async () =>
      (await readFile(file, 'utf8')) === wanted ? true : undefined,
    );

  it('say how each scene stands, and can only be read at first', async () => {
    await workbench.page.keyboard.press('Control+p');
    const quick = page.quickInput();
    await quick.locator('input.input').fill('lamp.md');
    await quick.getByRole('option', { name: 'lamp.md' }).first().waitFor();
    await workbench.page.keyboard.press('Enter');
    await scrollTo('Scene 1');
    const card = await cardOf(1);
    await card.getByText('no clip yet').waitFor();
    const prompt = card.getByRole('textbox', { name: 'Prompt of scene 1' });
    assert.equal(await prompt.inputValue(), first);
    assert.equal(await prompt.isEditable(), false);
  });

  it('take what is typed, and change exactly that line of the file', async () => {
    const editor = await frameWith('.md-readonly-toggle');
    // It is drawn beside the text, whatever is scrolled there.
    await editor.locator('.md-readonly-toggle').dispatchEvent('click');
    await scrollTo('Scene 2');
    const card = await cardOf(2);
    const prompt = card.getByRole('textbox', { name: 'Prompt of scene 2' });
    await eventually('a prompt to write in', async () =>
      (await prompt.isEditable()) ? true : undefined,
    );
    await prompt.focus();
    await prompt.press('Control+End');
    const typed = ' </script> ](command:x) *fog*';
    await workbench.page.keyboard.type(typed);
    await prompt.press('Control+s');
    await saved(script.replace(second ?? '', `${second}${typed}`));
    assert.equal(await card.getByText('no clip yet').count(), 1, 'it is still that scene');
  });

  it('undo what was typed, as one history with the document', async () => {
    const card = await cardOf(2);
    const prompt = card.getByRole('textbox');
    for (let more = ''; (await prompt.inputValue()) !== second; more = await prompt.inputValue()) {
      await prompt.press('Control+z');
      await eventually('less of it', async () =>
        (await prompt.inputValue()) === more ? undefined : true,
      );
    }
    await prompt.press('Control+s');
    await saved(script);
  });

  it('render their scene, show its picture, and let a take be chosen', async () => {
    const card = await cardOf(2);
    await card.getByRole('button', { name: 'Render', exact: true }).click();
    await card.getByText('clip ready').waitFor({ timeout: 60_000 });
    await card.locator('img.picture').waitFor();
    await eventually('the picture', () =>
      card.evaluate(`document.querySelector('img.picture').naturalWidth > 0 || undefined`),
    );
    await card.getByRole('button', { name: 'Another take' }).click();
    await card.getByRole('button', { name: 'Take 1' }).click({ timeout: 60_000 });
    await card.locator('button[aria-pressed="true"]', { hasText: 'Take 1' }).waitFor();
    await card.getByRole('textbox').press('Control+s');
    await eventually('the chosen take in the file', async () =>
      /<!-- scene: \w+ · take: 1 -->/u.test(await readFile(file, 'utf8')) ? true : undefined,
    );
  });

  it('have the colours of each theme that is chosen', async () => {
    // Keys that are struck in a card stay there.
    await page.editorTab('lamp.md').click();
    for (const [theme, background] of [
      ['Light Modern', '#ffffff'],
      ['Dark Modern', '#1f1f1f'],
      ['Dark High Contrast', '#000000'],
    ] as const) {
      await page.setTheme(theme);
      await scrollTo('Scene 2');
      const card = await cardOf(2);
      await card.locator('img.picture').waitFor();
      await eventually(`the colours of ${theme}`, async () => {
        const colour = await card.evaluate(
          `getComputedStyle(document.body).getPropertyValue('--vscode-editor-background').trim()`,
        );
        const isSeenThrough = await card.evaluate(
          `getComputedStyle(document.documentElement).colorScheme ===
            getComputedStyle(parent.document.documentElement).colorScheme`,
        );
        return colour === background && isSeenThrough === true ? true : undefined;
      });
      const name = theme.toLowerCase().replaceAll(' ', '-');
      await page.screenshot(path.join(pictures, `prompt-cards-${name}.png`));
    }
  });
});
