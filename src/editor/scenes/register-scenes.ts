import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { CardTools } from '../cards/scene-card.ts';
import type { Registration } from '../commands/registration.ts';
import { noClipError } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import {
  requireScene,
  scriptCommand,
  type SceneArgument,
  type ScriptArgument,
} from '../script/script-command.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { ScriptTools } from '../script/register-script.ts';
import { revealScene } from '../script/reveal-scene.ts';
import { settings, whileOn } from '../settings.ts';
import { scriptSelector } from '../script/script-selector.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { ClipProblems, isClipProblem, type ClipProblemFinder } from './clip-problems.ts';
import { followContext } from './follow-context.ts';
import type { WriterAccount } from './plan-stage.ts';
import { SceneCodeLenses } from './scene-code-lenses.ts';
import { ScriptCodeLenses } from './script-code-lenses.ts';
import { registerScriptHover } from './script-hover.ts';
import { ScenesView } from './scenes-view.ts';

/** The scenes of the active script, in the sidebar and above their texts. */
export function registerScenes(
  registration: Registration,
  { scripts, marks }: Pick<ScriptTools, 'scripts' | 'marks'>,
  runs: WritingRuns,
  { clips }: VideoJobs,
  studio: KnownStudio,
  cards: CardTools,
  writer: WriterAccount,
): void {
  registration.own(new ScenesView(scripts, runs, clips, marks));
  registration.own(
    new ClipProblems(scripts, clips, () => clipProblemFinders(studio), studio.onDidLearn),
  );
  registration.own(
    vscode.languages.registerCodeActionsProvider(
      scriptSelector,
      {
        provideCodeActions: async (document, _range, { diagnostics }) => {
          if (!diagnostics.some(isClipProblem) || !scripts.isScript(document)) return [];
          const script = scripts.read(document);
          if (script.conflicts.length > 0) return [];
          const [{ clipFixes }, { lengthFixes }] = await Promise.all([
            import('./clip-fixes.ts'),
            import('./length-problems.ts'),
          ]);
          return [
            ...clipFixes(document, script, diagnostics),
            ...lengthFixes(document, script, diagnostics, studio.lengthsFor(script)),
          ];
        },
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
  );
  registration.own(
    whileOn(settings.codeLens, () =>
      vscode.Disposable.from(
        ...[
          new SceneCodeLenses(scripts, clips, studio),
          new ScriptCodeLenses(scripts, clips, runs, studio),
        ].map((lenses) => vscode.languages.registerCodeLensProvider(scriptSelector, lenses)),
      ),
    ),
  );
  registration.own(registerScriptHover(scripts, cards));
  registration.own(followContext(scripts, runs, clips, studio, writer));
  registration.commands(sceneCommands(scripts, clips));
}

async function clipProblemFinders(studio: KnownStudio): Promise<readonly ClipProblemFinder[]> {
  const [{ missingTakes }, { staleProblems }, { seamProblems }, { lengthProblems }] =
    await Promise.all([
      import('./missing-takes.ts'),
      import('./stale-problems.ts'),
      import('./seam-problems.ts'),
      import('./length-problems.ts'),
    ]);
  return [missingTakes, staleProblems, seamProblems, lengthProblems(studio)];
}

interface SceneIdArgument extends ScriptArgument {
  readonly sceneId: string;
}

interface ClipArgument extends SceneArgument {
  /** From 1; left out: the one that counts. */
  readonly take?: number;
}

/** The commands that go to a scene and show its clip. */
export function sceneCommands(scripts: OpenScripts, clips: Pick<ScriptClips, 'of'>) {
  return {
    'scenewright.revealScene': scriptCommand<SceneIdArgument>(
      scripts,
      async (document, { sceneId }) => {
        const { scenes, outline } = scripts.read(document);
        const node = scenes.find(({ scene }) => scene.id === sceneId);
        const beat = outline.find((candidate) => candidate.beat.id === sceneId);
        const start = node?.heading.start ?? beat?.span.start;
        if (start !== undefined) await revealScene(document, start);
        return undefined;
      },
    ),

    /** Rejects where there is no such scene, or no clip of it. */
    'scenewright.openClip': scriptCommand<ClipArgument>(scripts, async (document, argument) => {
      const { scene, take } = argument;
      const hint = t('Put the cursor into the scene whose clip is to be shown.');
      const { number } = requireScene(scripts.parse(document), document, scene, hint);
      const clip = clips.of(document)[number - 1];
      const meant = take === undefined ? clip : clip?.takes.find((one) => one.take === take);
      const file = meant?.file;
      if (file === undefined) throw noClipError(number);
      await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file), {
        viewColumn: vscode.ViewColumn.Beside,
      });
      return undefined;
    }),
  };
}
