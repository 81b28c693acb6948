import path from 'node:path';
import * as vscode from 'vscode';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { isInside } from '../../base/inside.ts';
import { t } from '../../base/l10n.ts';
import { relativePath } from '../../base/relative-path.ts';
import { isBindingFile } from '../../studios/comfyui/binding-file.ts';
import { askForText, pickOne, showInformation, showWarning } from '../ui/window.ts';
import { workspaceFiles } from './services.ts';

/** More files than this nobody looks through. */
const mostFiles = 200;

interface WorkflowPick extends vscode.QuickPickItem {
  /** Its path in the workspace; absent for the one that asks for it. */
  readonly name?: string;
}

/**
 * Let the writer pick a workflow of the workspace. Its file of bindings is written where there is none
 * yet, so that they only have to correct it.
 *
 * @param known the one that was used last; empty where there is none
 * @returns its path in the workspace; `undefined` when they left
 */
export async function pickWorkflow(title: string, known: string): Promise<string | undefined> {
  const names = await workflowsOfWorkspace();
  const other: WorkflowPick = { label: t('Another File…'), iconPath: new vscode.ThemeIcon('edit') };
  const picked =
    names.length === 0
      ? other
      : await pickOne(
          [
            ...names.map((name): WorkflowPick => ({
              name,
              label: path.posix.basename(name),
              description: path.posix.dirname(name),
              iconPath: new vscode.ThemeIcon(name === known ? 'check' : 'blank'),
            })),
            other,
          ],
          {
            title,
            placeHolder: t('The workflow that renders, exported from ComfyUI in API format'),
            matchOnDescription: true,
          },
        );
  if (picked === undefined) return undefined;
  return picked.name ?? (await askForWorkflow(title, known));
}

/** JSON files in folders of that name, with forward slashes. */
async function workflowsOfWorkspace(): Promise<readonly string[]> {
  const found = await vscode.workspace.findFiles(
    '**/{comfyui,ComfyUI,comfy,workflows}/**/*.json',
    '**/{node_modules,.git}/**',
    mostFiles,
  );
  return found
    .map(nameIn)
    .filter((name) => name !== undefined)
    .filter((name) => !isBindingFile(name))
    .sort((a, b) => a.localeCompare(b));
}

function nameIn(uri: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  if (folder === undefined || !isInside(folder, uri.fsPath)) return undefined;
  return relativePath(folder, uri.fsPath);
}

async function askForWorkflow(title: string, known: string): Promise<string | undefined> {
  const name = await askForText({
    title,
    prompt: t(
      'The workflow’s path in the workspace. In ComfyUI choose Workflow, Export (API), and put the file there.',
    ),
    value: known,
    placeHolder: t('such as {0}', 'comfyui/wan.json'),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? t('Name a file.') : undefined),
  });
  return name?.trim();
}

/**
 * See to it that a workflow has a file of bindings, and tell what it says. Nothing is written where
 * there is one, in a workspace that is not trusted, or where the workflow cannot be used.
 *
 * @throws ScenewrightError `bad-input` where it cannot be used
 */
export async function prepareWorkflow(name: string): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const { firstBindings } = await import('../../studios/comfyui/workflow-file.ts');
  const { file, text, hasPrompt } = await firstBindings(workspaceFiles, name);
  const folder = await workspaceFiles.folderOf(name);
  if (folder === undefined) return;
  const bindings = path.join(folder, file);
  if ((await workspaceFiles.read(file)) === undefined) {
    await new Enclosure(folder).write(bindings, text);
  }
  void tellOfBindings(name, file, hasPrompt).then(async (wanted) => {
    if (wanted) await vscode.window.showTextDocument(vscode.Uri.file(bindings));
  });
}

/** @returns whether the writer wants to see the file of bindings */
async function tellOfBindings(name: string, file: string, hasPrompt: boolean): Promise<boolean> {
  const open = t('Open Bindings');
  const answer = hasPrompt
    ? await showInformation(t('What goes where in {0} is in {1}.', name, file), open)
    : await showWarning(
        t(
          '{0} does not tell where the prompt goes. Give the node for it the title SCENEWRIGHT:prompt in ComfyUI and export it again, or name it in {1}.',
          name,
          file,
        ),
        open,
      );
  return answer === open;
}
