import * as vscode from 'vscode';
import { anyOf } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { lazily } from '../../base/lazily.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ClipState, SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { beginningOf, type Beginning } from '../render/beginning.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import { settings } from '../settings.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** Above each scene what can be done with it: rewrite, render, look at its clip. */
export class SceneCodeLenses implements vscode.CodeLensProvider<SceneLens> {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  private readonly studio: Pick<KnownStudio, 'chains' | 'onDidLearn'>;

  /** VS Code asks by itself where the text changes. */
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(
    scripts: Pick<OpenScripts, 'isScript' | 'read'>,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
    studio: Pick<KnownStudio, 'chains' | 'onDidLearn'>,
  ) {
    this.scripts = scripts;
    this.clips = clips;
    this.studio = studio;
    const { onDidChange: onDidSetStills } = settings.video.stills;
    this.onDidChangeCodeLenses = anyOf(clips.onDidChange, studio.onDidLearn, onDidSetStills);
  }

  /** Thousands of lenses, of which a screen shows a few: what one says is told once it is seen. */
  provideCodeLenses(document: vscode.TextDocument): SceneLens[] {
    if (!this.scripts.isScript(document)) return [];
    const script = this.scripts.read(document);
    // Nobody knows yet which of the scenes there will be.
    if (script.conflicts.length > 0) return [];
    const clips = this.clips.of(document);
    const isHeld = settings.video.stills.value === 'required';
    const chains = lazily(() => this.studio.chains(script));
    return script.scenes.flatMap((node, index) => {
      const clip = clips[index];
      if (!node.written || clip === undefined) return [];
      const range = rangeOf(document, node.heading);
      const beginning = isHeld ? beginningOf(script, index + 1, clip, chains) : undefined;
      return commandsOf(document.uri, index + 1, clip, beginning).map(
        (make) => new SceneLens(range, make),
      );
    });
  }

  resolveCodeLens(lens: SceneLens): SceneLens {
    lens.command = lens.make();
    return lens;
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
 * @param beginning what its clip would begin with, where it is not rendered without a first frame
 */
function commandsOf(
  document: vscode.Uri,
  number: number,
  { state, file, take, takes }: SceneClip,
  beginning: Beginning | undefined,
): (() => vscode.Command)[] {
  const lens = (command: string, title: string, argument: object): vscode.Command => {
    return { command, title, arguments: [chosenByHand(argument)] };
  };
  const onScene = (command: string, title: string): vscode.Command =>
    lens(command, title, { uri: document.toString(), scene: number, scenes: [number] });
  const commands = [
    () => onScene('scenewright.rewriteScene', `$(edit) ${t('Rewrite')}`),
    () => onScene(...nextOf(state, beginning)),
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

/** The way to the clip as the scene is now: a command with its title. */
function nextOf(state: ClipState, beginning: Beginning | undefined): readonly [string, string] {
  if (state === 'running') return ['scenewright.jobs.focus', `$(loading~spin) ${t('Rendering')}`];
  if (state !== 'current' && beginning === 'coming') {
    return ['scenewright.jobs.focus', `$(loading~spin) ${t('Drawing Still')}`];
  }
  // The gate would leave it out, whatever the line says.
  if (state !== 'current' && beginning === 'nothing') {
    return ['scenewright.drawStills', `$(paintcan) ${t('Draw Still')}`];
  }
  return ['scenewright.renderScenes', renderTitle(state)];
}

function renderTitle(state: ClipState): string {
  switch (state) {
    case 'stale':
      return `$(history) ${t('Clip is stale: render again')}`;
    case 'current':
      return `$(refresh) ${t('Render again')}`;
    default:
      return `$(device-camera-video) ${t('Render')}`;
  }
}
