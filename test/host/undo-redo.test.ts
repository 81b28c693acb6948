import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { pngBytes } from '../../fixtures/picture-bytes.ts';
import type { CommandId } from '../../src/editor/api.ts';
import type { TakeShown } from '../../src/editor/jobs/take-list.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { eventually } from '../support/eventually.ts';
import { faultyScripts } from '../unit/script/faulty-scripts.ts';
import { closeEditors, finished, opened, run, set, workspacePath } from './support.ts';

const scene = (number: number, id: string, title: string, data = ''): string => `
## Scene ${number}: ${title}

<!-- scene: ${id}${data} -->

_Lamp room · night · Mara · 2 s_

![First frame](${title.toLowerCase()}.png)

${title} begins.

${title} goes on.

\`\`\`prompt
${title}, moonlight.
\`\`\`
`;

const text = `---
scenewright: 1
title: Undone
idea: A lamp that is out
duration: 6
characters:
  - name: Mara
    look: Grey braid.
    picture: mara.png
places:
  - name: Lamp room
    look: Brass.
    picture: lamp.png
---

# Undone

## Outline

1. **Stairs** · 2 s · Lamp room, night · Mara <!-- id: aaaaa1 -->
   Mara climbs the stairs.
2. **Lamp** · 2 s · Lamp room, night · Mara <!-- id: aaaaa2 -->
   Mara finds the lamp dark.
3. **Horn** · 2 s · Lamp room, night · Mara <!-- id: aaaaa3 -->
   A ship calls.
${scene(1, 'aaaaa1', 'Stairs')}${scene(7, 'aaaaa2', 'Lamp')}${scene(3, 'aaaaa3', 'Horn')}`;

/** A command that changes the text of a script. */
interface Edit {
  readonly run: (uri: string) => Promise<unknown>;
  /** What it is done to; {@link text} where it is left out. */
  readonly to?: string;
  /** It comes bit by bit, as it is written or drawn. */
  readonly bySteps?: true;
}

/** Why a command needs no undo: its work is another command's, or no open script is changed by it. */
type Why = { readonly as: CommandId } | 'makes a file' | 'edits nothing';

/** A scene without the line of its first frame. */
const withoutFrame = text.replace('![First frame](horn.png)\n\n', '');

/** Every command there is, so that the compiler asks for a new one. */
const commands: Readonly<Record<CommandId, Edit | Why>> = {
  'scenewright.insertScene': {
    run: (uri) => run('scenewright.insertScene', { uri, after: 1, title: 'Door', seconds: 4 }),
  },
  'scenewright.splitScene': {
    run: (uri) =>
      run('scenewright.splitScene', { uri, line: lineOf('Lamp goes on.'), title: 'Dark' }),
  },
  'scenewright.mergeScenes': { run: (uri) => run('scenewright.mergeScenes', { uri, scene: 1 }) },
  'scenewright.moveScene': { run: (uri) => run('scenewright.moveScene', { uri, scene: 3, to: 1 }) },
  'scenewright.moveSceneUp': { run: (uri) => run('scenewright.moveSceneUp', { uri, scene: 2 }) },
  'scenewright.moveSceneDown': {
    run: (uri) => run('scenewright.moveSceneDown', { uri, scene: 1 }),
  },
  'scenewright.renumberScenes': { run: (uri) => run('scenewright.renumberScenes', { uri }) },
  'scenewright.rewriteScene': {
    run: (uri) =>
      run('scenewright.rewriteScene', {
        ...{ uri, scenes: [1, 2] },
        ...{ instruction: 'Rain', apply: true },
      }),
  },
  'scenewright.rewriteFromHere': {
    run: (uri) =>
      run('scenewright.rewriteFromHere', { uri, scene: 2, instruction: 'Fog', apply: true }),
  },
  'scenewright.takeRewrite': {
    run: async (uri) => {
      const asked = run('scenewright.rewriteScene', { uri, scene: 2, instruction: 'Snow' });
      await proposed('scenewright-rewrite');
      await run('scenewright.takeRewrite', { uri, scene: 2 });
      await asked;
    },
  },
  'scenewright.takeAllRewrites': {
    run: async (uri) => {
      const asked = run('scenewright.rewriteScene', { uri, scenes: [1, 3], instruction: 'Hail' });
      const address = await proposed('scenewright-rewrites');
      await vscode.commands.executeCommand('scenewright.takeAllRewrites', address);
      await asked;
    },
  },
  'scenewright.chooseTake': {
    run: (uri) => run('scenewright.chooseTake', { uri, scene: 1, take: 1 }),
  },
  'scenewright.choosePicture': {
    run: (uri) =>
      run('scenewright.choosePicture', {
        ...{ uri, picture: 'mara.png' },
        file: workspacePath('undo', 'lamp.png'),
      }),
  },
  'scenewright.drawSheets': {
    to: text.replace('    picture: mara.png\n', ''),
    bySteps: true,
    run: (uri) => drawn(uri, 'scenewright.drawSheets'),
  },
  'scenewright.drawStills': {
    to: withoutFrame,
    bySteps: true,
    run: (uri) => drawn(uri, 'scenewright.drawStills'),
  },
  'scenewright.writeScenes': {
    to: text.slice(0, text.indexOf('\n## Scene 3')),
    bySteps: true,
    run: (uri) => run('scenewright.writeScenes', { uri }),
  },
  'scenewright.resumeWriting': { as: 'scenewright.writeScenes' },
  'scenewright.newScript': 'makes a file',
  'scenewright.tryExample': 'makes a file',
  'scenewright.exportStoryboard': 'makes a file',
  'scenewright.exportSubtitles': 'makes a file',
  'scenewright.assembleVideo': 'makes a file',
  'scenewright.acceptScene': 'edits nothing',
  'scenewright.refuseRewrite': 'edits nothing',
  'scenewright.refuseAllRewrites': 'edits nothing',
  'scenewright.pauseWriting': 'edits nothing',
  'scenewright.cancelWriting': 'edits nothing',
  'scenewright.showProgress': 'edits nothing',
  'scenewright.revealScene': 'edits nothing',
  'scenewright.whatIsSent': 'edits nothing',
  'scenewright.openClip': 'edits nothing',
  'scenewright.listTakes': 'edits nothing',
  'scenewright.deleteTake': 'edits nothing',
  'scenewright.renderScenes': 'edits nothing',
  'scenewright.renderSelected': 'edits nothing',
  'scenewright.renderChanged': 'edits nothing',
  'scenewright.renderAnotherTake': 'edits nothing',
  'scenewright.renderThreeTakes': 'edits nothing',
  'scenewright.renderWithSeed': 'edits nothing',
  'scenewright.renderWithInstruction': 'edits nothing',
  // The present picture stays in the script.
  'scenewright.redrawSheet': 'edits nothing',
  'scenewright.redrawStill': 'edits nothing',
  'scenewright.addAccount': 'edits nothing',
  'scenewright.manageAccounts': 'edits nothing',
  'scenewright.chooseWriter': 'edits nothing',
  'scenewright.chooseStudio': 'edits nothing',
  'scenewright.choosePictureStudio': 'edits nothing',
  'scenewright.jobs.open': 'edits nothing',
  'scenewright.jobs.reveal': 'edits nothing',
  'scenewright.jobs.retry': 'edits nothing',
  'scenewright.jobs.renderAgain': 'edits nothing',
  'scenewright.jobs.renderWithoutFrame': 'edits nothing',
  'scenewright.jobs.cancel': 'edits nothing',
  'scenewright.jobs.pause': 'edits nothing',
  'scenewright.jobs.resume': 'edits nothing',
  'scenewright.jobs.remove': 'edits nothing',
  'scenewright.jobs.openExternal': 'edits nothing',
  'scenewright.jobs.revealScene': 'edits nothing',
  'scenewright.jobs.upscale': 'edits nothing',
  'scenewright.jobs.pauseAll': 'edits nothing',
  'scenewright.jobs.resumeAll': 'edits nothing',
  'scenewright.jobs.retryFailed': 'edits nothing',
  'scenewright.jobs.filter': 'edits nothing',
};

/** Those of one command after the other, which all have the same clips. */
const file = fileOf('undone');
let document: vscode.TextDocument;

function fileOf(name: string): vscode.Uri {
  return vscode.Uri.file(workspacePath('undo', `${name}.md`));
}

/** The line of the document that holds these words, from 1. */
function lineOf(words: string): number {
  return document.positionAt(document.getText().indexOf(words)).line + 1;
}

/** The address of the proposed text, once it is shown. */
async function proposed(scheme: string): Promise<vscode.Uri> {
  return eventually('the proposed text', () =>
    Promise.resolve(
      vscode.window.visibleTextEditors
        .map(({ document: { uri } }) => uri)
        .find((uri) => uri.scheme === scheme),
    ),
  );
}

async function drawn(
  uri: string,
  command: 'scenewright.drawSheets' | 'scenewright.drawStills',
): Promise<void> {
  const before = document.getText();
  await finished((await run(command, { uri })).jobs);
  await eventually('what was drawn in the script', () =>
    Promise.resolve((document.getText() !== before && !document.isDirty) || undefined),
  );
}

/** Undo, or do again, in the editor of the script, until it says something else or the steps are over. */
async function history(command: 'undo' | 'redo', until: string, steps: number): Promise<number> {
  await vscode.window.showTextDocument(document);
  for (let step = 1; step <= steps; step++) {
    await vscode.commands.executeCommand(command);
    if (document.getText() === until) return step;
  }
  assert.equal(document.getText(), until, `${command} ${steps} times`);
  return steps;
}

async function show(content: string, at = file): Promise<void> {
  await writeFile(at.fsPath, content);
  document = await opened(at.toString());
  await vscode.window.showTextDocument(document);
  await eventually('the script as it is to be', () =>
    Promise.resolve(document.getText() === content || undefined),
  );
}

/** As VS Code would have it put away after each test, with nothing to ask. */
async function putAway(): Promise<void> {
  if (document.isDirty) await document.save();
  await closeEditors();
}

describe('undo and redo', () => {
  before(async () => {
    await mkdir(workspacePath('undo'), { recursive: true });
    for (const name of ['mara', 'lamp', 'stairs', 'horn']) {
      await writeFile(workspacePath('undo', `${name}.png`), pngBytes(name));
    }
  });

  after(async () => {
    await rm(workspacePath('undo'), { recursive: true });
  });

  it('are known of every command', () => {
    const extension = vscode.extensions.getExtension('scenewright.scenewright');
    const manifest = extension?.packageJSON as {
      readonly contributes: { readonly commands: readonly { readonly command: string }[] };
    };
    assert.deepEqual(
      Object.keys(commands).sort(),
      manifest.contributes.commands.map(({ command }) => command).sort(),
    );
  });

  describe('of a command', () => {
    const uri = file.toString();

    afterEach(putAway);

    before(async () => {
      await show(text);
      const { jobs } = await run('scenewright.renderScenes', { uri, scenes: [1], takes: 2 });
      for (const { state, error } of await finished(jobs)) assert.equal(state, 'done', error);
    });

    /** What hangs on the text: the takes of each scene, by its id, with which of them counts and is stale. */
    const hanging = async (): Promise<unknown> => {
      const { scenes } = parseScript(document.getText());
      const takes: [string | undefined, readonly TakeShown[]][] = [];
      for (const [index, { id }] of scenes.entries()) {
        takes.push([id, (await run('scenewright.listTakes', { uri, scene: index + 1 })).takes]);
      }
      return takes;
    };

    for (const [command, row] of Object.entries(commands)) {
      if (typeof row === 'string' || 'as' in row) continue;
      it(`${command}: bring back every letter, and the clips`, async () => {
        const { to = text, bySteps } = row;
        await show(to);
        const clipsBefore = await hanging();
        await row.run(uri);
        const after = document.getText();
        const clipsAfter = await hanging();
        assert.notEqual(after, to, 'it has changed something');
        const steps = await history('undo', to, bySteps === true ? 10 : 1);
        assert.deepEqual(await hanging(), clipsBefore);
        await history('redo', after, steps);
        assert.deepEqual(await hanging(), clipsAfter);
      });
    }

    it('F2: bring back every letter', async () => {
      await show(text);
      const at = document.positionAt(text.indexOf('Mara climbs'));
      const edit = await eventually('the rename', () =>
        Promise.resolve(
          vscode.commands
            .executeCommand<vscode.WorkspaceEdit>(
              'vscode.executeDocumentRenameProvider',
              ...[document.uri, at, 'Ines Vale'],
            )
            .then(undefined, () => undefined),
        ),
      );
      assert.ok(await vscode.workspace.applyEdit(edit));
      const after = document.getText();
      assert.equal(after.match(/Ines Vale/gu)?.length, text.match(/Mara/gu)?.length);
      await history('undo', text, 1);
      await history('redo', after, 1);
    });
  });

  describe('of a quick fix', () => {
    before(async () => {
      // A studio of which the lengths are known, for fixes that set them.
      await set('video.provider', 'openai-videos');
      await set('video.clipSeconds', [4, 6, 8, 10, 12]);
    });

    afterEach(putAway);

    after(async () => {
      await set('video.provider', undefined);
      await set('video.clipSeconds', undefined);
    });

    const fixes = async (code: string): Promise<readonly vscode.CodeAction[]> => {
      const problem = await eventually(`the problem ${code}`, () =>
        Promise.resolve(
          vscode.languages.getDiagnostics(document.uri).find((one) => one.code === code),
        ),
      );
      const all = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        ...[document.uri, problem.range, vscode.CodeActionKind.QuickFix.value, 20],
      );
      // What is done by a command stands above.
      return all.filter(({ edit }) => edit !== undefined);
    };

    // One that lets the writer type on, and those that change the text in the most places; all are edits of VS Code's.
    for (const code of ['look-missing', 'length-missed', 'untied-scene', 'duplicate-id'] as const) {
      it(`for ${code}: bring back every letter`, async () => {
        const content = faultyScripts[code];
        // One that is opened is checked at once; one that is changed, after a pause.
        await show(content, fileOf(code));
        const found = await eventually(`fixes for ${code}`, async () => {
          const all = await fixes(code);
          return all.length > 0 ? all : undefined;
        });
        for (const { title, edit } of found) {
          assert.ok(edit && (await vscode.workspace.applyEdit(edit)), title);
          const after = document.getText();
          assert.notEqual(after, content, title);
          await history('undo', content, 1);
          await history('redo', after, 1);
          await history('undo', content, 1);
        }
      });
    }
  });
});
