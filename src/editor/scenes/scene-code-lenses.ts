import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { chainedTo } from '../../script/chained.ts';
import { settings } from '../settings.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** Above each scene what can be done with it: rewrite, render, look at its clip. */
export class SceneCodeLenses implements vscode.CodeLensProvider<SceneLens>, vscode.Disposable {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  private readonly registration: vscode.Disposable;

  constructor(
    scripts: Pick<OpenScripts, 'isScript' | 'read'>,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
  ) {
    this.scripts = scripts;
    this.clips = clips;
    this.registration = vscode.languages.registerCodeLensProvider(
      { language: 'markdown', scheme: 'file' },
      this,
    );
  }

  /** VS Code asks by itself where the text changes. */
  get onDidChangeCodeLenses(): vscode.Event<void> {
    return this.clips.onDidChange;
  }

  /** Thousands of lenses, of which a screen shows a few: what one says is told once it is seen. */
  provideCodeLenses(document: vscode.TextDocument): SceneLens[] {
    if (!this.scripts.isScript(document)) return [];
    const script = this.scripts.read(document);
    // Nobody knows yet which of the scenes there will be.
    if (script.conflicts.length > 0) return [];
    const clips = this.clips.of(document);
    return script.scenes.flatMap((node, index) => {
      const clip = clips[index];
      if (!node.written || clip === undefined) return [];
      const range = rangeOf(document, node.heading);
      // The gate would leave it out, whatever the line says.
      const isHeld =
        settings.video.stills.value === 'required' &&
        node.scene.firstFrame === undefined &&
        chainedTo(script, index + 1) === undefined;
      return commandsOf(document.uri, index + 1, clip, isHeld).map(
        (make) => new SceneLens(range, make),
      );
    });
  }

  resolveCodeLens(lens: SceneLens): SceneLens {
    lens.command = lens.make();
    return lens;
  }

  dispose(): void {
    this.registration.dispose();
  }
}

class SceneLens extends vscode.CodeLens {
  readonly make: () => vscode.Command;

  constructor(range: vscode.Range, make: () => vscode.Command) {
    super(range);
    this.make = make;
  }
}

/**
 * What can be done with a scene.
 *
 * @param isHeld whether it is not rendered before it has its first frame
 */
function commandsOf(
  document: vscode.Uri,
  number: number,
  { state, file, take, takes }: SceneClip,
  isHeld: boolean,
): (() => vscode.Command)[] {
  const lens = (command: string, title: string, argument: object): vscode.Command => {
    return { command, title, arguments: [chosenByHand(argument)] };
  };
  const onScene = (command: string, title: string): vscode.Command =>
    lens(command, title, { uri: document.toString(), scene: number, scenes: [number] });
  const commands = [
    () => onScene('scenewright.rewriteScene', `$(edit) ${t('Rewrite')}`),
    () =>
      state === 'running'
        ? onScene('scenewright.jobs.focus', `$(loading~spin) ${t('Rendering')}`)
        : isHeld && state !== 'current'
          ? onScene('scenewright.drawStills', `$(paintcan) ${t('Draw Still')}`)
          : onScene('scenewright.renderScenes', renderTitle(state)),
  ];
  if (file !== undefined) {
    commands.push(() => onScene('scenewright.openClip', `$(play) ${t('Open clip')}`));
  }
  const here = takes.filter((one) => one.state === 'here').length;
  if (take !== undefined && here > 1) {
    commands.push(() =>
      onScene('scenewright.chooseTake', `$(versions) ${t('Take {0} of {1}', take, here)}`),
    );
  }
  return commands;
}

function renderTitle(state: string): string {
  switch (state) {
    case 'stale':
      return `$(history) ${t('Clip is stale: render again')}`;
    case 'current':
      return `$(refresh) ${t('Render again')}`;
    default:
      return `$(device-camera-video) ${t('Render')}`;
  }
}
