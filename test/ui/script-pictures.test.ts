import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { plainPng } from '../../fixtures/plain-png.ts';
import { eventually } from '../support/eventually.ts';
import { Desk, pictures } from './desk.ts';
import type { WorkbenchPage } from './workbench.ts';

const text = `---
scenewright: 1
title: The Last Lamp
duration: 8
style: watercolour, soft light
characters:
  - name: Mara
    look: thirty, wiry, yellow oilskin coat
    picture: media/mara.png
  - name: Old Tom
    look: seventy, white beard
    picture: media/tom.png
places:
  - name: Lamp room
    look: round, huge glass lenses
    picture: media/room.png
---

# The Last Lamp

## Outline

1. **The lamp goes out** · 8 s · Lamp room, night · Mara, Old Tom <!-- id: k3f9x2 -->

## Scene 1: The lamp goes out

<!-- scene: k3f9x2 -->

_Lamp room · night · Mara, Old Tom · 8 s_

Mara stops on the last step. The great lamp is dark.

\`\`\`prompt
@Mara lifts a lantern towards @Old Tom, slow push in.
\`\`\`
`;

const themes = ['Light Modern', 'Dark Modern', 'Dark High Contrast'] as const;

describe('pictures of a script in the workbench', function () {
  this.bail(true);
  let desk: Desk | undefined;
  let page: WorkbenchPage;
  let shown: Page;

  before(async () => {
    desk = await Desk.open();
    ({ page } = desk);
    shown = desk.workbench.page;
    await mkdir(path.join(desk.workspace, 'media'));
    await writeFile(
      path.join(desk.workspace, 'media/mara.png'),
      plainPng(120, 160, [214, 170, 40]),
    );
    await writeFile(path.join(desk.workspace, 'media/tom.png'), plainPng(120, 160, [70, 90, 120]));
    await writeFile(path.join(desk.workspace, 'film.md'), text);
    await page.open('film.md');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(() => desk?.close());

  const inThemes = async (name: string, ready: () => Promise<void>): Promise<void> => {
    for (const theme of themes) {
      await page.setTheme(theme);
      await ready();
      await page.screenshot(path.join(pictures, `${name} ${theme}.png`));
    }
  };

  /** Put the cursor behind words of the prompt. */
  const goTo = async (words: string): Promise<void> => {
    const line = text.split('\n').find((one) => one.includes(words)) ?? '';
    await page.editorTab(/^film\.md/u).click();
    await shown
      .locator('.view-line', { hasText: /lifts.a.lantern/u })
      .first()
      .click();
    await shown.keyboard.press('Home');
    for (let i = 0; i < line.indexOf(words) + 2; i++) await shown.keyboard.press('ArrowRight');
  };

  const hoverAt = async (words: string, count: number): Promise<void> => {
    const images = shown.locator('.monaco-hover:visible img');
    // A hover that is asked for before the script was read has no pictures, and never gets any.
    await eventually(`a hover of “${words}” with pictures`, async () => {
      await shown.keyboard.press('Escape');
      await goTo(words);
      await shown.keyboard.press('Control+k');
      await shown.keyboard.press('Control+i');
      const last = images.nth(count - 1);
      return last.waitFor({ timeout: 5000 }).then(
        () => true,
        () => undefined,
      );
    });
    assert.equal(await images.count(), count);
    await shown.waitForFunction(areLoaded);
  };

  it('are shown where a prompt names somebody', async () => {
    await inThemes('hover of a name', () => hoverAt('@Mara lifts', 1));
    await inThemes('hover of a prompt', () => hoverAt('slow push', 2));
  });

  it('are a problem where they are not there', async () => {
    await shown.keyboard.press('Escape');
    await page.palette('Problems: Focus on Problems View');
    const problem = shown.getByText('media/room.png is not there.').first();
    await inThemes('problem of a picture', async () => {
      await problem.waitFor();
    });
  });

  it('are on the page that shows what is sent', async () => {
    await writeFile(
      path.join(desk?.workspace ?? '', 'media/room.png'),
      plainPng(160, 90, [40, 60, 50]),
    );
    await goTo('slow push');
    await page.palette('Scenewright: Show What Is Sent');
    await shown.getByText('media/room.png').last().waitFor();
    await inThemes('what is sent', async () => {
      await page.editorTab(/as it is sent/u).waitFor();
    });
  });
});

/** Whether all pictures of the hover have come. */
const areLoaded = `[...document.querySelectorAll('.monaco-hover img')].every(({ naturalWidth }) => naturalWidth > 0)`;
