import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { moveScene } from '../../script/edits/scenes/move-scene.ts';
import { editDocument } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { storyCells } from '../script/story-cells.ts';

/**
 * Move the scene of a cell to another place of its film, in the document, as one undo step.
 *
 * @param to the index that the cell has afterwards
 * @throws ScenewrightError `bad-script` where that cannot be done for sure; then nothing was changed
 */
export async function moveInDocument(
  scripts: Pick<OpenScripts, 'parse'>,
  uri: vscode.Uri,
  key: string,
  to: number,
): Promise<void> {
  await editDocument(uri, (document) => {
    const script = scripts.parse(document);
    const from = storyCells(script).findIndex((cell) => cell.key === key);
    const edits = moveScene(script, from, to);
    if (edits !== undefined) return edits;
    throw new ScenewrightError(
      'bad-script',
      t(
        'The scene stays where it is: what belongs to it in this document cannot be told for sure. Nothing was changed. Move its section, and its line of the outline, by hand.',
      ),
    );
  });
}
