import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { CallContext } from '../commands/register-commands.ts';
import { allowBeside } from '../consent/outside-workspace.ts';
import { numbersNamed, requireScene } from '../script/script-command.ts';
import { askForText, pickOne, showInformation } from '../ui/window.ts';
import {
  drawPictures,
  refuseComing,
  type DrawingOrder,
  type DrawingTools,
} from './draw-pictures.ts';
import type {
  Drawn,
  RedrawArgument,
  RedrawSheetArgument,
  SheetsArgument,
  StillsArgument,
} from './drawing-commands.ts';
import { sheetsWanted } from './what-to-draw.ts';

/** Who calls. */
type Context = Pick<CallContext<unknown>, 'caller' | 'interactive'>;

export async function drawSheets(
  tools: DrawingTools,
  document: vscode.TextDocument,
  { names, instruction }: Partial<SheetsArgument>,
  context: Context,
): Promise<Drawn> {
  return await draw(tools, document, { kind: 'sheets', names, ...said(instruction) }, context);
}

export async function drawStills(
  tools: DrawingTools,
  document: vscode.TextDocument,
  argument: Partial<StillsArgument>,
  context: CallContext<StillsArgument>,
): Promise<Drawn> {
  const scenes = numbersNamed(argument, context.selection);
  return await draw(
    tools,
    document,
    { kind: 'stills', scenes, ...said(argument.instruction) },
    context,
  );
}

/** The picture of a character or place, as it is but for what is asked. */
export async function redrawSheet(
  tools: DrawingTools,
  document: vscode.TextDocument,
  argument: Partial<RedrawSheetArgument>,
  context: Context,
): Promise<Drawn | undefined> {
  const name = argument.name ?? (await pickName(tools.scripts.parse(document)));
  if (name === undefined) return undefined;
  refuseComing(tools, document.uri, sheetsWanted(tools.scripts.parse(document), [name]));
  const instruction = await instructionFor(
    argument.instruction,
    t('Another picture of “{0}”', name),
    t('What is to be otherwise than in the present picture, or than the look says?'),
  );
  if (instruction === undefined) return undefined;
  return await draw(tools, document, { kind: 'sheets', names: [name], instruction }, context);
}

/** The still of the scene that is meant, as it is but for what is asked. */
export async function redrawStill(
  tools: DrawingTools,
  document: vscode.TextDocument,
  argument: Partial<RedrawArgument>,
  context: Context,
): Promise<Drawn | undefined> {
  const hint = t('Put the cursor into the scene whose still you mean.');
  const script = tools.scripts.parse(document);
  const { node, number } = requireScene(script, document, argument.scene, hint);
  refuseComing(tools, document.uri, [{ kind: 'still', node, number }]);
  const instruction = await instructionFor(
    argument.instruction,
    t('Another still of “{0}”', node.scene.title),
    t('What is to be otherwise than in the present still, or than the scene says?'),
  );
  if (instruction === undefined) return undefined;
  const order = { kind: 'stills', scenes: [number], instruction } as const;
  return await draw(tools, document, order, context);
}

async function draw(
  tools: DrawingTools,
  document: vscode.TextDocument,
  order: DrawingOrder,
  { caller, interactive }: Context,
): Promise<Drawn> {
  // Pictures go beside the script, which may lie outside of the open folders.
  await allowBeside(document.uri, caller, t('Write beside {0}?', document.uri.fsPath));
  const jobs = await tools.oneByOne(() => drawPictures(tools, document, order, caller));
  if (interactive) {
    if (jobs.length === 0) {
      void showInformation(whyNothing(tools.scripts.parse(document), order));
    } else await vscode.commands.executeCommand('scenewright.jobs.focus');
  }
  return { jobs };
}

function said(instruction: string | undefined): { readonly instruction?: string } {
  const words = instruction?.trim() ?? '';
  return defined({ instruction: words === '' ? undefined : words });
}

/** As it was passed, else as a person types it; absent where that is nothing. */
async function instructionFor(
  passed: string | undefined,
  title: string,
  prompt: string,
): Promise<string | undefined> {
  const words = (passed ?? (await askForText({ title, prompt, ignoreFocusOut: true })))?.trim();
  return words === '' ? undefined : words;
}

/** @throws ScenewrightError `bad-input` where there is nobody to pick */
async function pickName({ bible }: ParsedScript): Promise<string | undefined> {
  const all = [...bible.characters, ...bible.places];
  if (all.length === 0) throw new ScenewrightError('bad-input', nobody());
  const picked = await pickOne(
    all.map(({ name, pictures = [] }) => ({ label: name, description: pictures[0] ?? '' })),
    { title: t('Redraw Sheet'), placeHolder: t('Whom or what?') },
  );
  return picked?.label;
}

/** Why there was nothing to draw of the whole script. */
function whyNothing(script: ParsedScript, { kind }: DrawingOrder): string {
  if (kind === 'sheets') {
    const { characters, places } = script.bible;
    return characters.length + places.length === 0
      ? nobody()
      : t('There is nothing to draw: every character and place has its picture.');
  }
  return script.scenes.some(({ written }) => written)
    ? t(
        'There is nothing to draw: every written scene has its first frame, or goes on without a cut from the one before.',
      )
    : t('There is nothing to draw: no scene is written yet.');
}

function nobody(): string {
  return t('There is nothing to draw: the front matter has no characters and no places.');
}
