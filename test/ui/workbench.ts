import type { FrameLocator, Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';

/** VS Code's window as a person finds it: by what it shows and says, hardly by how it is built. */
export class WorkbenchPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Resolves when the window shows what an extension adds, such as its view container. */
  async ready(container: string): Promise<void> {
    await this.page.locator('.activitybar').getByRole('tab', { name: container }).waitFor();
  }

  /** Run a command from the palette by its whole title, such as `Scenewright: Render Scenes`. */
  async palette(title: string): Promise<void> {
    // Behind it the list says which keys it has, and whether it was used recently.
    const name = new RegExp(`^${title.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}(?:,|$)`, 'u');
    const option = this.page.locator('.quick-input-list').getByRole('option', { name }).first();
    // Whatever comes to the front meanwhile closes the palette.
    await eventually(`${title} in the palette`, async () => {
      try {
        await this.page.keyboard.press('F1');
        await this.input().fill(`>${title}`, { timeout: 3000 });
        // Not the first of the list, which are in the order of the alphabet and may only be alike.
        await option.click({ timeout: 5000 });
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        return undefined;
      }
    });
  }

  /** Open a text of the workspace by its name. */
  async open(name: string): Promise<void> {
    await this.page.keyboard.press('Control+p');
    await this.input().fill(name);
    await this.quickInput().getByRole('option', { name }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.editorTab(name).waitFor();
    // Before that the palette has no commands for what it holds.
    await this.focusedEditor().waitFor();
  }

  /** The box at the top that asks for something. */
  quickInput(): Locator {
    return this.page.locator('.quick-input-widget');
  }

  /** Type into the box whose title holds `title`, and go on. */
  async answer(title: string, text: string): Promise<void> {
    await this.asked(title);
    await this.input().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Choose a line of the box whose title holds `title`. */
  async choose(title: string, line: string | RegExp): Promise<void> {
    await this.asked(title);
    await this.quickInput().getByRole('option', { name: line }).click();
  }

  /** Answer the question for the folder of a first script. */
  async useFolder(folder: string): Promise<void> {
    // Served to a browser, VS Code asks for a folder by its path.
    const question = this.quickInput().getByText('A folder for the script and its clips');
    await question.waitFor();
    // While it looks what is in a folder, it hears nothing.
    await eventually('the folder taken', async () => {
      await this.input().fill(`${folder}/`);
      await this.quickInput().getByRole('button', { name: 'Use This Folder' }).click();
      return question.waitFor({ state: 'hidden', timeout: 3000 }).then(
        () => true,
        () => undefined,
      );
    });
  }

  /** Open a view container by its name in the activity bar. */
  async openContainer(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** The rows of a view in the side bar, by the view's name. */
  treeRows(view: string): Locator {
    // A view's description stands between its name and the word for what it is.
    const heading = new RegExp(`^${view}\\b.*Section$`);
    return this.page
      .locator('.sidebar .pane')
      .filter({ has: this.page.getByRole('button', { name: heading }) })
      .getByRole('treeitem');
  }

  /** The tab of an open editor. */
  editorTab(name: string | RegExp): Locator {
    return this.page.locator('.editor-group-container').getByRole('tab', { name });
  }

  /** The document inside the webview that is shown: VS Code nests it in two frames. */
  webviewFrame(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** An item at the bottom of the window. */
  statusBar(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text });
  }

  /**
   * A notification with this in it, in their list: a word at the edge of the window may be gone before somebody
   * looks.
   */
  async notification(text: string | RegExp): Promise<Locator> {
    const message = this.page
      .locator('.notifications-center .notification-list-item')
      .filter({ hasText: text });
    await eventually(`a notification “${String(text)}”`, async () => {
      await this.palette('Notifications: Show Notifications');
      return (await message.count()) > 0 ? true : undefined;
    });
    return message.first();
  }

  /** A notification with this in it, as it comes up at the edge of the window. */
  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text });
  }

  /** The text editor that takes what is typed, once one does. */
  focusedEditor(): Locator {
    return this.page.locator('.editor-group-container .monaco-editor.focused');
  }

  /** Put the cursor at the beginning of a line of the editor that is in front, from 1. */
  async goToLine(line: number): Promise<void> {
    await this.page.keyboard.press('Control+g');
    await this.input().fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.statusBar(`Ln ${line}, Col`).waitFor();
  }

  /** What stands beside the line with the cursor where something can be done about it. */
  lightBulb(): Locator {
    return this.page
      .locator('.editor-group-container')
      .locator('[class*="codicon-gutter-lightbulb"], .lightBulbWidget')
      .first();
  }

  /** The lines of what the light bulb offers. */
  codeActions(): Locator {
    return this.page.locator('.action-widget').getByRole('option');
  }

  /** A button at the top of the editor that is in front. */
  editorAction(name: string | RegExp): Locator {
    return this.page.locator('.editor-actions').getByRole('button', { name });
  }

  /** Change the colours of everything, such as to `Light Modern`. */
  async setTheme(name: string): Promise<void> {
    // By its keys: the palette lists the marketplace's themes first. What comes to the front closes it.
    await eventually(`${name} among the themes`, async () => {
      try {
        await this.page.keyboard.press('Control+k');
        await this.page.keyboard.press('Control+t');
        await this.input().fill(name, { timeout: 3000 });
        const option = this.quickInput().getByRole('option', { name }).first();
        await option.click({ timeout: 3000 });
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        return undefined;
      }
    });
    await this.quickInput().waitFor({ state: 'hidden' });
  }

  async screenshot(file: string): Promise<void> {
    await this.page.screenshot({ path: file });
  }

  private input(): Locator {
    return this.quickInput().locator('input.input');
  }

  private async asked(title: string): Promise<void> {
    await this.quickInput().locator('.quick-input-title', { hasText: title }).waitFor();
  }
}
