import { readlink, realpath } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isInside } from '../../base/inside.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { agreeToStranger } from './agreement.ts';
import type { Caller } from '../commands/caller.ts';

/**
 * Where a command that a link may call would write, if that is outside of all open folders.
 *
 * @param place absolute path of a file or folder, which need not be there yet
 * @returns its real path, links followed; nothing where it lies inside
 */
async function outside(place: string): Promise<string | undefined> {
  const real = await realPlace(place);
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const folder = await realPlace(uri.fsPath);
    if (real === folder || isInside(folder, real)) return undefined;
  }
  return real;
}

/** The real path as far as anything is there, also behind a link to nothing yet; the rest as named. */
async function realPlace(place: string): Promise<string> {
  const resolved = path.resolve(place);
  try {
    return await realpath(resolved);
  } catch (error) {
    const parent = path.dirname(resolved);
    const { code } = error as NodeJS.ErrnoException;
    if (parent === resolved || (code !== 'ENOENT' && code !== 'ENOTDIR')) return resolved;
    const target = await readlink(resolved).catch(() => undefined);
    if (target !== undefined) return await realPlace(path.resolve(parent, target));
    return path.join(await realPlace(parent), path.basename(resolved));
  }
}

/**
 * What a command is about to write outside of the open folders.
 *
 * @returns the line about it for the question that is asked anyway; nothing where it stays inside
 * @throws ScenewrightError `bad-input` in a workspace that is not trusted: nothing there is worth it
 */
export async function outsideWords(place: string): Promise<string | undefined> {
  const real = await outside(place);
  if (real === undefined) return undefined;
  if (!vscode.workspace.isTrusted) {
    throw new ScenewrightError(
      'bad-input',
      t(
        '{0} is outside of this workspace, which is not trusted. Nothing was written. Trust the workspace, or choose a place inside it.',
        real,
      ),
    );
  }
  return t('It goes outside of the open folders, to {0}.', real);
}

/**
 * See to it that a command may write beside a script.
 *
 * @param question as it is put where it may be anybody who calls
 * @throws ScenewrightError as {@link outsideWords}; `cancelled` where the person does not want it
 */
export async function allowBeside(
  script: vscode.Uri,
  caller: Caller,
  question: string,
): Promise<void> {
  const words = await outsideWords(script.fsPath);
  if (words === undefined) return;
  await agreeToStranger(caller, question, [words], t('Write There'));
}
