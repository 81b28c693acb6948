import path from 'node:path';
import type { Page } from 'playwright-core';
import { WorkbenchPage } from '../ui/workbench.ts';
import type { Report } from './protocol.ts';

/** Views are redrawn a few times a second at most, a moment after what they show has changed. */
const redrawnWithinMs = 600;

type Picture = Extract<Report, { readonly type: 'picture' }>;

/** Take a picture of the workbench once it shows what the picture is about. Returns the file. */
export async function takePicture(page: Page, picture: Picture, folder: string): Promise<string> {
  const shown = new WorkbenchPage(page).webviewFrame();
  switch (picture.of) {
    case 'progress':
      await shown.getByRole('list').first().waitFor();
      break;
    case 'video':
      // Played for a moment: the first frames of many videos are dark, and VS Code's webviews cannot
      // jump about in a file.
      await shown.locator('video').evaluate(playTwoSeconds);
      break;
    case 'stills':
      await shown.locator('.sheet img').first().waitFor();
      await page.waitForTimeout(redrawnWithinMs);
      break;
    case 'views':
      await page.waitForTimeout(redrawnWithinMs);
      break;
  }
  const file = path.join(folder, `${picture.name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/** What is used here of the DOM's own type, which only the film page is compiled with. */
interface VideoElement {
  readonly currentTime: number;
  play(): Promise<void>;
  pause(): void;
  addEventListener(type: 'timeupdate' | 'error', listener: () => void): void;
}

/** Runs in the page, so it can use nothing from outside. */
function playTwoSeconds(element: unknown): Promise<void> {
  const video = element as VideoElement;
  return new Promise((resolve, reject) => {
    video.addEventListener('timeupdate', () => {
      if (video.currentTime < 2) return;
      video.pause();
      resolve();
    });
    video.addEventListener('error', () => {
      reject(new Error('The video cannot be played.'));
    });
    video.play().catch(reject);
  });
}
