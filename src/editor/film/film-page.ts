import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { isInside } from '../../base/inside.ts';
import { messageLanguage, t, translated } from '../../base/l10n.ts';
import { locale } from '../../base/locale.ts';
import { pageDocument } from '../../webview/document.ts';
import {
  readFromPage,
  type CellMessage,
  type FilmMode,
  type FromPage,
  type JobAct,
  type ToPage,
} from '../../webview/protocol.ts';
import { defaultStrings } from '../../webview/strings.ts';
import type { PicturePath } from '../../script/script-model.ts';
import type { Caller } from '../commands/caller.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { movedUri, type ScriptMoves } from '../script/script-moves.ts';
import { exportStoryboard, picturedCells, type ExportTools } from './export-storyboard.ts';
import { clipOfCell } from './film-clips.ts';
import { FilmFeed, type FilmReader, type FilmTools, type FoundCell } from './film-feed.ts';
import { FilmPictures, type Pictured } from './film-pictures.ts';
import { uriOfState } from './film-places.ts';
import { fileIn, pictureFile } from './still-files.ts';
import { Thumbnails } from './thumbnails.ts';

/** What a click in the page does. */
export interface FilmActions {
  write(uri: vscode.Uri): void;
  render(uri: vscode.Uri, scenes?: readonly number[]): void;
  drawStills(uri: vscode.Uri, scenes?: readonly number[]): void;
  /** @param scene its number in the document */
  redrawStill(uri: vscode.Uri, scene: number): void;
  /** The scene of the cell with this id begins with another picture, or with none. */
  chooseStill(uri: vscode.Uri, id: string, picture: PicturePath): Promise<void>;
  dropStill(uri: vscode.Uri, id: string): Promise<void>;
  /** @param scene its number in the document */
  anotherTake(uri: vscode.Uri, scene: number): void;
  /**
   * Rejects once the person has been told why another one counts still.
   *
   * @param id of its cell
   */
  chooseTake(uri: vscode.Uri, id: string, take: number): Promise<void>;
  assemble(uri: vscode.Uri): void;
  exportStoryboard(uri: vscode.Uri): void;
  job(id: string, act: JobAct): void;
  jobs(): void;
  /**
   * @param page the group that the page is in
   * @param takesKeyboard the keyboard goes on in the editor
   */
  reveal(found: FoundCell, page: vscode.ViewColumn | undefined, takesKeyboard: boolean): void;
  open(found: FoundCell, page: vscode.ViewColumn | undefined): void;
  /** Rejects once the person has been told why a scene stays where it is. */
  move(uri: vscode.Uri, id: string, to: number): Promise<void>;
  account(): void;
  log(error: unknown): void;
}

/** The film page: one panel, which follows the script that the writer is working on. */
export class FilmPage implements vscode.Disposable, FilmReader {
  private readonly viewType: string;
  private readonly assets: vscode.Uri;
  private readonly icon: { readonly light: vscode.Uri; readonly dark: vscode.Uri };
  private readonly tools: FilmTools;
  private readonly actions: FilmActions;
  private readonly feed: FilmFeed;
  private readonly thumbnails: string;
  private readonly pictures: FilmPictures;
  private readonly subscriptions: readonly Disposable[];
  private panel: vscode.WebviewPanel | undefined;
  /** Resolves when the page listens. */
  private ready = Promise.withResolvers<undefined>();
  /** The folder that clips and pictures of the script are in, which the page may see beside its own files. */
  private root: string | undefined;

  constructor(
    viewType: string,
    extension: vscode.Uri,
    moves: ScriptMoves,
    tools: FilmTools & { readonly thumbnails: string },
    actions: FilmActions,
  ) {
    this.viewType = viewType;
    this.assets = vscode.Uri.joinPath(extension, 'dist', 'webview');
    const media = (name: string): vscode.Uri => vscode.Uri.joinPath(extension, 'media', name);
    this.icon = { light: media('progress-light.svg'), dark: media('progress-dark.svg') };
    this.tools = tools;
    this.actions = actions;
    this.feed = new FilmFeed(tools, this);
    this.thumbnails = tools.thumbnails;
    this.pictures = new FilmPictures(new Thumbnails(tools.thumbnails), this);
    let active = tools.scripts.active;
    this.subscriptions = [
      this.feed,
      tools.scripts.onDidChange(() => {
        if (tools.scripts.active === active) return;
        active = tools.scripts.active;
        if (active !== undefined && this.panel !== undefined) this.follow(active.uri);
      }),
      tools.runs.onDidChange(({ uri }) => {
        if (this.feed.shown === undefined && this.panel !== undefined) this.follow(uri);
      }),
      moves.onDidMove((move) => {
        const moved = this.feed.shown && movedUri(this.feed.shown, move);
        if (moved !== undefined) this.follow(moved);
      }),
    ];
  }

  /** Open the page, or bring it to the front, beside the script and without taking the focus. */
  show(uri: vscode.Uri | undefined, mode?: FilmMode): void {
    this.open(uri);
    if (mode === undefined) return;
    void this.ready.promise.then(() => {
      this.post({ type: 'mode', mode });
    });
  }

  private open(uri: vscode.Uri | undefined): void {
    const { active } = this.tools.scripts;
    this.follow(uri ?? active?.uri ?? this.tools.runs.current?.uri ?? this.feed.shown);
    if (this.panel !== undefined) {
      this.panel.reveal(undefined, true);
      return;
    }
    this.adopt(
      vscode.window.createWebviewPanel(
        this.viewType,
        t('Film'),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        this.options(),
      ),
    );
  }

  /** See {@link exportStoryboard}. The page is opened where small pictures are still to be drawn. */
  exportStoryboard(
    document: vscode.TextDocument,
    caller: Caller,
  ): Promise<{ readonly file: string }> {
    const { scripts, clips } = this.tools;
    return exportStoryboard({ thumbnailsOf: this.thumbnailsOf, scripts, clips }, document, caller);
  }

  private readonly thumbnailsOf: ExportTools['thumbnailsOf'] = async (
    uri,
    clips,
    onProgress,
    signal,
  ) => {
    const kept = await this.pictures.keptOf(clips);
    const missing = new Map([...clips].filter(([id]) => !kept.has(id)));
    if (missing.size === 0) return kept;
    this.show(uri);
    const ready = this.ready.promise;
    const drawn = await this.pictures.filesOf(missing, ready, onProgress, signal);
    return new Map([...kept, ...drawn]);
  };

  /** VS Code brings the page back after a reload of the window. */
  adoptRestored(panel: vscode.WebviewPanel, state: unknown): void {
    const { active } = this.tools.scripts;
    this.follow(active?.uri ?? this.tools.runs.current?.uri ?? uriOfState(state));
    panel.webview.options = this.options();
    this.adopt(panel);
  }

  get isVisible(): boolean {
    return this.panel?.visible === true;
  }

  post(message: ToPage): void {
    void this.panel?.webview.postMessage(message);
  }

  addressOf(file: string): string | undefined {
    const isSeen = [this.root, this.thumbnails].some(
      (folder) => folder !== undefined && isInside(folder, file),
    );
    if (!isSeen) return undefined;
    return this.panel?.webview.asWebviewUri(vscode.Uri.file(file)).toString();
  }

  private follow(uri: vscode.Uri | undefined): void {
    if (uri === undefined) return;
    this.feed.show(uri);
    const before = this.root;
    this.root = workspaceRoot(uri);
    // It would load again; most windows have one folder.
    if (this.root !== before && this.panel !== undefined) {
      this.ready = Promise.withResolvers();
      this.panel.webview.options = this.options();
    }
  }

  private options(): vscode.WebviewOptions {
    const folders = [this.thumbnails, ...(this.root === undefined ? [] : [this.root])];
    const localResourceRoots = [this.assets, ...folders.map((folder) => vscode.Uri.file(folder))];
    return { enableScripts: true, localResourceRoots };
  }

  private adopt(panel: vscode.WebviewPanel): void {
    this.panel?.dispose();
    this.panel = panel;
    this.ready = Promise.withResolvers();
    panel.iconPath = this.icon;
    panel.title = t('Film');
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const known = readFromPage(message);
      if (known !== undefined) this.receive(known);
    });
    let wasVisible = panel.visible;
    panel.onDidChangeViewState(() => {
      // Only which editor is in front may have changed.
      if (panel.visible !== wasVisible) this.feed.restart();
      wasVisible = panel.visible;
    });
    panel.onDidDispose(() => {
      if (this.panel === panel) this.panel = undefined;
    });
    panel.webview.html = this.html(panel.webview);
  }

  private receive(message: FromPage): void {
    const uri = this.feed.shown;
    if (message.type === 'ready') {
      this.ready.resolve(undefined);
      this.feed.restart();
      return;
    }
    if (message.type === 'account' || message.type === 'jobs') {
      this.actions[message.type]();
      return;
    }
    if (uri === undefined) return;
    switch (message.type) {
      case 'retry':
        this.actions.write(uri);
        return;
      case 'drawStills':
      case 'render':
      case 'assemble':
      case 'exportStoryboard':
        this.actions[message.type](uri);
        return;
      case 'job':
        this.actions.job(message.job, message.act);
        return;
      case 'move':
        // The page has gone ahead of the document, whatever became of it there, or is undone at once.
        void this.actions
          .move(uri, message.id, message.to)
          .catch(() => undefined)
          .then(() => {
            this.feed.restart();
          });
        return;
      case 'chooseTake':
        // The page has gone ahead of the document, whatever became of it there.
        void this.actions
          .chooseTake(uri, message.id, message.take)
          .catch(() => undefined)
          .then(() => {
            this.feed.tellAgain(message.id);
          });
        return;
      case 'chooseStill':
        this.run(this.chooseStill(message.id, message.still));
        return;
      case 'drawn':
        this.run(this.pictures.drawn(message.key, message.bytes));
        return;
      case 'watch':
        this.feed.watch(message.ids);
        return;
      case 'picture':
        this.run(this.picture(message));
        return;
      case 'look':
      case 'reveal':
      case 'goTo':
      case 'open':
      case 'renderScene':
      case 'drawStill':
      case 'redrawStill':
      case 'dropStill':
      case 'anotherTake':
        this.run(this.receiveOfCell(message.type, message.id));
        return;
      case 'pause':
      case 'resume':
      case 'tryNow':
      case 'cancel': {
        const { runs } = this.tools;
        // A click may cross the end of the run on its way; there is nothing left to do then.
        if (runs.get(uri)?.running === true) runs[message.type](uri);
        return;
      }
    }
  }

  private async receiveOfCell(type: CellMessage, id: string): Promise<void> {
    this.feed.look(id);
    const found = await this.feed.cell(id);
    if (found === undefined) return;
    const { document, cell } = found;
    switch (type) {
      case 'look':
        return;
      case 'reveal':
      case 'goTo':
        this.actions.reveal(found, this.panel?.viewColumn, type === 'goTo');
        return;
      case 'open':
        this.actions.open(found, this.panel?.viewColumn);
        return;
      case 'renderScene':
        if (cell.scene !== undefined) this.actions.render(document.uri, [cell.scene]);
        return;
      case 'anotherTake':
        if (cell.scene !== undefined) this.actions.anotherTake(document.uri, cell.scene);
        return;
      case 'drawStill':
        if (cell.scene !== undefined) this.actions.drawStills(document.uri, [cell.scene]);
        return;
      case 'redrawStill':
        if (cell.scene !== undefined) this.actions.redrawStill(document.uri, cell.scene);
        return;
      case 'dropStill':
        await this.actions.dropStill(document.uri, id);
        return;
    }
  }

  private async chooseStill(id: string, key: string): Promise<void> {
    const found = await this.feed.cell(id);
    const still = found && this.feed.stills(found).find(({ shown }) => shown.key === key);
    if (
      found === undefined ||
      still === undefined ||
      still.shown.chosen ||
      still.shown.coming === true
    )
      return;
    await this.actions.chooseStill(found.document.uri, id, still.picture);
  }

  private async picture({ id, take, still }: Pictured): Promise<void> {
    const found = await this.feed.cell(id);
    if (found === undefined) return;
    const { document, script, cell } = found;
    if (still !== undefined) {
      const meant = this.feed.stills(found).find(({ shown }) => shown.key === still);
      const file = meant && pictureFile(document.uri, meant.picture)?.file;
      if (file !== undefined) await this.pictures.ask({ id, still }, { still: file });
      return;
    }
    const clips = this.tools.clips.of(document);
    if (take === undefined) {
      const pictured = picturedCells(script, clips, fileIn(document.uri)).get(cell.key);
      if (pictured !== undefined) await this.pictures.ask({ id }, pictured);
      return;
    }
    const clip = clipOfCell(cell, clips);
    const of = clip?.takes.find((one) => one.take === take);
    if (of !== undefined) await this.pictures.ask({ id, take }, of);
  }

  /** A picture more or less is no reason to disturb anybody. */
  private run(act: Promise<void>): void {
    act.catch((error: unknown) => {
      this.actions.log(error);
    });
  }

  private html(webview: vscode.Webview): string {
    return pageDocument({
      cspSource: webview.cspSource,
      address: (file) => webview.asWebviewUri(vscode.Uri.joinPath(this.assets, file)).toString(),
      nonce: randomBytes(16).toString('base64url'),
      lang: messageLanguage(),
      locale: locale(),
      strings: translated(defaultStrings),
    });
  }

  dispose(): void {
    this.panel?.dispose();
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}
