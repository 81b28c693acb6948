import path from 'node:path';
import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { faultWords, pictureFault } from '../../jobs/job-pictures.ts';
import { replacePicture } from '../../script/edits/change-picture.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import { pictureNodes } from '../../script/picture-nodes.ts';
import type { PicturePath } from '../../script/script-model.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { editDocument } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { scriptCommand, type ScriptArgument } from '../script/script-command.ts';

interface PictureArgument extends ScriptArgument {
  /** A picture that the script names, as it names it. */
  readonly picture: PicturePath;
  /** Absolute path of the one to name instead; a person is asked for it. */
  readonly file?: string;
}

/** The commands for the pictures that a script names. */
export function pictureCommands(scripts: OpenScripts) {
  return {
    /** Name another picture wherever the script names this one. */
    'scenewright.choosePicture': scriptCommand<PictureArgument, { readonly picture: PicturePath }>(
      scripts,
      async (document, { picture, file }, { caller, interactive }) => {
        if (picture === undefined) {
          throw new ScenewrightError('bad-input', t('Which picture is to be another one?'));
        }
        const chosen = file ?? (interactive ? await askForPicture(document.uri) : undefined);
        if (chosen === undefined) return undefined;
        const folder = path.dirname(document.uri.fsPath);
        const to = relativePath(folder, chosen);
        const fault = await pictureFault(to, folder, workspaceRoot(document.uri));
        if (fault !== undefined) throw new ScenewrightError('bad-input', faultWords(fault, to));
        await agreeToStranger(
          caller,
          t('Use {0} instead of {1}?', to, picture),
          [t('It is written into {0}.', document.uri.fsPath)],
          t('Use It'),
        );
        await editDocument(document.uri, (now) =>
          pictureNodes(parseScript(now.getText()))
            .filter((node) => node.file === picture)
            .map((node) => replacePicture(node, to)),
        );
        return { picture: to };
      },
    ),
  };
}

/** A path as scripts have it. */
export function relativePath(folder: string, file: string): PicturePath {
  return path.relative(folder, file).split(path.sep).join('/');
}

async function askForPicture(script: vscode.Uri): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: t('Choose a picture of the workspace folder'),
      defaultUri: vscode.Uri.file(workspaceRoot(script)),
      filters: { [t('Pictures')]: ['png', 'jpg', 'jpeg', 'webp'] },
      openLabel: t('Choose'),
    })) ?? [];
  return picked?.fsPath;
}
