import * as vscode from 'vscode';
import { anyOf } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { missingScenes } from '../../script/story-order.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { settings } from '../settings.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';
import { missingClips } from './next-step.ts';

/** Above the title what can be done with the whole script, and above the outline how far it is. */
export class ScriptCodeLenses implements vscode.CodeLensProvider {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  private readonly runs: Pick<WritingRuns, 'get' | 'onDidFinish'>;
  private readonly studio: Pick<KnownStudio, 'chains' | 'onDidLearn'>;

  /** VS Code asks by itself where the text changes. */
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(
    scripts: Pick<OpenScripts, 'isScript' | 'read'>,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
    runs: Pick<WritingRuns, 'get' | 'onDidFinish'>,
    studio: Pick<KnownStudio, 'chains' | 'onDidLearn'>,
  ) {
    this.scripts = scripts;
    this.clips = clips;
    this.runs = runs;
    this.studio = studio;
    const { onDidChange: onDidSetStills } = settings.video.stills;
    this.onDidChangeCodeLenses = anyOf(
      clips.onDidChange,
      runs.onDidFinish,
      studio.onDidLearn,
      onDidSetStills,
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.scripts.isScript(document)) return [];
    const script = this.scripts.read(document);
    if (script.conflicts.length > 0) return [];
    const { title, outline } = script.reading.layout;
    const clips = this.clips.of(document);
    const written = script.scenes.filter((node) => node.written).length;
    const unwritten = missingScenes(script);
    const { render, draw } = missingClips(script, clips, this.studio);
    const rendered = clips.filter(({ file }) => file !== undefined).length;
    const lens = (at: number, command: string, title: string, more = {}): vscode.CodeLens => {
      const place = document.positionAt(at);
      const argument = chosenByHand({ uri: document.uri.toString(), ...more });
      const about = { command, title, arguments: [argument] };
      return new vscode.CodeLens(new vscode.Range(place, place), about);
    };
    const lenses: vscode.CodeLens[] = [];
    if (title !== undefined) {
      const offer = (command: string, words: string, more = {}): number =>
        lenses.push(lens(title.start, command, words, more));
      if (unwritten > 0 && this.runs.get(document.uri)?.running !== true) {
        offer('scenewright.writeScenes', `$(edit-sparkle) ${t('Write Missing ({0})', unwritten)}`);
      }
      if (draw.length > 0) {
        const words = t('Draw Missing Stills ({0})', draw.length);
        offer('scenewright.drawStills', `$(paintcan) ${words}`, { scenes: draw });
      }
      if (render.length > 0) {
        const words = t('Render Missing or Stale ({0})', render.length);
        offer('scenewright.renderScenes', `$(device-camera-video) ${words}`);
      }
      if (rendered > 0) offer('scenewright.assembleVideo', `$(combine) ${t('Assemble Video')}`);
    }
    if (outline !== undefined && outline !== title && written + unwritten > 0) {
      const words = t(
        '{0} of {1} written · {2} with a clip',
        written,
        written + unwritten,
        rendered,
      );
      lenses.push(lens(outline.start, 'scenewright.showProgress', `$(graph) ${words}`));
    }
    return lenses;
  }
}
