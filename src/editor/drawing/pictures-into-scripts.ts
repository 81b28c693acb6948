import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { JobRecord, JobView } from '../../jobs/job.ts';
import { clipFileOf, stateOf } from '../../jobs/job-state.ts';
import type { JobManager } from '../../jobs/manager.ts';
import { subjectOf } from '../../jobs/subject.ts';
import type { DrawnFor, PictureStanding } from '../../script/edits/add-picture.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { Registration } from '../commands/registration.ts';
import { editDocument } from '../script/document-edits.ts';
import { showInformation } from '../ui/window.ts';
import { pathInScript } from './drawing-places.ts';

/** A picture that is here, and what of its script it is for. */
interface Arrived {
  readonly record: JobRecord;
  readonly drawn: DrawnFor;
}

/**
 * Puts pictures into their scripts once they are here, also those that an earlier window could not put there any
 * more: as one undo step, where the text has a place for them by then. What has a picture by then keeps it.
 */
export class PicturesIntoScripts implements vscode.Disposable {
  private readonly manager: JobManager;
  private readonly messages: Registration['messages'];
  private readonly listening: { dispose(): unknown }[];
  /** Jobs that were seen to, whatever came of it: each once in a window. */
  private readonly seen = new Set<string>();
  private working: Promise<void> = Promise.resolve();

  constructor(manager: JobManager, messages: Registration['messages']) {
    this.manager = manager;
    this.messages = messages;
    this.listening = [
      manager.onDidChange((views) => {
        if (views.some(isHere)) this.look();
      }),
      manager.onDidChangeOwner((owns) => {
        if (owns) this.look();
      }),
    ];
  }

  private look(): void {
    this.working = this.working
      .then(() => this.putAll())
      .catch((error: unknown) => {
        this.messages.error(error);
      });
  }

  private async putAll(): Promise<void> {
    if (!this.manager.owner) return;
    const fresh = this.manager.records().filter((record) => {
      const { id, drawing, settled } = record;
      if (drawing === undefined || settled === true || this.seen.has(id)) return false;
      return stateOf(record) === 'done';
    });
    for (const [script, records] of Map.groupBy(fresh, ({ script }) => script)) {
      for (const { id } of records) this.seen.add(id);
      try {
        await this.put(vscode.Uri.parse(script), records);
      } catch (error) {
        // The pictures are on disk, and the next window tries again.
        this.messages.error(error);
      }
    }
  }

  private async put(uri: vscode.Uri, records: readonly JobRecord[]): Promise<void> {
    const { addPictures, pictureStanding } = await import('../../script/edits/add-picture.ts');
    const arrived = records.map((record): Arrived => ({ record, drawn: drawnFor(uri, record) }));
    let before = new Map<Arrived, PictureStanding>();
    const document = await editDocument(uri, (open) => {
      const script = parseScript(open.getText());
      before = new Map(arrived.map((one) => [one, pictureStanding(script, one.drawn)]));
      return addPictures(
        script,
        arrived.map(({ drawn }) => drawn),
      );
    });
    const after = parseScript(document.getText());
    for (const one of arrived) {
      await this.manager.settle(one.record.id);
      const isThere = pictureStanding(after, one.drawn) === 'there';
      if (!isThere) void this.tell(uri, one, before.get(one) ?? 'gone');
    }
  }

  /** A picture that is not in the script, with the one thing to do about it. */
  private async tell(
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
    this.messages.info(words);
    const answer = await showInformation(
      capital(words),
      ...(was === 'other' ? [use, show] : [show]),
    );
    if (answer === show) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    if (answer !== use) return;
    const { addPictures } = await import('../../script/edits/add-picture.ts');
    await editDocument(uri, (open) =>
      addPictures(parseScript(open.getText()), [drawn], true),
    ).catch((error: unknown) => {
      this.messages.error(error);
    });
  }

  dispose(): void {
    for (const listener of this.listening) listener.dispose();
  }
}

function isHere({ kind, state }: JobView): boolean {
  return kind === 'picture' && state === 'done';
}

function drawnFor(uri: vscode.Uri, record: JobRecord): DrawnFor {
  const { drawing, scene } = record;
  const picture = pathInScript(uri, clipFileOf(record));
  if (drawing === 'still') return { scene: scene.id, path: picture };
  const list = drawing === 'place' ? 'places' : 'characters';
  return { list, name: scene.title, path: picture };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
