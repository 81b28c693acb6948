import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { alternatives } from '../../base/lists.ts';
import { nearestLength } from '../../jobs/preflight.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { setLengths } from '../../script/problems/fix-edits.ts';
import type { SceneId } from '../../script/script-model.ts';
import { isMissing, type SceneClip } from '../jobs/scene-clips.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import { rangeOf, workspaceEdit } from '../script/document-edits.ts';
import { formatSeconds } from '../ui/format.ts';
import { clipProblem, type ClipProblemCode, type ClipProblemFinder } from './clip-problems.ts';

const code: ClipProblemCode = 'length-not-rendered';

/** Scenes that are to be rendered and are of a length that the studio has not, at their headings. */
export function lengthProblems(studio: Pick<KnownStudio, 'lengthsFor'>): ClipProblemFinder {
  return (document, script, clips) => {
    const lengths = studio.lengthsFor(script);
    return script.scenes.flatMap((node, index) => {
      if (!isOfNoLength(node, clips[index], lengths)) return [];
      const message = t(
        'This scene lasts {0}, and the studio renders clips of {1} s. Another length is asked for before it is rendered.',
        formatSeconds(node.scene.seconds),
        alternatives(lengths),
      );
      return [clipProblem(rangeOf(document, node.heading), message, code)];
    });
  };
}

function isOfNoLength(
  { written, scene }: SceneNode,
  clip: SceneClip | undefined,
  lengths: readonly number[],
): boolean {
  if (!written || clip === undefined || !isMissing(clip)) return false;
  return lengths.length > 0 && !lengths.includes(scene.seconds);
}

/** Sets the nearest length that the studio has: of the scene, and of all that are told of. */
export function lengthFixes(
  document: vscode.TextDocument,
  script: ParsedScript,
  shown: readonly vscode.Diagnostic[],
  lengths: readonly number[],
): vscode.CodeAction[] {
  const [first] = shown.filter((one) => one.code === code);
  if (first === undefined) return [];
  const start = document.offsetAt(first.range.start);
  const here = script.scenes.find(({ heading }) => heading.start === start);
  const nearest = here && nearestLength(here.scene.seconds, lengths);
  if (here?.id === undefined || nearest === undefined) return [];
  const all = vscode.languages
    .getDiagnostics(document.uri)
    .filter((one) => one.code === code)
    .map(({ range }) => document.offsetAt(range.start));
  const others = script.scenes.filter(({ heading }) => all.includes(heading.start));
  const fix = (title: string, nodes: readonly SceneNode[]): vscode.CodeAction => {
    const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
    action.diagnostics = shown.filter((one) => one.code === code);
    action.isPreferred = nodes.length === 1;
    action.edit = workspaceEdit(document, setLengths(script, nearestLengths(nodes, lengths)));
    return action;
  };
  return [
    fix(t('Set it to {0}', formatSeconds(nearest)), [here]),
    ...(others.length > 1 ? [fix(t('Set the Nearest Lengths'), others)] : []),
  ];
}

function nearestLengths(
  nodes: readonly SceneNode[],
  lengths: readonly number[],
): ReadonlyMap<SceneId, number> {
  const nearest = new Map<SceneId, number>();
  for (const { id, scene } of nodes) {
    const seconds = nearestLength(scene.seconds, lengths);
    if (id !== undefined && seconds !== undefined) nearest.set(id, seconds);
  }
  return nearest;
}
