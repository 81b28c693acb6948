import type * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { Caller } from '../commands/caller.ts';
import { noScene, requireScene, type SceneArgument } from '../script/script-command.ts';
import { storyCells } from '../script/story-cells.ts';
import { pickOne } from '../ui/window.ts';
import { moveInDocument } from './move-in-document.ts';
import type { MoveArgument, SceneDone } from './rearranging-commands.ts';
import { agreed, nameOf, type Rearranging } from './rearranging.ts';

/** Move a scene to another place; a person is asked which, where none is named. */
export async function move(
  tools: Rearranging,
  document: vscode.TextDocument,
  { scene, to }: Partial<MoveArgument>,
  caller: Caller,
): Promise<SceneDone | undefined> {
  const { script, number } = sceneToMove(tools, document, scene);
  if (to === undefined && !caller.interactive)
    throw new ScenewrightError('bad-input', t('“to” has to be the number that the scene gets.'));
  const place = to ?? (await askForPlace(script, number));
  return place === undefined ? undefined : moveTo(tools, document, number, place, caller);
}

export function moveUp(
  tools: Rearranging,
  document: vscode.TextDocument,
  { scene }: Partial<SceneArgument>,
  caller: Caller,
): Promise<SceneDone> {
  const { number } = sceneToMove(tools, document, scene);
  if (number > 1) return moveTo(tools, document, number, number - 1, caller);
  throw new ScenewrightError('bad-input', t('Scene {0} is the first one.', number));
}

export function moveDown(
  tools: Rearranging,
  document: vscode.TextDocument,
  { scene }: Partial<SceneArgument>,
  caller: Caller,
): Promise<SceneDone> {
  const { script, number } = sceneToMove(tools, document, scene);
  if (number < script.scenes.length) return moveTo(tools, document, number, number + 1, caller);
  throw new ScenewrightError('bad-input', t('Scene {0} is the last one.', number));
}

function sceneToMove(
  { scripts }: Rearranging,
  document: vscode.TextDocument,
  scene: number | undefined,
): { readonly script: ParsedScript; readonly number: number } {
  const script = scripts.parse(document);
  const hint = t('Put the cursor into the scene that is to be moved.');
  return { script, number: requireScene(script, document, scene, hint).number };
}

/** @param to the number that it has in the document afterwards, from 1 */
async function moveTo(
  { scripts }: Rearranging,
  document: vscode.TextDocument,
  number: number,
  to: number,
  caller: Caller,
): Promise<SceneDone> {
  const cells = storyCells(scripts.parse(document));
  const cell = cells.find(({ scene }) => scene === number);
  const place = cells.findIndex(({ scene }) => scene === to);
  if (cell === undefined || place === -1) throw noScene(to);
  const question = t('Move scene {0} of {1} to place {2}?', number, nameOf(document), to);
  await agreed(caller, question, t('Move'));
  await moveInDocument(scripts, document.uri, cell.key, place);
  return { scene: to, sceneId: cell.node?.id ?? '' };
}

async function askForPlace({ scenes }: ParsedScript, number: number): Promise<number | undefined> {
  const places = scenes.flatMap(({ scene }, index) =>
    index + 1 === number ? [] : [{ label: `${index + 1}  ${scene.title}`, to: index + 1 }],
  );
  const picked = await pickOne(places, {
    title: t('Move Scene {0}', number),
    placeHolder: t('Whose place is it to have?'),
  });
  return picked?.to;
}
