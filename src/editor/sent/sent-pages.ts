import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { parsedJson } from '../../base/parsed-json.ts';
import { Throttle } from '../../base/throttle.ts';
import type { Disposable } from '../../base/events.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { Hover } from '../ui/hover.ts';
import { isSentPage, sentScheme as scheme } from './sent-address.ts';
import { sentText, type SentText } from './sent-text.ts';
import { whatIsSent, type SentTools } from './what-is-sent.ts';

/** Milliseconds between two looks while somebody types. */
const lookEveryMs = 500;

/** What a page is of; anybody may have made its address. */
interface SentScene {
  /** Address of the script. */
  readonly script: string;
  /** Empty where the scene has none. */
  readonly id: SceneId;
  /** Its number when the page was opened, from 1. */
  readonly scene: number;
}

/** Pages that show what is sent of a scene: read-only documents that follow their script. */
export class SentPages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly tools: SentTools & { readonly scripts: OpenScripts };
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly links = new Map<string, SentText['links']>();
  private readonly looking = new Throttle(lookEveryMs, () => {
    for (const { uri } of pages()) this.changed.fire(uri);
  });
  private readonly subscriptions: readonly Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(tools: SentTools & { readonly scripts: OpenScripts }) {
    this.tools = tools;
    const soon = (): void => {
      if (pages().length > 0) this.looking.soon();
    };
    this.subscriptions = [
      this.changed,
      this.looking,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.languages.registerDocumentLinkProvider(
        { scheme },
        { provideDocumentLinks: (document) => this.linksOf(document) },
      ),
      vscode.languages.registerHoverProvider(
        { scheme },
        { provideHover: (document, position) => this.pictureAt(document, position) },
      ),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (pages().some(({ of }) => of.script === document.uri.toString())) {
          this.looking.onceTypingPauses();
        }
      }),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('scenewright')) soon();
      }),
      // Pictures and what a studio can do are looked at again by who comes back.
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor !== undefined && isSentPage(editor.document.uri)) soon();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.links.delete(uri.toString());
      }),
    ];
  }

  /** @param scene its number in the document, from 1 */
  async open({ uri }: vscode.TextDocument, scene: number, id: SceneId = ''): Promise<void> {
    const of: SentScene = { script: uri.toString(), id, scene };
    const page = vscode.Uri.from({
      scheme,
      path: `/${t('Scene {0} as it is sent', scene).replace(/[/\\]/gu, ' ')}.md`,
      query: JSON.stringify(of),
    });
    if (pages().some((open) => open.uri.toString() === page.toString())) this.changed.fire(page);
    await vscode.window.showTextDocument(page, {
      viewColumn: vscode.ViewColumn.Beside,
      preview: true,
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const of = sceneIn(uri);
    if (of === undefined) return '';
    try {
      const document = await this.tools.scripts.open(of.script);
      const { scenes } = this.tools.scripts.parse(document);
      const index = of.id === '' ? of.scene - 1 : scenes.findIndex(({ id }) => id === of.id);
      const title = scenes[index]?.scene.title ?? '';
      const order = await whatIsSent(this.tools, document, index + 1 || of.scene);
      const { text, links } = sentText(
        t('Scene {0}: {1}', index + 1 || of.scene, title),
        order,
        (file) => vscode.workspace.asRelativePath(file),
      );
      this.links.set(uri.toString(), links);
      return text;
    } catch (error) {
      this.links.delete(uri.toString());
      return `${messageOf(error)}\n`;
    }
  }

  private linksOf(document: vscode.TextDocument): vscode.DocumentLink[] {
    return this.shownLinks(document).map(({ range, file }) => {
      return new vscode.DocumentLink(range, vscode.Uri.file(file));
    });
  }

  private pictureAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): vscode.Hover | undefined {
    const link = this.shownLinks(document).find(({ range }) => range.contains(position));
    if (link === undefined) return undefined;
    const hover = new Hover();
    hover.picture(link.file);
    return new vscode.Hover(hover.text, link.range);
  }

  private shownLinks(
    document: vscode.TextDocument,
  ): { readonly range: vscode.Range; readonly file: string }[] {
    const links = this.links.get(document.uri.toString()) ?? [];
    return links.map(({ start, end, file }) => ({
      range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
      file,
    }));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

function pages(): { readonly uri: vscode.Uri; readonly of: SentScene }[] {
  return vscode.workspace.textDocuments.flatMap(({ uri }) => {
    const of = sceneIn(uri);
    return of === undefined ? [] : [{ uri, of }];
  });
}

function sceneIn(uri: vscode.Uri): SentScene | undefined {
  const value = isSentPage(uri) ? parsedJson(uri.query) : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const { script, id, scene } = value as Partial<Record<keyof SentScene, unknown>>;
  return typeof script === 'string' && typeof id === 'string' && Number.isInteger(scene)
    ? { script, id, scene: scene as number }
    : undefined;
}
