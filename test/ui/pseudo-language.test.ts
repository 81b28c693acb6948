import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import { pseudoTag, pseudoTranslations, untranslated } from '../support/pseudo-language.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

/**
 * A workbench in a language that is nobody's: each word of ours is between its brackets, and what is not is a word
 * of the script or of VS Code, or was never given to translators.
 */
describe('everything that is said', function () {
  this.bail(true);
  let desk: Desk;
  let page: WorkbenchPage;
  const language = pseudoTranslations();
  const script = sampleScript(5, [0, 1, 2, 3]);

  before(async () => {
    desk = await Desk.open({
      settings: { 'git.enabled': true },
      language: { tag: pseudoTag, ...language },
    });
    ({ page } = desk);
    await writeFile(path.join(desk.workspace, 'lamp.md'), script);
    await inGit('init', '--quiet');
    await inGit('add', '.');
    await inGit('commit', '--quiet', '--message', 'lamp 1');
    await page.open('lamp.md');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk.tellFailure();
  });

  after(() => desk.close());

  async function inGit(...command: readonly string[]): Promise<void> {
    const anybody = ['-c', 'user.name=Mara', '-c', 'user.email=mara@example.com'];
    await promisify(execFile)('git', [...anybody, ...command], { cwd: desk.workspace });
  }

  /** Words that are neither translated nor the script's, nor among `others`. */
  function strangers(text: string, others: readonly string[] = []): readonly string[] {
    return untranslated(text, `${script} lamp md ${others.join(' ')}`);
  }

  async function expectTranslated(shown: Locator, others: readonly string[] = []): Promise<void> {
    await shown.first().waitFor();
    const text = (await shown.allInnerTexts()).join('\n');
    assert.match(text, /⟦/, 'nothing of it is ours');
    assert.deepEqual(strangers(text, others), [], text);
  }

  it('goes through the translation in the lists of scenes and jobs', async () => {
    await page.openContainer('Scenewright');
    await desk.workbench.page.locator('.sidebar .pane-body', { hasText: '⟦' }).first().waitFor();
    await expectTranslated(desk.workbench.page.locator('.sidebar .pane'));
  });

  it('does above the scenes, and where one points at them', async () => {
    const heading = 1 + script.split('\n').findIndex((line) => line.startsWith('## Scene 2'));
    await page.editorTab('lamp.md').click();
    await page.goToLine(heading);
    await expectTranslated(desk.workbench.page.locator('.codelens-decoration:visible'));
    await eventually('a hover', async () => {
      await desk.workbench.page.keyboard.press('Control+k');
      await desk.workbench.page.keyboard.press('Control+i');
      const hover = desk.workbench.page.locator('.monaco-hover:visible');
      return hover
        .first()
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => undefined,
        );
    });
    await expectTranslated(desk.workbench.page.locator('.monaco-hover:visible'));
    await desk.workbench.page.keyboard.press('Escape');
  });

  it('does in the status bar', async () => {
    await expectTranslated(page.statusBar(/⟦/));
  });

  it('does on the film page', async () => {
    const film = page.webviewFrame();
    await page.editorAction(/⟦Šĥöŵ Ƒîļɱ/).click();
    await film
      .getByRole('button', { name: /Beat 1/ })
      .first()
      .waitFor();
    await expectTranslated(film.locator('body'));
    await page.screenshot(path.join(pictures, 'pseudo-language.png'));
  });

  it('does in Problems, but for the names of their kinds', async () => {
    await desk.workbench.page.keyboard.press('Control+Shift+m');
    const rows = desk.workbench.page.locator('.markers-panel .monaco-list-row');
    await rows.filter({ hasText: '⟦' }).first().waitFor();
    const kinds = (await rows.allInnerTexts()).join(' ').match(/\b[a-z]+(?:-[a-z]+)+\b/g) ?? [];
    await expectTranslated(rows, ['Ln', 'Col', ...kinds]);
    await desk.workbench.page.keyboard.press('Control+Shift+m');
  });

  it('does where something is chosen', async () => {
    await page.palette(`Scenewright: ${language.manifest['command.chooseStudio'] ?? ''}`);
    const list = page.quickInput();
    await list.getByRole('option').first().waitFor();
    await expectTranslated(list, ['Results', ...studioNames(await list.innerText())]);
    await desk.workbench.page.keyboard.press('Escape');
  });

  it('does where an earlier version is chosen, but for what Git calls it', async () => {
    await page.open('lamp.md');
    const list = page.quickInput();
    await eventually('the version in Git', async () => {
      await page.palette(`Scenewright: ${language.manifest['command.renderChanged'] ?? ''}`);
      return list
        .getByRole('option', { name: /lamp/ })
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => desk.workbench.page.keyboard.press('Escape').then(() => undefined),
        );
    });
    const branchOrHash = /\b(?:main|master)\b|[0-9a-f]{7}(?= ·)/g;
    const text = await list.innerText();
    await expectTranslated(list, [
      'Results',
      ...monthsIn(text),
      ...(text.match(branchOrHash) ?? []),
    ]);
    await desk.workbench.page.keyboard.press('Escape');
  });

  it('does in a notification, with its buttons', async () => {
    await page.palette(`Scenewright: ${language.manifest['command.exportSubtitles'] ?? ''}`);
    const told = await page.notification('srt');
    await page.screenshot(path.join(pictures, 'pseudo-notification.png'));
    await expectTranslated(told, ['Source']);
  });
});

/** `Intl` writes dates of a language that is nobody's in English. */
function monthsIn(text: string): string[] {
  return text.match(/\b[A-Z][a-z]{2} \d{1,2}, \d{4}|\b[AP]M\b/g) ?? [];
}

/** Services and their makers are called the same in any language. */
function studioNames(text: string): string[] {
  return (
    text.match(
      /\b(?:OpenAI|OpenRouter|Google|Gemini|fal|Replicate|Runway|BytePlus|Volcengine|Ark|ComfyUI)\b/g,
    ) ?? []
  );
}
