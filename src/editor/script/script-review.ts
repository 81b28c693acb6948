import type * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { reviewScript } from '../../script/problems/review-script.ts';
import { problem, type Problem } from '../../script/problems/script-problem.ts';
import type { SceneId } from '../../script/script-model.ts';
import { SceneMarks, type SceneMark } from '../../writing/checks/scene-marks.ts';
import type { SceneFlag } from '../../writing/checks/scene-checks.ts';
import { KeptMarks } from './kept-marks.ts';

/** What there is to be looked at in a script. */
export interface Reviewed {
  readonly problems: readonly Problem[];
  /** By scene, one sentence each; empty where the writer has found fine what there was. */
  readonly marks: ReadonlyMap<SceneId, readonly string[]>;
}

/** Which marks the writer has looked at: one of a scene, or all of it. */
export interface AcceptedMark {
  readonly sceneId: SceneId;
  readonly mark?: SceneFlag['kind'];
  readonly name?: string;
}

/** Reads scripts that can be read without fault, as an attentive reader and as the checks of a run do. */
export class ScriptReview {
  private readonly kept: KeptMarks;
  /** Each remembers what its script said at the last look. */
  private readonly readers = new WeakMap<vscode.TextDocument, SceneMarks>();

  constructor(state: vscode.Memento) {
    this.kept = new KeptMarks(state);
  }

  look(document: vscode.TextDocument, script: ParsedScript): Reviewed {
    const all = this.marksOf(document, script);
    const open = all.filter((mark) => !this.kept.isFine(mark));
    const marks = new Map<SceneId, readonly string[]>(all.map(({ id }) => [id, []]));
    for (const { id, message } of open) marks.set(id, [...(marks.get(id) ?? []), message]);
    const tooLong = new Set(open.filter(({ kind }) => kind === 'spoken').map(({ id }) => id));
    const remarks = reviewScript(script).filter(
      ({ code, about }) =>
        code !== 'speech-too-long' || about.id === undefined || tooLong.has(about.id),
    );
    return { problems: [...remarks, ...problemsOf(script, open)], marks };
  }

  /** What a run has said of the scenes that it has put into a script; see {@link KeptMarks.tell}. */
  tell(script: ParsedScript, flags: ReadonlyMap<SceneId, readonly SceneFlag[]>): Promise<void> {
    return this.kept.tell(script, flags);
  }

  async accept(
    document: vscode.TextDocument,
    script: ParsedScript,
    { sceneId, mark, name }: Partial<AcceptedMark>,
  ): Promise<void> {
    const meant = this.marksOf(document, script).filter(
      (one) =>
        one.id === sceneId && (mark === undefined || (one.kind === mark && one.name === name)),
    );
    await this.kept.accept(meant);
  }

  private marksOf(document: vscode.TextDocument, script: ParsedScript): readonly SceneMark[] {
    if (!script.isScript || script.conflicts.length > 0) return [];
    let reader = this.readers.get(document);
    if (reader === undefined) this.readers.set(document, (reader = new SceneMarks()));
    return [...reader.of(script), ...this.kept.of(script)].sort((a, b) => a.index - b.index);
  }
}

/** Problems of the marks that no other problem tells of. */
function problemsOf({ scenes }: ParsedScript, marks: readonly SceneMark[]): Problem[] {
  return marks.flatMap(({ index, id, kind, message, complaint, name }): Problem[] => {
    const node = scenes[index];
    if (node === undefined || kind === 'spoken') return [];
    const words = t('Scene {0} is to be looked at. {1}', node.number ?? index + 1, message);
    const mark = { kind, ...(complaint === undefined ? {} : { complaint }) };
    const about = { mark, ...(node.id === undefined ? {} : { id }), ...(name ? { name } : {}) };
    const place = kind === 'prompt' ? (node.promptSpan ?? node.heading) : node.heading;
    return [problem(`scene-${kind}`, 'information', place, words, about)];
  });
}
