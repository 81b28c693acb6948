import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { insertScene } from '../../script/edits/scenes/insert-scene.ts';
import { renumberOutline } from '../../script/edits/beats/item-number.ts';
import { mergeScenes } from '../../script/edits/scenes/merge-scenes.ts';
import { renumberScenes } from '../../script/edits/scenes/renumber-scenes.ts';
import { splitScene } from '../../script/edits/scenes/split-scene.ts';
import { tidyEdits } from '../../script/edits/text-edit.ts';
import { defaultSeconds } from '../../script/parse/beat-head.ts';
import { sceneAt } from '../../script/parse/parse-script.ts';
import type { Caller } from '../commands/caller.ts';
import { editDocument } from '../script/document-edits.ts';
import { revealScene } from '../script/reveal-scene.ts';
import { noScene, requireScene, sceneMeant, type SceneArgument } from '../script/script-command.ts';
import { askForText } from '../ui/window.ts';
import type { InsertArgument, SceneDone, SplitArgument } from './rearranging-commands.ts';
import {
  agreed,
  changeScenes,
  indexOf,
  nameOf,
  type Rearranging,
  refuseUnsure,
  refuseWhileRendered,
} from './rearranging.ts';

export { move, moveDown, moveUp } from './move.ts';

/** An empty scene, behind the one that is named or that the cursor is in, else at the end. */
export async function insert(
  tools: Rearranging,
  document: vscode.TextDocument,
  { scene, after = scene, title, seconds = defaultSeconds }: Partial<InsertArgument>,
  caller: Caller,
): Promise<SceneDone | undefined> {
  const script = tools.scripts.parse(document);
  const { scenes } = script;
  const here = caller.interactive ? sceneMeant(script, document, undefined) : undefined;
  const behind = after ?? (here ? scenes.indexOf(here) + 1 : scenes.length);
  const previous = scenes[behind - 1];
  if (behind !== 0 && previous === undefined) throw noScene(behind);
  if (!(seconds > 0))
    throw new ScenewrightError('bad-input', t('A scene has to last longer than 0 seconds.'));
  const name = title ?? (caller.interactive ? await askForTitle() : '');
  if (name === undefined) return undefined;
  await agreed(caller, t('Insert a scene into {0}?', nameOf(document)), t('Insert'));
  const done = await changeScenes(tools, document, (now) => {
    const at = previous === undefined ? 0 : indexOf(now, previous.id, behind - 1) + 1;
    return insertScene(now, at, { title: name, seconds });
  });
  if (caller.interactive) await show(tools, document, done);
  return done;
}

function askForTitle(): Promise<string | undefined> {
  return askForText({
    title: t('Insert Scene'),
    prompt: t('Title of the new scene; it may be left empty.'),
  });
}

/** Part a scene in two, where the cursor is or before the line that is named. */
export async function split(
  tools: Rearranging,
  document: vscode.TextDocument,
  { line, title }: Partial<SplitArgument>,
  caller: Caller,
): Promise<SceneDone> {
  const node = sceneAt(tools.scripts.parse(document), placeMeant(document, line));
  if (node === undefined) throw new ScenewrightError('bad-input', splitHint());
  refuseUnsure(tools, document, node);
  const lengths = await tools.clipSeconds();
  await agreed(caller, t('Split “{0}” in {1}?', node.scene.title, nameOf(document)), t('Split'));
  const options = { lengths, ...(title === undefined ? {} : { title }) };
  const make = (now: Parameters<typeof splitScene>[0]) => {
    const place = placeMeant(document, line);
    const scene = sceneAt(now, place);
    return scene && splitScene(now, scene, place, options);
  };
  const done = await changeScenes(tools, document, make, splitHint());
  if (caller.interactive) await show(tools, document, done);
  return done;
}

function placeMeant(document: vscode.TextDocument, line: number | undefined): number {
  if (line !== undefined) return document.offsetAt(new vscode.Position(Math.max(0, line - 1), 0));
  const editor = vscode.window.visibleTextEditors.find((open) => open.document === document);
  if (editor === undefined) throw new ScenewrightError('bad-input', splitHint());
  return document.offsetAt(editor.selection.active);
}

function splitHint(): string {
  return t(
    'Put the cursor into the paragraph or the line of dialogue that the second scene is to begin with.',
  );
}

/** Make one scene of one and the next. */
export async function merge(
  tools: Rearranging,
  document: vscode.TextDocument,
  { scene }: Partial<SceneArgument>,
  caller: Caller,
): Promise<SceneDone> {
  const script = tools.scripts.parse(document);
  const hint = t('Put the cursor into the first of the two scenes.');
  const { node, number } = requireScene(script, document, scene, hint);
  const next = script.scenes[number];
  if (next === undefined)
    throw new ScenewrightError('bad-input', t('Scene {0} is the last one.', number));
  refuseUnsure(tools, document, node);
  refuseUnsure(tools, document, next);
  refuseWhileRendered(tools, document, next.id, number + 1);
  const question = t('Merge scenes {0} and {1} of {2}?', number, number + 1, nameOf(document));
  await agreed(caller, question, t('Merge'));
  return changeScenes(tools, document, (now) => {
    const first = now.scenes[indexOf(now, node.id, number - 1)];
    return first && mergeScenes(now, first);
  });
}

/** Number headings and outline as they stand. */
export async function renumber(
  { scripts }: Rearranging,
  document: vscode.TextDocument,
  caller: Caller,
): Promise<{ readonly renumbered: number }> {
  const question = t('Renumber the scenes of {0}?', nameOf(document));
  await agreed(caller, question, t('Renumber'));
  let renumbered = 0;
  await editDocument(document.uri, (now) => {
    const script = scripts.parse(now);
    const headings = renumberScenes(script);
    renumbered = headings.length;
    return tidyEdits([...headings, ...renumberOutline(script)]);
  });
  return { renumbered };
}

async function show(
  { scripts }: Rearranging,
  document: vscode.TextDocument,
  { sceneId }: SceneDone,
): Promise<void> {
  const node = scripts.read(document).scenes.find(({ id }) => id === sceneId);
  if (node !== undefined) await revealScene(document, node.heading.start);
}
