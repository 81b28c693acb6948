import path from 'node:path';
import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { relativePath } from '../../base/relative-path.ts';
import { faultWords, pictureFault } from '../../jobs/job-pictures.ts';
import { replacePicture } from '../../script/edits/change-picture.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import { pictureNodes } from '../../script/picture-nodes.ts';
import type { PicturePath } from '../../script/script-model.ts';
import type { Caller } from '../commands/caller.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { editDocument } from '../script/document-edits.ts';

/**
 * Name another picture wherever a script names this one.
 *
 * @param file absolute path of the other one; a person is asked for it
 * @throws ScenewrightError `bad-input` where it could not be sent
 */
export async function choosePicture(
  { uri }: vscode.TextDocument,
  picture: PicturePath,
  file: string | undefined,
  caller: Caller,
): Promise<{ readonly picture: PicturePath } | undefined> {
  const chosen = file ?? (caller.interactive ? await askForPicture(uri) : undefined);
  if (chosen === undefined) return undefined;
  const folder = path.dirname(uri.fsPath);
  const to = relativePath(folder, chosen);
  const fault = await pictureFault(to, folder, workspaceRoot(uri));
  if (fault !== undefined) throw new ScenewrightError('bad-input', faultWords(fault, to));
  await agreeToStranger(
    caller,
    t('Use {0} instead of {1}?', to, picture),
    [t('It is written into {0}.', uri.fsPath)],
    t('Use It'),
  );
  await editDocument(uri, (now) =>
    pictureNodes(parseScript(now.getText()))
      .filter((node) => node.file === picture)
      .map((node) => replacePicture(node, to)),
  );
  return { picture: to };
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
