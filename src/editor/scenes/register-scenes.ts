import type { Registration } from '../commands/registration.ts';
import type { VideoJobs } from '../jobs/video-jobs.ts';
import { scriptCommand, type ScriptArgument } from '../script/script-command.ts';
import { revealScene, type OpenScripts } from '../script/open-scripts.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { followContext } from './follow-context.ts';
import { SceneCodeLenses } from './scene-code-lenses.ts';
import { registerScriptHover } from './script-hover.ts';
import { ScenesView } from './scenes-view.ts';

/** The scenes of the active script, in the sidebar and above their texts. */
export function registerScenes(
  registration: Registration,
  scripts: OpenScripts,
  runs: WritingRuns,
  { clips }: VideoJobs,
): void {
  registration.own(new ScenesView(scripts, runs, clips));
  registration.own(new SceneCodeLenses(scripts, clips));
  registration.own(registerScriptHover(scripts));
  registration.own(followContext(scripts, runs));
  registration.commands(sceneCommands(scripts));
}

interface SceneIdArgument extends ScriptArgument {
  readonly sceneId: string;
}

/** The command that goes to a scene. */
export function sceneCommands(scripts: OpenScripts) {
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
  };
}
