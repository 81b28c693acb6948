import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { pictureFault } from '../../jobs/job-pictures.ts';
import { clipFileOf } from '../../jobs/job-state.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { subjectOf } from '../../jobs/subject.ts';
import {
  addPictures,
  pictureStanding,
  type DrawnFor,
  type GivesWay,
  type PictureStanding,
} from '../../script/edits/add-picture.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import { pictureNodes } from '../../script/picture-nodes.ts';
import { placeInScript } from '../jobs/picture-coming.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { editDocument } from '../script/document-edits.ts';
import type { Messages } from '../ui/messages.ts';
import { showInformation } from '../ui/window.ts';

/** A picture that is here, and what of its script it is for. */
interface Arrived {
  readonly record: JobRecord;
  readonly drawn: DrawnFor;
}

/**
 * Put pictures that are here into their script: as one undo step, where the text has a place for them by now. What
 * has a picture by now keeps it, and the writer is told of the new one; a name of which there is no file is no picture.
 */
export async function putPictures(
  manager: Pick<JobManager, 'settle'>,
  messages: Messages,
  script: string,
  records: readonly JobRecord[],
): Promise<void> {
  const uri = vscode.Uri.parse(script);
  const arrived = records.map((record): Arrived => ({ record, drawn: drawnFor(uri, record) }));
  const givesWay = await missingPictures(uri);
  let before = new Map<Arrived, PictureStanding>();
  const document = await editDocument(uri, (open) => {
    const now = parseScript(open.getText());
    before = new Map(arrived.map((one) => [one, pictureStanding(now, one.drawn, givesWay)]));
    return addPictures(
      now,
      arrived.map(({ drawn }) => drawn),
      givesWay,
    );
  });
  const after = parseScript(document.getText());
  for (const one of arrived) {
    await manager.settle(one.record.id);
    const isThere = pictureStanding(after, one.drawn) === 'there';
    if (!isThere) void tell(messages, uri, one, before.get(one) ?? 'gone');
  }
}

/** The pictures that a script names, and that are not there. */
async function missingPictures(uri: vscode.Uri): Promise<GivesWay> {
  const script = parseScript((await vscode.workspace.openTextDocument(uri)).getText());
  const folder = path.dirname(uri.fsPath);
  const files = [...new Set(pictureNodes(script).map(({ file }) => file))];
  const faults = await Promise.all(
    files.map((file) => pictureFault(file, folder, workspaceRoot(uri))),
  );
  const missing = new Set(files.filter((_, index) => faults[index] === 'missing'));
  return (file) => missing.has(file);
}

/** A picture that is not in the script, with the one thing to do about it. */
async function tell(
  messages: Messages,
  uri: vscode.Uri,
  { record, drawn }: Arrived,
  was: PictureStanding,
): Promise<void> {
  const file = clipFileOf(record);
  const name = path.basename(file);
  const show = t('Show It');
  const use = t('Use It');
  const words =
    was === 'other'
      ? t(
          '{0} is drawn, and the script keeps the picture that it has: the new one is {1}.',
          subjectOf(record),
          name,
        )
      : was === 'gone'
        ? t(
            '{0} is drawn, but the script has no place for it any more. It is kept as {1}.',
            subjectOf(record),
            name,
          )
        : t(
            '{0} is drawn as {1}, but it could not be written into the script. Put it in by hand.',
            subjectOf(record),
            name,
          );
  messages.info(words);
  const answer = await showInformation(capital(words), ...(was === 'other' ? [use, show] : [show]));
  if (answer === show) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
  if (answer !== use) return;
  await editDocument(uri, (open) =>
    addPictures(parseScript(open.getText()), [drawn], () => true),
  ).catch((error: unknown) => {
    messages.error(error);
  });
}

function drawnFor(uri: vscode.Uri, record: JobRecord): DrawnFor {
  const { drawing, scene } = record;
  const picture = placeInScript(uri, record);
  if (drawing === 'still') return { scene: scene.id, path: picture };
  const list = drawing === 'place' ? 'places' : 'characters';
  return { list, name: scene.title, path: picture };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
