import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { openDocument } from './open-scripts.ts';

/** How often, and how many milliseconds apart, a file is looked for: Git and others write it anew. */
const looks = 6;
const lookMs = 100;

/** A script is not, or is not any more, what is to be written. */
export class ScriptLostError extends ScenewrightError {
  /** The same with what has become of the scenes that are not in it. */
  withKept(scenes: number): ScenewrightError {
    const kept =
      scenes === 0
        ? t('Nothing that was finished is missing from it.')
        : scenes === 1
          ? t('One finished scene is kept for it.')
          : t('{0} finished scenes are kept for it.', scenes);
    return new ScenewrightError(this.code, `${this.message} ${kept}`, { cause: this });
  }
}

/**
 * See to it that a file is there: changing its document and saving that would make it anew, though
 * somebody has deleted or moved it.
 *
 * @throws ScriptLostError
 */
export async function requireFile(uri: vscode.Uri): Promise<void> {
  for (let look = 0; look < looks; look++) {
    if (look > 0) await new Promise((resolve) => setTimeout(resolve, lookMs));
    const type = await vscode.workspace.fs.stat(uri).then(
      (stat) => stat.type,
      () => vscode.FileType.Unknown,
    );
    if ((type & vscode.FileType.File) !== 0) return;
  }
  throw goneError(uri);
}

export function goneError(uri: vscode.Uri, cause?: unknown): ScriptLostError {
  const name = vscode.workspace.asRelativePath(uri);
  return new ScriptLostError(
    'disk',
    openDocument(uri.toString())?.isDirty === true
      ? t(
          '{0} was moved or deleted. What was written of it is still in its editor: saving it there brings the file back. Choose “Write Scenes” then to go on.',
          name,
        )
      : t(
          '{0} was moved or deleted. What was written is kept: put the file back, or open it where it is now, and choose “Write Scenes” to go on.',
          name,
        ),
    { cause },
  );
}

export function otherFileError(uri: vscode.Uri): ScriptLostError {
  return new ScriptLostError(
    'bad-script',
    t(
      '{0} has become another file, such as a link to one, while it was being written. Nothing was changed in that. Put the script back and choose “Write Scenes” to go on.',
      vscode.workspace.asRelativePath(uri),
    ),
  );
}

export function noScriptError(uri: vscode.Uri): ScriptLostError {
  return new ScriptLostError(
    'bad-script',
    t(
      '{0} is not a Scenewright script any more: its front matter has no “scenewright: 1”. Nothing was changed in it. Bring the script back and choose “Write Scenes” to go on.',
      vscode.workspace.asRelativePath(uri),
    ),
  );
}

export function otherStoryError(uri: vscode.Uri): ScriptLostError {
  return new ScriptLostError(
    'bad-script',
    t(
      '{0} holds another story now than when the writing began, as after a change of the Git branch. Nothing was changed in it. Bring the script back and choose “Write Scenes” to go on.',
      vscode.workspace.asRelativePath(uri),
    ),
  );
}

export function conflictsError(uri: vscode.Uri): ScriptLostError {
  return new ScriptLostError(
    'bad-script',
    t(
      '{0} has conflicts of a merge that came into it while it was being written. Nothing was changed in it since. Resolve them and choose “Write Scenes” to go on.',
      vscode.workspace.asRelativePath(uri),
    ),
  );
}
