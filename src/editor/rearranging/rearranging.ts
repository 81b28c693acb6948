import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { finalStates, type JobView } from '../../jobs/job.ts';
import type { SceneChange } from '../../script/edits/scenes/split-scene.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { Caller } from '../commands/caller.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import { editDocument } from '../script/document-edits.ts';
import { refuseTwin, requireId, type OpenScripts } from '../script/open-scripts.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import type { SceneDone } from './rearranging-commands.ts';

/** What the commands need that rearrange scenes. */
export interface Rearranging {
  readonly scripts: OpenScripts;
  readonly runs: Pick<WritingRuns, 'get'>;
  /** All of the workspace. */
  readonly jobs: () => readonly JobView[];
  /** Lengths that the chosen studio can render. */
  readonly clipSeconds: () => Promise<readonly number[]>;
}

/**
 * Change a script as one undo step.
 *
 * @param make the change of the script as it is at that moment
 * @param hint what the person can do where there is none
 * @throws ScenewrightError `bad-script` where there is none; then nothing was changed
 */
export async function changeScenes(
  { scripts }: Rearranging,
  { uri }: vscode.TextDocument,
  make: (script: ParsedScript) => SceneChange | undefined,
  hint = '',
): Promise<SceneDone> {
  let id = '';
  const document = await editDocument(uri, (now) => {
    const change = make(scripts.parse(now));
    if (change === undefined) throw unsure(hint);
    ({ id } = change);
    return change.edits;
  });
  const index = scripts.read(document).scenes.findIndex((node) => node.id === id);
  return { scene: index + 1, sceneId: id };
}

/**
 * The scene with this id as the document is now; where it has none, the one of its place.
 *
 * @returns its index
 */
export function indexOf({ scenes }: ParsedScript, id: string | undefined, place: number): number {
  const index = id === undefined ? -1 : scenes.findIndex((node) => node.id === id);
  return index === -1 ? place : index;
}

/** @throws ScenewrightError where a scene is being written, or is not known for sure */
export function refuseUnsure(
  { scripts, runs }: Rearranging,
  document: vscode.TextDocument,
  node: SceneNode,
): void {
  const script = scripts.parse(document);
  const number = script.scenes.indexOf(node) + 1;
  requireId(script, number);
  refuseTwin(script, number);
  if (node.written || runs.get(document.uri)?.running !== true) return;
  throw new ScenewrightError(
    'bad-input',
    t('Scene {0} is being written. Wait until it is there. Nothing was changed.', number),
  );
}

/** @throws ScenewrightError where something is on its way that would belong to no scene without this one */
export function refuseWhileRendered(
  { jobs }: Rearranging,
  { uri }: vscode.TextDocument,
  id: SceneId | undefined,
  number: number,
): void {
  const script = uri.toString();
  const isOnItsWay = jobs().some(
    (job) => job.sceneId === id && job.script === script && !finalStates.has(job.state),
  );
  if (!isOnItsWay) return;
  throw new ScenewrightError(
    'bad-input',
    t(
      'Scene {0} is being rendered, and what comes of it would belong to no scene. Wait until it is here, or cancel its job. Nothing was changed.',
      number,
    ),
  );
}

/** Let the person decide where somebody else asks for it. */
export function agreed(caller: Caller, question: string, yes: string): Promise<void> {
  return agreeToStranger(caller, question, [], yes);
}

export function nameOf({ uri }: vscode.TextDocument): string {
  return vscode.workspace.asRelativePath(uri);
}

function unsure(hint: string): ScenewrightError {
  return new ScenewrightError(
    'bad-script',
    hint === ''
      ? t(
          'Nothing was changed: it cannot be told for sure what belongs to which scene here. Do it by hand; ids in the comments keep the clips.',
        )
      : t('Nothing was changed: the scene cannot be split here. {0}', hint),
  );
}
