import * as vscode from 'vscode';
import { anyOf } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { missingScenes } from '../../script/story-order.ts';
import { chosenByHand } from '../commands/caller.ts';
import { isMissing } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import type { WritingRuns } from '../writing/writing-runs.ts';

/** Above the title what can be done with the whole script, and above the outline how far it is. */
export class ScriptCodeLenses implements vscode.CodeLensProvider {
  private readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  private readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  private readonly runs: Pick<WritingRuns, 'get' | 'onDidFinish'>;

  /** VS Code asks by itself where the text changes. */
  readonly onDidChangeCodeLenses: vscode.Event<void>;

  constructor(
    scripts: Pick<OpenScripts, 'isScript' | 'read'>,
    clips: Pick<ScriptClips, 'of' | 'onDidChange'>,
    runs: Pick<WritingRuns, 'get' | 'onDidFinish'>,
  ) {
    this.scripts = scripts;
    this.clips = clips;
    this.runs = runs;
    this.onDidChangeCodeLenses = anyOf(clips.onDidChange, runs.onDidFinish);
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.scripts.isScript(document)) return [];
    const script = this.scripts.read(document);
    if (script.conflicts.length > 0) return [];
    const { title, outline } = script.reading.layout;
    const clips = this.clips.of(document);
    const written = script.scenes.filter((node) => node.written).length;
    const unwritten = missingScenes(script);
    const toRender = clips.filter((clip, i) => script.scenes[i]?.written && isMissing(clip)).length;
    const rendered = clips.filter(({ file }) => file !== undefined).length;
    const argument = chosenByHand({ uri: document.uri.toString() });
    const lens = (at: number, command: string, words: string): vscode.CodeLens => {
      const place = document.positionAt(at);
      const about = { command, title: words, arguments: [argument] };
      return new vscode.CodeLens(new vscode.Range(place, place), about);
    };
    const lenses: vscode.CodeLens[] = [];
    if (title !== undefined) {
      const offer = (command: string, words: string): number =>
        lenses.push(lens(title.start, command, words));
      if (unwritten > 0 && this.runs.get(document.uri)?.running !== true) {
        offer('scenewright.writeScenes', `$(edit-sparkle) ${t('Write Missing ({0})', unwritten)}`);
      }
      if (toRender > 0) {
        const words = t('Render Missing or Stale ({0})', toRender);
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
