import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../hosts/code-server/host.ts';
import { eventually } from '../support/eventually.ts';
import { sampleScript } from '../unit/script/sample.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

describe('the cards in the Markdown preview of the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let workbench: Workbench;
  let page: WorkbenchPage;

  before(async () => {
    desk = await Desk.open();
    ({ workbench, page } = desk);
    await writeFile(path.join(desk.workspace, 'lamp.md'), sampleScript(2, [0, 1]));
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  /** The frame of the preview, once this is to be seen in it. */
  const previewWith = (selector: string, count: number): Promise<Frame> =>
    eventually(`${count} of ${selector} in the preview`, async () => {
      for (const frame of workbench.page.frames()) {
        // Frames come and go while an editor opens.
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found === count) return frame;
      }
      return undefined;
    });

  it('follow the disk: a clip that has come is there, and plays', async () => {
    await page.open('lamp.md');
    await page.palette('Markdown: Open Preview to the Side');
    await previewWith('.scenewright-card[data-state="none"]', 2);
    await page.editorTab(/^lamp\.md/u).click();
    await page.palette('Scenewright: Render Scenes');
    const preview = await previewWith('.scenewright-card[data-state="current"] > video', 2);
    const seconds: unknown = await preview.evaluate(secondsPlayed);
    assert.ok(typeof seconds === 'number' && seconds > 0, `played ${String(seconds)} s`);
    assert.equal(await preview.evaluate(isPosterThere), true);
  });

  it('can be read in light, dark and high contrast', async () => {
    const themes = {
      'Light Modern': 'vscode-light',
      'Dark Modern': 'vscode-dark',
      'Dark High Contrast': 'vscode-high-contrast',
    };
    for (const [theme, kind] of Object.entries(themes)) {
      await page.setTheme(theme);
      await eventually(`the cards in ${theme}`, async () => {
        const preview = await previewWith(`body.${kind} .scenewright-card > video`, 2);
        // The page of the preview may be made anew just now.
        const card = preview.locator('.scenewright-card').first();
        return card.scrollIntoViewIfNeeded({ timeout: 2000 }).then(
          () => true,
          () => undefined,
        );
      });
      const name = theme.toLowerCase().replaceAll(' ', '-');
      await page.screenshot(path.join(pictures, `preview-cards-${name}.png`));
    }
  });
});

/** Plays the first clip without sound until its time goes on; what it could not do, it rejects with. */
const secondsPlayed = `(async () => {
  const video = document.querySelector('.scenewright-card > video');
  video.muted = true;
  const going = new Promise((resolve) => video.addEventListener('timeupdate', () => {
    if (video.currentTime > 0) resolve(video.currentTime);
  }));
  await video.play();
  const seconds = await going;
  video.pause();
  return seconds;
})()`;

/** Whether the poster of the first clip can be loaded. */
const isPosterThere = `new Promise((resolve) => {
  const image = new Image();
  image.onload = () => resolve(image.naturalWidth > 0);
  image.onerror = () => resolve(false);
  image.src = document.querySelector('.scenewright-card > video').poster;
})`;
