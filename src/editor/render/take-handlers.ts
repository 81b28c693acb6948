import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { chooseTake } from '../../script/edits/choose-take.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { chosenByHand, isStranger, type Caller } from '../commands/caller.ts';
import type { CallContext } from '../commands/register-commands.ts';
import { agreeToStranger, strangerWords } from '../consent/agreement.ts';
import { clipFinder, noClipError } from '../jobs/scene-clips.ts';
import { takeList, type TakeShown } from '../jobs/take-list.ts';
import { editDocument } from '../script/document-edits.ts';
import { refuseTwin, requireId } from '../script/open-scripts.ts';
import { requireScene, type SceneArgument } from '../script/script-command.ts';
import { ask, askForText } from '../ui/window.ts';
import { deleteTake } from './delete-take.ts';
import { pickTake } from './pick-take.ts';
import type { Rendering, TakeArgument, TakeTools } from './take-commands.ts';
import type { TakeWish } from './take-wish.ts';

/** A scene with its takes as they are at one moment. */
interface SceneTakes {
  readonly script: ParsedScript;
  readonly node: SceneNode;
  /** In the document, from 1. */
  readonly number: number;
  readonly takes: readonly TakeShown[];
}

type TakeHandler<Result = undefined> = (
  tools: TakeTools,
  document: vscode.TextDocument,
  argument: Partial<TakeArgument>,
  context: CallContext<TakeArgument>,
) => Promise<Result | undefined>;

export function listTakes(
  tools: TakeTools,
  document: vscode.TextDocument,
  { scene }: Partial<SceneArgument>,
): { readonly takes: readonly TakeShown[] } {
  return { takes: takesOf(tools, document, scene).takes };
}

/** Without a take the newest whole one counts from now on; a person is asked which. */
export const choose: TakeHandler = async (tools, document, argument, { caller, interactive }) => {
  const scene = takesOf(tools, document, argument.scene);
  let { take } = argument;
  if (interactive && take === undefined) {
    const picked = await pickTake(scene.node.scene.title, scene.takes);
    if (picked === undefined) return undefined;
    take = picked === 'newest' ? undefined : picked.take;
  } else if (take !== undefined) takeIn(scene, take);
  await agreeToStranger(
    caller,
    take === undefined
      ? t('Let the newest take of scene {0} count?', scene.number)
      : t('Let take {0} of scene {1} count?', take, scene.number),
    [t('It is written into {0}.', document.uri.fsPath)],
    t('Choose Take'),
  );
  await write(document.uri, scene, take);
  return undefined;
};

/** Renders takes of the scene that is meant, by whoever asks for them. */
const rendering =
  (
    wish: (scene: SceneTakes, argument: Partial<TakeArgument>) => Promise<TakeWish | undefined>,
  ): TakeHandler<Rendering> =>
  async (tools, document, argument, { interactive }) => {
    const scene = takesOf(tools, document, argument.scene);
    const wished = await wish(scene, argument);
    if (wished === undefined) return undefined;
    const { consent, confirmed } = argument;
    const order = { uri: document.uri.toString(), scenes: [scene.number], ...wished };
    return await vscode.commands.executeCommand(
      'scenewright.renderScenes',
      interactive ? chosenByHand(order) : { ...order, ...defined({ consent, confirmed }) },
    );
  };

export const renderAnother = rendering(() => Promise.resolve({ takes: 1 }));

export const renderThree = rendering(() => Promise.resolve({ takes: 3 }));

/** Of the take that is named, else of the one that counts. */
export const renderWithSeed = rendering((scene, { take }) => {
  const meant = take === undefined ? counting(scene) : takeIn(scene, take);
  if (meant.seed === undefined) {
    throw refused(t('It is not known which seed take {0} began from.', meant.take));
  }
  return Promise.resolve({ takes: 1, seed: meant.seed });
});

export const renderWithInstruction = rendering(async ({ node, number, takes }) => {
  const instruction = await askForText({
    title: t('Another take of “{0}”', node.scene.title),
    prompt: t('What is asked for in this take beside what scene {0} says?', number),
    value: takes.findLast((take) => take.instruction !== undefined)?.instruction ?? '',
    ignoreFocusOut: true,
  });
  const words = instruction?.trim() ?? '';
  return words === '' ? undefined : { takes: 1, instruction: words };
});

/** Moves a take with its pictures to the trash, and forgets what is known of it. */
export const remove: TakeHandler = async (tools, document, argument, { caller, interactive }) => {
  const scene = takesOf(tools, document, argument.scene);
  const { take } = argument;
  const picked =
    take === undefined && interactive
      ? await pickTake(scene.node.scene.title, scene.takes, { isToDelete: true })
      : takeIn(scene, take);
  if (picked === undefined || picked === 'newest') return undefined;
  if (!(await agreesToDelete(caller, scene, picked))) return undefined;
  await deleteTake(tools, document.uri, picked, async () => {
    if (picked.chosen) await write(document.uri, scene, undefined);
  });
  return undefined;
};

function takesOf(
  { scripts, jobs }: TakeTools,
  document: vscode.TextDocument,
  wanted: number | undefined,
): SceneTakes {
  const script = scripts.parse(document);
  const hint = t('Put the cursor into the scene whose takes you mean.');
  const { node, number } = requireScene(script, document, wanted, hint);
  requireId(script, number);
  refuseTwin(script, number);
  jobs.refresh();
  const clip = clipFinder(script, document.uri, jobs)(node, number);
  return { script, node, number, takes: takeList(node, clip) };
}

/** @throws ScenewrightError `bad-input` where it is not on disk */
function takeIn({ takes, number }: SceneTakes, take: number | undefined): TakeShown {
  const found = takes.find((one) => one.take === take && one.state === 'here');
  if (found !== undefined) return found;
  throw refused(t('Scene {0} has no clip that is take {1}.', number, take ?? ''));
}

function counting({ takes, number }: SceneTakes): TakeShown {
  const found = takes.find(({ counts }) => counts);
  if (found !== undefined) return found;
  throw noClipError(number);
}

async function write(
  uri: vscode.Uri,
  { script, node }: SceneTakes,
  take: number | undefined,
): Promise<void> {
  const { id } = node.scene;
  await editDocument(uri, (document) =>
    chooseTake(parseScript(document.getText(), script), id, take),
  );
}

/** Asked of everybody but code that acts for the person. */
async function agreesToDelete(
  caller: Caller,
  { number }: SceneTakes,
  { take, chosen }: TakeShown,
): Promise<boolean> {
  if (caller.trusted) return true;
  return await ask(
    t('Delete take {0} of scene {1}?', take, number),
    [
      t(
        'Its clip and pictures go to the trash, and what is known of how it was made is forgotten.',
      ),
      ...(chosen ? [t('The script says that it counts; then the newest take does.')] : []),
      ...(isStranger(caller) ? [strangerWords()] : []),
    ],
    t('Delete Take'),
  );
}

function refused(message: string): ScenewrightError {
  return new ScenewrightError('bad-input', message);
}
