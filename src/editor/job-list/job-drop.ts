import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import {
  clipBlocks,
  placeBlocks,
  readClips,
  type ClipMarkup,
  type DraggedClip,
} from './job-drag.ts';
import type { JobRow, JobRows, ScriptRow } from './job-rows.ts';
import { scriptSelector } from '../script/script-selector.ts';

/** Carries clips with their scenes; what else can be done with a clip goes by its file. */
const clipType = 'application/vnd.scenewright.clips';
const fileType = 'text/uri-list';

/** Lets rows be dragged: to the explorer, into an editor, and into a script as a player. */
export class JobDrag implements vscode.TreeDragAndDropController<ScriptRow | JobRow> {
  readonly dragMimeTypes = [clipType, fileType];
  readonly dropMimeTypes = [];
  private readonly rows: JobRows;

  constructor(rows: JobRows) {
    this.rows = rows;
  }

  handleDrag(source: readonly (ScriptRow | JobRow)[], dataTransfer: vscode.DataTransfer): void {
    const dragged = new Set(
      source.flatMap((row) => (row.kind === 'job' ? row : [...this.rows.jobs(row.uri)])),
    );
    // In the order of the list, whichever was selected first.
    const clips = [...this.rows.all()].flatMap((row) => (dragged.has(row) ? clipOf(row) : []));
    if (clips.length === 0) return;
    const addresses = clips.map(({ file }) => vscode.Uri.file(file).toString());
    dataTransfer.set(fileType, new vscode.DataTransferItem(addresses.join('\r\n')));
    dataTransfer.set(clipType, new vscode.DataTransferItem(JSON.stringify(clips)));
  }
}

function clipOf({ view }: JobRow): readonly DraggedClip[] {
  const { scene, title, file, poster } = view;
  if (file === undefined) return [];
  return [{ scene, title, file, ...(poster === undefined ? {} : { poster }) }];
}

/** Puts clips that are dropped on a Markdown document into it, as blocks of their own. */
export function acceptClips(): vscode.Disposable {
  const kind = vscode.DocumentDropOrPasteEditKind.Text.append('scenewright', 'clip');
  return vscode.languages.registerDocumentDropEditProvider(
    scriptSelector,
    {
      async provideDocumentDropEdits(document, position, dataTransfer) {
        const clips = readClips((await dataTransfer.get(clipType)?.asString()) ?? '');
        if (clips.length === 0) return undefined;
        const edit = (markup: ClipMarkup, title: string): vscode.DocumentDropEdit => {
          const source = document.getText();
          const { offset, text } = placeBlocks(
            source,
            document.offsetAt(position),
            clipBlocks(clips, markup, document.uri.fsPath, source),
          );
          const drop = new vscode.DocumentDropEdit('', title, kind);
          drop.additionalEdit = new vscode.WorkspaceEdit();
          drop.additionalEdit.insert(document.uri, document.positionAt(offset), text);
          return drop;
        };
        const player = edit('player', t('Insert Clip as Player'));
        if (clips.every(({ poster }) => poster === undefined)) return [player];
        return [player, edit('poster', t('Insert Clip as Poster with Link'))];
      },
    },
    { dropMimeTypes: [clipType], providedDropEditKinds: [kind] },
  );
}
