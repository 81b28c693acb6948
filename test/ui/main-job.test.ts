import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { verifyVideo } from '../../src/downloads/verify-video.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import type { Workbench } from '../hosts/code-server/host.ts';
import { Desk, pictures } from './desk.ts';
import { eventually } from '../support/eventually.ts';
import type { WorkbenchPage } from './workbench.ts';

/** A writer at the keyboard, from an idea to the finished video; each test goes on from the last. */
describe('the main job in the workbench', function () {
  // What follows a step that went wrong would only fail too.
  this.bail(true);
  let desk: Desk | undefined;
  let workspace: string;
  let workbench: Workbench;
  let page: WorkbenchPage;
  let script: string;
  let address: string;

  const parsed = async (): Promise<ParsedScript> => parseScript(await readFile(script, 'utf8'));

  before(async () => {
    desk = await Desk.open({ isInstalled: true });
    ({ workspace, workbench, page } = desk);
    address = workbench.page.url();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await desk?.tellFailure();
  });

  after(async () => {
    await desk?.close();
  });

  it('takes an idea and a length in the palette and opens a script', async () => {
    await page.palette('Scenewright: New Script…');
    await page.answer('New Script (1/3)', 'A paper boat crosses the flooded city');
    await page.choose('New Script (2/3)', /^1 min/);
    await page.choose('New Script (3/3)', 'Write the script');
    const name = await eventually('a script in the workspace', async () =>
      (await readdir(workspace)).find((file) => file.endsWith('.md')),
    );
    script = path.join(workspace, name);
    await page.editorTab(name).waitFor();
  });

  it('shows on the film page how the script grows', async () => {
    const progress = page.webviewFrame();
    const strip = progress.getByRole('list', { name: 'Film strip' });
    await strip.waitFor();
    await progress.getByTitle('All 7 scenes are in the script').waitFor();
    const cells = await strip.getByRole('button').all();
    const labels = await Promise.all(cells.map((cell) => cell.getAttribute('aria-label')));
    assert.equal(labels.length, 7);
    for (const [index, label] of labels.entries()) {
      assert.match(label ?? '', new RegExp(`^Scene ${index + 1}, .+, written$`, 'u'));
    }
    assert.match(
      (await progress.getByRole('list', { name: 'Progress' }).textContent()) ?? '',
      /7 of 7 scenes/,
    );
  });

  it('has saved a script of the asked length with every scene written', async () => {
    const { scenes, problems } = await eventually('the saved script', async () => {
      const now = await parsed();
      return now.scenes.length === 7 ? now : undefined;
    });
    assert.deepEqual(problems, []);
    assert.ok(scenes.every(({ written }) => written));
    assert.equal(
      scenes.reduce((sum, { scene }) => sum + scene.seconds, 0),
      60,
    );
  });

  it("sets prompts as text in VS Code's Markdown preview", async () => {
    await page.editorTab(path.basename(script)).click();
    await page.palette('Markdown: Open Preview to the Side');
    const preview = await eventually('the preview', async () => {
      for (const frame of workbench.page.frames()) {
        // Frames come and go while an editor opens.
        const prompts = await frame
          .locator('code.language-prompt')
          .count()
          .catch(() => 0);
        if (prompts === 7) return frame;
      }
      return undefined;
    });
    // Styles come after the text.
    await eventually('prompts that are set as text', async () => {
      const space: string = await preview.evaluate(
        "getComputedStyle(document.querySelector('code.language-prompt')).whiteSpace",
      );
      return space === 'normal' ? true : undefined;
    });
    await page.screenshot(path.join(pictures, 'preview.png'));
    const tab = page.editorTab(/^Preview /u);
    await tab.getByRole('button', { name: /^Close/u }).click();
    await tab.waitFor({ state: 'detached' });
  });

  it('goes to a scene when its cell on the film strip is clicked', async () => {
    const { scenes } = await parsed();
    await page
      .webviewFrame()
      .getByRole('button', { name: /^Scene 3, / })
      .click();
    await workbench.page
      .locator('.monaco-editor .view-line')
      .filter({ hasText: scenes[2]?.scene.title ?? '' })
      .first()
      .waitFor();
  });

  it('lists the scenes in the sidebar', async () => {
    await page.openContainer('Scenewright');
    const { scenes } = await parsed();
    const rows = page.treeRows('Scenes');
    await rows.nth(6).waitFor();
    const texts = await rows.allInnerTexts();
    assert.equal(texts.length, 7);
    for (const [index, { scene }] of scenes.entries()) {
      assert.ok(texts[index]?.includes(scene.title), `${texts[index] ?? ''} ≠ ${scene.title}`);
    }
  });

  it('renders every scene into a clip and a poster in the workspace', async () => {
    await page.palette('Scenewright: Render Scenes');
    await page.treeRows('Video Jobs').filter({ hasText: '%' }).first().waitFor();
    await page.screenshot(path.join(pictures, 'rendering.png'));
    const clips = path.join(workspace, 'videos', path.basename(script, '.md'));
    const { scenes } = await parsed();
    for (const [index, { scene }] of scenes.entries()) {
      const clip = path.join(clips, `scene-${String(index + 1).padStart(3, '0')}.mp4`);
      await eventually(`the clip ${clip}`, () =>
        Promise.resolve(existsSync(clip) ? true : undefined),
      );
      const video = await verifyVideo(clip);
      assert.ok(Math.abs((video.seconds ?? 0) - scene.seconds) < 0.1, clip);
      await eventually(`the poster of ${clip}`, () =>
        Promise.resolve(existsSync(clip.replace(/mp4$/, 'png')) ? true : undefined),
      );
    }
    await page.treeRows('Scenes').filter({ hasText: 'clip ready' }).nth(6).waitFor();
  });

  it('has a small picture of every clip on the film strip', async () => {
    const strip = page.webviewFrame().getByRole('list', { name: 'Film strip' });
    await strip.locator('img').nth(6).waitFor();
    const sizes: unknown = await strip.evaluate(sizesOfPictures);
    assert.deepEqual(sizes, Array(7).fill(320));
  });

  it('joins the clips into one video', async () => {
    await page.palette('Scenewright: Assemble Video');
    const videos = path.join(workspace, 'videos');
    const file = await eventually('the video', async () =>
      (await readdir(videos, { recursive: true })).find(
        (name) => name.endsWith('.mp4') && !/scene-\d+/.test(name),
      ),
    );
    const video = await verifyVideo(path.join(videos, file));
    assert.ok(Math.abs((video.seconds ?? 0) - 60) < 0.5);
  });

  it('renders another take beside the first, and lets one choose which counts', async () => {
    const film = page.webviewFrame();
    await film.getByRole('button', { name: /^Scene 1, / }).click();
    await film.getByRole('button', { name: 'Render Another Take' }).press('Enter');
    const second = film.getByRole('radio', { name: /^Take 2/ });
    await second.waitFor();
    assert.equal(await second.isChecked(), true, 'the newest counts');
    await second.press('ArrowLeft');
    await eventually('the choice in the script', async () =>
      /<!-- scene: \w+ · take: 1 -->/u.test(await readFile(script, 'utf8')) ? true : undefined,
    );
    await page.screenshot(path.join(pictures, 'takes.png'));
  });

  const askForRewrite = async (): Promise<void> => {
    const film = page.webviewFrame();
    await film.getByRole('button', { name: /^Scene 2, / }).click();
    await film.getByRole('button', { name: 'Go to Scene' }).click();
    // Until then the editor would take the focus from what opens.
    await page.focusedEditor().waitFor();
    await page.statusBar(/Scene 2\/7/u).waitFor();
    await page.palette('Scenewright: Rewrite Scene…');
  };

  it('shows a rewrite beside the script and asks whether to take it', async () => {
    await askForRewrite();
    await page.answer('Rewrite “', 'Begin with the sound of the water');
    await page.editorTab(/^Rewrite: /u).waitFor();
    await page.editorAction('Take the New Text').waitFor();
    await page.screenshot(path.join(pictures, 'rewrite.png'));
  });

  it('comes back after a reload of the window as it was', async () => {
    const { page: tab } = workbench;
    await tab.goto(address);
    await page.ready('Scenewright');
    const film = page.webviewFrame();
    await film
      .getByRole('button', { name: /^Scene \d+, .+, rendered$/ })
      .nth(6)
      .waitFor();
    await page.openContainer('Scenewright');
    await page.treeRows('Video Jobs').filter({ hasText: 'kB' }).nth(6).waitFor();
    await page.treeRows('Scenes').filter({ hasText: 'clip ready' }).nth(6).waitFor();
  });

  it('still has the rewrite that nobody had decided on', async () => {
    const before = await parsed();
    await askForRewrite();
    await page.editorAction('Take the New Text').click();
    const after = await eventually('the new text in the script', async () => {
      const now = await parsed();
      return now.text === before.text ? undefined : now;
    });
    assert.match(after.scenes[1]?.scene.questions?.join() ?? '', /sound of the water/u);
    assert.deepEqual(
      after.scenes.toSpliced(1, 1).map(({ scene }) => scene),
      before.scenes.toSpliced(1, 1).map(({ scene }) => scene),
    );
    await page.editorTab(/^Rewrite: /u).waitFor({ state: 'detached' });
  });

  for (const [theme, kind] of [
    ['Light Modern', 'vscode-light'],
    ['Dark High Contrast', 'vscode-high-contrast'],
    ['Light High Contrast', 'vscode-high-contrast-light'],
  ] as const) {
    it(`stays readable in ${theme}`, async () => {
      await page.setTheme(theme);
      const progress = page.webviewFrame();
      await progress.getByRole('heading').first().waitFor();
      await progress.locator(`body[data-vscode-theme-kind="${kind}"]`).waitFor();
      const colours: string = await progress.locator('body').evaluate(inkAndPaper);
      const [ink = '', paper = ''] = colours.split('/');
      assert.ok(contrast(ink, paper) >= 4.5, `${ink} on ${paper}`);
      await page.screenshot(path.join(pictures, `${theme.toLowerCase().replaceAll(' ', '-')}.png`));
    });
  }
});

/** An expression for the page: how wide the pictures on the strip really are. */
const sizesOfPictures = `Promise.all(
  [...document.querySelectorAll('.frame img')].map((image) =>
    image.decode().then(() => image.naturalWidth),
  ),
)`;

/** An expression for the page: the colour of the title and of the editor that the page lies in. */
const inkAndPaper = `(() => {
  const probe = document.createElement('i');
  probe.style.color = 'var(--vscode-editor-background)';
  document.body.append(probe);
  const paper = getComputedStyle(probe).color;
  probe.remove();
  return getComputedStyle(document.querySelector('h1')).color + '/' + paper;
})()`;

/** Contrast ratio of two opaque CSS colours, as the WCAG 2 define it: 1 to 21. */
function contrast(first: string, second: string): number {
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = (colour.match(/\d+(\.\d+)?/gu) ?? []).map((value) => {
      const part = Number(value) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
