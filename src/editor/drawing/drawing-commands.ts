import pLimit from 'p-limit';
import * as vscode from 'vscode';
import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { CallContext } from '../commands/register-commands.ts';
import { allowBeside } from '../consent/outside-workspace.ts';
import {
  requireScene,
  scriptCommand,
  type SceneArgument,
  type ScriptArgument,
} from '../script/script-command.ts';
import { askForText, pickOne, showInformation } from '../ui/window.ts';
import type { DrawingOrder, DrawingTools } from './draw-pictures.ts';

interface SheetsArgument extends ScriptArgument {
  /** Of characters and places in the front matter. Left out: all without a picture. */
  readonly names?: readonly string[];
  /** What is asked for beside what their looks say; their present picture goes along. */
  readonly instruction?: string;
}

interface StillsArgument extends ScriptArgument {
  /** Numbers of the scenes in the document, from 1. Left out: all that are written and have no first frame. */
  readonly scenes?: readonly number[];
  /** What is asked for beside what the scene says; its present first frame goes along. */
  readonly instruction?: string;
}

interface RedrawSheetArgument extends ScriptArgument {
  /** Of a character or place in the front matter. */
  readonly name: string;
  readonly instruction?: string;
}

interface RedrawArgument extends SceneArgument {
  readonly instruction?: string;
}

interface Drawn {
  readonly jobs: readonly string[];
}

/** The commands that draw pictures of a script. */
export function drawingCommands(tools: DrawingTools) {
  const { scripts } = tools;
  // One after the other: a second click has to see what the first one has ordered.
  const oneByOne = pLimit(1);

  const draw = async (
    document: vscode.TextDocument,
    order: DrawingOrder,
    { caller, interactive }: Pick<CallContext<unknown>, 'caller' | 'interactive'>,
  ): Promise<Drawn> => {
    // Pictures go beside the script, which may lie outside of the open folders.
    await allowBeside(document.uri, caller, t('Write beside {0}?', document.uri.fsPath));
    const { drawPictures } = await import('./draw-pictures.ts');
    const jobs = await oneByOne(() => drawPictures(tools, document, order, caller));
    if (interactive) {
      if (jobs.length === 0) void showInformation(whyNothing(scripts.parse(document), order));
      else await vscode.commands.executeCommand('scenewright.jobs.focus');
    }
    return { jobs };
  };

  return {
    'scenewright.drawSheets': scriptCommand<SheetsArgument, Drawn>(
      scripts,
      async (document, { names, instruction }, context) =>
        await draw(document, { kind: 'sheets', names, ...said(instruction) }, context),
    ),

    'scenewright.drawStills': scriptCommand<StillsArgument, Drawn>(
      scripts,
      async (document, { scenes, instruction }, context) =>
        await draw(document, { kind: 'stills', scenes, ...said(instruction) }, context),
    ),

    /** The picture of a character or place, as it is but for what is asked. */
    'scenewright.redrawSheet': scriptCommand<RedrawSheetArgument, Drawn>(
      scripts,
      async (document, argument, context) => {
        const name = argument.name ?? (await pickName(scripts.parse(document)));
        if (name === undefined) return undefined;
        const instruction = await instructionFor(
          argument.instruction,
          t('Another picture of “{0}”', name),
          t('What is to be otherwise than in the present picture, or than the look says?'),
        );
        if (instruction === undefined) return undefined;
        return await draw(document, { kind: 'sheets', names: [name], instruction }, context);
      },
    ),

    /** The still of the scene that is meant, as it is but for what is asked. */
    'scenewright.redrawStill': scriptCommand<RedrawArgument, Drawn>(
      scripts,
      async (document, argument, context) => {
        const hint = t('Put the cursor into the scene whose still you mean.');
        const script = scripts.parse(document);
        const { node, number } = requireScene(script, document, argument.scene, hint);
        const instruction = await instructionFor(
          argument.instruction,
          t('Another still of “{0}”', node.scene.title),
          t('What is to be otherwise than in the present still, or than the scene says?'),
        );
        if (instruction === undefined) return undefined;
        const order = { kind: 'stills', scenes: [number], instruction } as const;
        return await draw(document, order, context);
      },
    ),
  };
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
    ? t('There is nothing to draw: every written scene has its first frame.')
    : t('There is nothing to draw: no scene is written yet.');
}

function nobody(): string {
  return t('There is nothing to draw: the front matter has no characters and no places.');
}
