import * as vscode from 'vscode';
import { ScenewrightError } from '../base/errors.ts';
import type { WriterModel } from '../models/port.ts';
import { applyEdits, replaceScene } from '../script/edits.ts';
import type { Scene } from '../script/model.ts';
import type { SceneNode } from '../script/parse.ts';
import { rewriteScene } from '../writing/rewrite.ts';
import { editDocument } from './document-edits.ts';
import type { Scripts } from './scripts.ts';
import { writingSettings } from './writing-settings.ts';

const scheme = 'scenewright-rewrite';

/** Rewrites of one scene: shown as a diff that the writer takes or leaves, or put in at once. */
export class Rewrites implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly scripts: Scripts;
  private readonly createWriter: () => Promise<WriterModel>;
  private readonly proposals = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private counter = 0;

  constructor(scripts: Scripts, createWriter: () => Promise<WriterModel>) {
    this.scripts = scripts;
    this.createWriter = createWriter;
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.proposals.get(uri.toString()) ?? '';
  }

  /**
   * @param apply put the text in without asking. Where the writer has changed the scene meanwhile it
   * is shown as a diff all the same: nothing they typed is overwritten.
   * @returns whether the new text is in the document.
   */
  async rewrite(
    document: vscode.TextDocument,
    node: SceneNode,
    instruction: string,
    apply: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const script = this.scripts.parse(document);
    const before = document.getText().slice(node.span.start, node.span.end);
    const { contextTokens } = writingSettings();
    const scene = await rewriteScene({
      brief: script.brief,
      title: script.title,
      bible: script.bible,
      outline: script.outline.map(({ beat }) => beat),
      scenes: script.scenes.filter(({ written }) => written).map(({ scene: other }) => other),
      scene: node.scene,
      instruction,
      model: await this.createWriter(),
      ...(contextTokens === undefined ? {} : { contextTokens }),
      signal,
    });
    if (apply && (await this.put(document.uri, scene, before))) return true;
    return this.review(document, scene);
  }

  private textOf(document: vscode.TextDocument, id: string): string | undefined {
    const node = this.scripts.parse(document).scenes.find(({ scene }) => scene.id === id);
    return node && document.getText().slice(node.span.start, node.span.end);
  }

  private async review(document: vscode.TextDocument, scene: Scene): Promise<boolean> {
    const script = this.scripts.parse(document);
    const shown = this.textOf(document, scene.id);
    const proposal = vscode.Uri.from({
      scheme,
      path: document.uri.path,
      query: String(++this.counter),
    });
    this.proposals.set(proposal.toString(), applyEdits(script.text, replaceScene(script, scene)));
    try {
      await vscode.commands.executeCommand(
        'vscode.diff',
        document.uri,
        proposal,
        vscode.l10n.t('Rewrite: {0}', scene.title),
        { preview: true },
      );
      const take = vscode.l10n.t('Take the New Text');
      const answer = await vscode.window.showInformationMessage(
        vscode.l10n.t('“{0}” has been rewritten: the new text is on the right.', scene.title),
        take,
        vscode.l10n.t('Keep the Old'),
      );
      if (answer !== take) return false;
      const now = this.textOf(document, scene.id);
      if (now === undefined) {
        throw new ScenewrightError(
          'bad-script',
          vscode.l10n.t('The scene is no longer in the script. Nothing was changed.'),
        );
      }
      if (await this.put(document.uri, scene, shown)) return true;
      // They went on writing in this scene: they get to see what the new text would take away now.
      return await this.review(await vscode.workspace.openTextDocument(document.uri), scene);
    } finally {
      this.proposals.delete(proposal.toString());
    }
  }

  /**
   * @param known what the writer agreed to have replaced: nothing is done where the scene, at that
   * very moment, is no longer so
   * @returns whether it was put in
   */
  private async put(uri: vscode.Uri, scene: Scene, known: string | undefined): Promise<boolean> {
    let isMeant = true;
    await editDocument(uri, (document) => {
      isMeant = this.textOf(document, scene.id) === known;
      return isMeant ? replaceScene(this.scripts.parse(document), scene) : [];
    });
    return isMeant;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
