import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ClipProblemCode } from './clip-problems.ts';

interface ClipFix {
  readonly title: string;
  readonly command: string;
  /** For all scenes of the script that want it, and not for this one. */
  readonly isForAll?: true;
}

/** A length is changed in the text. */
type FixedByCommand = Exclude<ClipProblemCode, 'length-not-rendered'>;

/** What one click does about each problem of a clip; each asks before it costs anything. */
const fixes: Readonly<Record<FixedByCommand, () => readonly ClipFix[]>> = {
  'take-not-here': () => [{ title: t('Choose Take…'), command: 'scenewright.chooseTake' }],
  'clip-stale': () => [
    { title: t('Render it again'), command: 'scenewright.renderScenes' },
    {
      title: t('Render all that are missing or stale'),
      command: 'scenewright.renderScenes',
      isForAll: true,
    },
  ],
  'visible-seam': () => [
    { title: t('Render it again'), command: 'scenewright.renderScenes' },
    { title: t('Choose Take…'), command: 'scenewright.chooseTake' },
  ],
};

/** @param shown problems as VS Code has them, of whatever kind */
export function clipFixes(
  document: Pick<vscode.TextDocument, 'uri' | 'offsetAt'>,
  { scenes }: Pick<ParsedScript, 'scenes'>,
  shown: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const [first] = shown.filter(({ code }) => isOurs(code));
  if (first === undefined || !isOurs(first.code)) return [];
  const start = document.offsetAt(first.range.start);
  const begins = (node: SceneNode): boolean =>
    node.takeSpan?.start === start || node.heading.start === start;
  const number = scenes.findIndex(begins) + 1;
  if (number === 0) return [];
  return fixes[first.code]().map(({ title, command, isForAll }, i) => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = shown.filter(({ code }) => code === first.code);
    action.isPreferred = i === 0;
    const scene = isForAll === true ? {} : { scene: number, scenes: [number] };
    const argument = chosenByHand({ uri: document.uri.toString(), ...scene });
    action.command = { title, command, arguments: [argument] };
    return action;
  });
}

function isOurs(code: unknown): code is FixedByCommand {
  return typeof code === 'string' && Object.hasOwn(fixes, code);
}
