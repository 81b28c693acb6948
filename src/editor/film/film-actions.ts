import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { addPictures } from '../../script/edits/add-picture.ts';
import { dropFirstFrame } from '../../script/edits/change-picture.ts';
import { chooseTake } from '../../script/edits/choose-take.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { editDocument } from '../script/document-edits.ts';
import { requireId, type OpenScripts } from '../script/open-scripts.ts';
import { columnBeside, revealScene } from '../script/reveal-scene.ts';
import { settings } from '../settings.ts';
import type { Messages } from '../ui/messages.ts';
import type { FilmActions } from './film-page.ts';
import { moveInDocument } from '../rearranging/move-in-document.ts';
import { cellOf, placeOf } from '../script/story-cells.ts';

/** What the page does is what the commands do, chosen by a person. */
export function filmActions(
  scripts: OpenScripts,
  clips: Pick<ScriptClips, 'of'>,
  messages: Messages,
): FilmActions {
  const oneByOne = pLimit(1);
  const run = (act: PromiseLike<unknown>): void => {
    act.then(undefined, (error: unknown) => {
      messages.error(error);
    });
  };
  const byHand = (id: `scenewright.${string}`, argument: object): void => {
    run(vscode.commands.executeCommand(id, chosenByHand(argument)));
  };
  const reveal: FilmActions['reveal'] = ({ document, script, cell }, page, takesKeyboard) => {
    const place = placeOf(script, cell);
    if (place === undefined) return;
    const viewColumn = columnBeside(page, document.uri);
    run(revealScene(document, place, { preserveFocus: !takesKeyboard, viewColumn }));
  };
  /** One after the other; rejects once the person has been told why it was not done. */
  const edit = (act: () => Promise<unknown>): Promise<void> =>
    oneByOne(async () => {
      try {
        await act();
      } catch (error) {
        messages.error(error);
        throw error;
      }
    });
  /** A change of the scene of a cell. */
  const editScene = (
    uri: vscode.Uri,
    key: string,
    change: (script: ParsedScript, node: SceneNode) => readonly TextEdit[],
  ): Promise<void> =>
    edit(() =>
      editDocument(uri, (document) => {
        const script = scripts.parse(document);
        const { scene, node } = cellOf(script, key) ?? {};
        if (scene === undefined || node === undefined) return [];
        requireId(script, scene);
        return change(script, node);
      }),
    );
  return {
    write: (uri) => {
      byHand('scenewright.writeScenes', { uri });
    },
    render: (uri, scenes) => {
      byHand('scenewright.renderScenes', { uri, ...(scenes === undefined ? {} : { scenes }) });
    },
    drawStills: (uri, scenes) => {
      byHand('scenewright.drawStills', { uri, ...(scenes === undefined ? {} : { scenes }) });
    },
    redrawStill: (uri, scene) => {
      byHand('scenewright.redrawStill', { uri, scene });
    },
    chooseStill: (uri, key, picture) =>
      editScene(uri, key, (script, { scene }) =>
        addPictures(script, [{ scene: scene.id, path: picture }], () => true),
      ),
    dropStill: (uri, key) => editScene(uri, key, dropFirstFrame),
    anotherTake: (uri, scene) => {
      byHand('scenewright.renderScenes', { uri, scenes: [scene], takes: 1 });
    },
    chooseTake: (uri, key, take) =>
      editScene(uri, key, (script, { scene }) => chooseTake(script, scene.id, take)),
    assemble: (uri) => {
      byHand('scenewright.assembleVideo', { uri });
    },
    exportStoryboard: (uri) => {
      byHand('scenewright.exportStoryboard', { uri });
    },
    job: (job, act) => {
      byHand(`scenewright.jobs.${act}`, { job });
    },
    jobs: () => {
      run(vscode.commands.executeCommand('scenewright.jobs.focus'));
    },
    reveal,
    open: (found, page) => {
      const { document, cell } = found;
      const clip = cell.scene === undefined ? undefined : clips.of(document)[cell.scene - 1]?.file;
      if (clip === undefined) {
        reveal(found, page, true);
        return;
      }
      const file = vscode.Uri.file(clip);
      const viewColumn = columnBeside(page, file);
      run(vscode.commands.executeCommand('vscode.open', file, { viewColumn }));
    },
    move: (uri, id, to) => edit(() => moveInDocument(scripts, uri, id, to)),
    // The models of VS Code have no keys of ours; what helps there is another model.
    account: () => {
      const isVsCode = settings.writer.provider.value === 'vscode';
      const id = isVsCode ? 'scenewright.chooseWriter' : 'scenewright.manageAccounts';
      run(vscode.commands.executeCommand(id));
    },
    log: (error) => {
      messages.logError(error);
    },
  };
}
