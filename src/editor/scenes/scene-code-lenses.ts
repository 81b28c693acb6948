import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { clipOf } from '../jobs/scene-clips.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { rangeOf } from '../script/document-edits.ts';
import type { OpenScripts } from '../script/open-scripts.ts';

/** Above each scene what can be done with it: rewrite, render, look at its clip. */
export class SceneCodeLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly scripts: OpenScripts;
  private readonly jobs: JobIndex;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly registration: vscode.Disposable;

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(scripts: OpenScripts, jobs: JobIndex) {
    this.scripts = scripts;
    this.jobs = jobs;
    this.registration = vscode.languages.registerCodeLensProvider(
      { language: 'markdown', scheme: 'file' },
      this,
    );
  }

  /** A job has changed. */
  refresh(): void {
    this.changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!this.scripts.isScript(document)) return [];
    const script = this.scripts.parse(document);
    const uri = document.uri.toString();
    return script.scenes.flatMap((node, index) => {
      if (!node.written) return [];
      const number = index + 1;
      const range = rangeOf(document, node.heading);
      const clip = clipOf(script, document.uri, node, number, this.jobs);
      const lens = (command: string, title: string, argument: object): vscode.CodeLens =>
        new vscode.CodeLens(range, { command, title, arguments: [argument] });
      const scene = chosenByHand({ uri, scene: number, scenes: [number] });
      const lenses = [
        lens('scenewright.rewriteScene', `$(edit) ${t('Rewrite')}`, scene),
        clip.state === 'running'
          ? lens('scenewright.jobs.focus', `$(loading~spin) ${t('Rendering')}`, scene)
          : lens('scenewright.renderScenes', renderTitle(clip.state), scene),
      ];
      if (clip.file !== undefined && clip.job !== undefined) {
        const job = chosenByHand({ job: clip.job.id });
        lenses.push(lens('scenewright.jobs.open', `$(play) ${t('Open clip')}`, job));
      }
      return lenses;
    });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
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
