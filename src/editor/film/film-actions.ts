import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { chooseTake } from '../../script/edits/choose-take.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { editDocument } from '../script/document-edits.ts';
import { revealScene, type OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import type { Messages } from '../ui/messages.ts';
import type { FilmActions } from './film-page.ts';
import { moveInDocument } from './move-in-document.ts';
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
  const reveal: FilmActions['reveal'] = ({ document, script, cell }, takesKeyboard) => {
    const place = placeOf(script, cell);
    if (place !== undefined) run(revealScene(document, place, { preserveFocus: !takesKeyboard }));
  };
  return {
    write: (uri) => {
      byHand('scenewright.writeScenes', { uri });
    },
    render: (uri, scenes) => {
      byHand('scenewright.renderScenes', { uri, ...(scenes === undefined ? {} : { scenes }) });
    },
    anotherTake: (uri, scene) => {
      byHand('scenewright.renderScenes', { uri, scenes: [scene], takes: 1 });
    },
    chooseTake: (uri, key, take) => {
      run(
        oneByOne(() =>
          editDocument(uri, (document) => {
            const script = scripts.parse(document);
            const id = cellOf(script, key)?.node?.id;
            return id === undefined ? [] : chooseTake(script, id, take);
          }),
        ),
      );
    },
    assemble: (uri) => {
      byHand('scenewright.assembleVideo', { uri });
    },
    job: (job, act) => {
      byHand(`scenewright.jobs.${act}`, { job });
    },
    jobs: () => {
      run(vscode.commands.executeCommand('scenewright.jobs.focus'));
    },
    reveal,
    open: (found) => {
      const { document, cell } = found;
      const file = cell.scene === undefined ? undefined : clips.of(document)[cell.scene - 1]?.file;
      if (file === undefined) reveal(found, true);
      else run(vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file)));
    },
    move: (uri, id, to) =>
      oneByOne(async () => {
        try {
          await moveInDocument(scripts, uri, id, to);
        } catch (error) {
          messages.error(error);
          throw error;
        }
      }),
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
