import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import { isInside } from '../../base/inside.ts';
import { t } from '../../base/l10n.ts';
import { syncFile } from '../../base/sync.ts';
import { validateBrief } from '../../script/brief.ts';
import type { Brief } from '../../script/script-model.ts';
import { renderNewScript } from '../../script/render/render-new-script.ts';
import type { OrderArgument } from '../commands/caller.ts';

/** What a new script is made from. */
export interface NewScriptArgument extends Partial<Brief>, OrderArgument {
  /** Folder for the file: absolute, or relative to the first workspace folder. */
  readonly folder?: string;
  /** Stop after the outline, so that it can be edited before the scenes are written. */
  readonly outlineOnly?: boolean;
}

/**
 * Make the file of a new script: never over an existing one, and named after the idea.
 *
 * @throws ScenewrightError `bad-input` for a brief that cannot be, `disk` where nothing can be written.
 */
export async function createScript(argument: NewScriptArgument): Promise<vscode.Uri> {
  const brief = validateBrief(await inItsLanguage(argument));
  const folder = targetFolder(argument.folder);
  const text = renderNewScript(brief, workingTitle(brief.idea));
  return createFile(folder, fileName(brief.idea), text);
}

/** With a language where none is named. Only what is text can be in one; of all else its check tells. */
async function inItsLanguage(argument: NewScriptArgument): Promise<NewScriptArgument> {
  const { idea, language } = argument;
  if ((language ?? '') !== '' || typeof idea !== 'string') return argument;
  const { languageOfNew } = await import('./language-of-new.ts');
  return { ...argument, language: languageOfNew(idea) };
}

/**
 * Make a Markdown file, with a number behind its name where there is one of that name.
 *
 * @param folder absolute
 * @throws ScenewrightError `disk` where nothing can be written.
 */
export async function createFile(folder: string, name: string, text: string): Promise<vscode.Uri> {
  try {
    const inside = await prepared(folder);
    await access(folder, constants.W_OK);
    for (let number = 1; ; number++) {
      const file = path.join(folder, number === 1 ? `${name}.md` : `${name}-${number}.md`);
      if (await createNew(file, text, inside)) return vscode.Uri.file(file);
    }
  } catch (cause) {
    throw new ScenewrightError(
      'disk',
      t(
        'No script can be written into {0} ({1}). Choose another folder or allow writing there. Nothing was begun.',
        folder,
        messageOf(cause),
      ),
      { cause },
    );
  }
}

/**
 * Make the folder. One in the workspace must really be there, whatever links the workspace brought; any
 * other was named as it is.
 */
async function prepared(folder: string): Promise<Enclosure> {
  const workspace = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder))?.uri.fsPath;
  if (workspace === undefined || !isInside(workspace, folder)) {
    await mkdir(folder, { recursive: true });
    return new Enclosure(folder);
  }
  const inside = new Enclosure(workspace);
  await inside.prepare(path.join(folder, 'script.md'));
  return inside;
}

/** @returns false if there is a file of that name already. */
async function createNew(file: string, text: string, inside: Enclosure): Promise<boolean> {
  try {
    const handle = await inside.create(file);
    try {
      await handle.writeFile(text);
      await syncFile(handle);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Where a new script goes.
 *
 * @param folder absolute, or relative to the first workspace folder that is on disk
 * @throws ScenewrightError `bad-input` where there is no such place
 */
export function targetFolder(folder: string | undefined): string {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const workspace = folders.find(({ scheme }) => scheme === 'file');
  if (folder !== undefined && path.isAbsolute(folder)) return folder;
  if (folders.length === 0) {
    throw new ScenewrightError(
      'bad-input',
      t('Open a folder first: a script and its clips live in a folder of yours.'),
      { next: 'open-folder' },
    );
  }
  if (workspace === undefined) {
    throw new ScenewrightError(
      'bad-input',
      t('Scenewright needs a folder on disk, and this workspace is not one.'),
    );
  }
  return folder === undefined ? workspace.fsPath : path.join(workspace.fsPath, folder);
}

/**
 * The open folder that the writer is in, by what they look at; none where that is in no folder on disk.
 *
 * @param script that they worked on last, where no text is in front
 */
export function folderAtHand(script: vscode.TextDocument | undefined): string | undefined {
  const document = vscode.window.activeTextEditor?.document ?? script;
  const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
  return folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
}

/** The first words of the idea, until the plan brings a real title. */
function workingTitle(idea: string): string {
  const words = idea.trim().split(/\s+/u);
  const title = words.slice(0, 8).join(' ').slice(0, 80);
  return words.length > 8 ? `${title} …` : title;
}

/** What the file of a script about an idea is called. Letters and digits, joined by hyphens: safe everywhere. */
export function fileName(idea: string): string {
  const words = idea.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name}-${word}`;
    if (Buffer.byteLength(longer) > 48) break;
    name = longer;
  }
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/u.test(name);
  return name === '' || isReserved ? `script${name === '' ? '' : `-${name}`}` : name;
}
