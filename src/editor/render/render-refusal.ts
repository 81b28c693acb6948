import * as vscode from 'vscode';
import type { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { RenderProblem } from '../../jobs/preflight.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { StudioCapabilities, VideoStudio } from '../../studios/port.ts';
import { chosenByHand } from '../commands/caller.ts';
import { editDocument } from '../script/document-edits.ts';
import type { TakeWish } from './take-wish.ts';
import { lengthsLabel, lengthsThatFit, problemWords } from './render-question.ts';
import { ErrorWithAction, stepAction, type ErrorAction } from '../ui/error-action.ts';

/** What is to be rendered. */
export interface Selection {
  readonly document: vscode.TextDocument;
  readonly script: ParsedScript;
  /** What was asked for, to ask for it again. */
  readonly numbers: readonly number[] | undefined;
  readonly wish: TakeWish | undefined;
}

/** What the studio would refuse, all of it, with the button that helps soonest. */
export function refusal(
  selection: Selection,
  problems: readonly RenderProblem[],
  { label }: VideoStudio,
  { note }: StudioCapabilities,
): ScenewrightError {
  const sentences = problems.flatMap((problem) => problemWords(problem, label, note));
  return new ErrorWithAction(
    'bad-input',
    t('Nothing was handed in. {0}', sentences.join(' ')),
    actionFor(selection, problems),
  );
}

function actionFor(selection: Selection, problems: readonly RenderProblem[]): ErrorAction {
  const lengths = lengthsThatFit(problems);
  if (lengths.size > 0) {
    return { label: lengthsLabel(lengths), run: () => setAndRender(selection, lengths) };
  }
  const [problem] = problems;
  const [clip] = problem?.clips ?? [];
  const sceneId = selection.script.scenes[(clip?.number ?? 0) - 1]?.id;
  if (problem?.kind === 'prompt' && clip !== undefined && sceneId !== undefined) {
    const uri = selection.document.uri.toString();
    return {
      label: t('Go to Scene {0}', clip.number),
      run: () =>
        vscode.commands.executeCommand('scenewright.revealScene', chosenByHand({ uri, sceneId })),
    };
  }
  return stepAction('choose-studio');
}

/** Give scenes other lengths, wherever they stand by now, as one undo step, and render again. */
async function setAndRender(
  { document: { uri }, script, numbers, wish }: Selection,
  lengths: ReadonlyMap<number, number>,
): Promise<void> {
  const { setLengths } = await import('../../script/problems/fix-edits.ts');
  const byId = new Map<SceneId, number>();
  for (const [number, seconds] of lengths) {
    const id = script.scenes[number - 1]?.id;
    if (id !== undefined) byId.set(id, seconds);
  }
  await editDocument(uri, (document) => setLengths(parseScript(document.getText(), script), byId));
  await vscode.commands.executeCommand(
    'scenewright.renderScenes',
    chosenByHand({
      uri: uri.toString(),
      ...(numbers === undefined ? {} : { scenes: numbers }),
      ...wish,
    }),
  );
}
