import * as vscode from 'vscode';
import type { Disposable } from '../../base/events.ts';
import { memoizeLast } from '../../base/memoize.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import { cardHtml } from './card-html.ts';
import { cardMaker, type CardTools, type SceneCard } from './scene-card.ts';

/** How markdown-it draws a code block, as far as it matters here. */
type FenceRule = (
  tokens: readonly { readonly map: readonly [number, number] | null }[],
  index: number,
  options: unknown,
  env: unknown,
  renderer: unknown,
) => string;

/** A markdown-it, as far as it matters here. */
export interface MarkdownIt {
  readonly renderer: { readonly rules: { fence?: FenceRule | undefined } };
}

/** Puts into a markdown-it what an extension adds to VS Code's Markdown preview. */
export type ExtendMarkdownIt = <M extends MarkdownIt>(markdown: M) => M;

interface PreviewTools extends CardTools {
  readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
}

/** One drawing of a document. */
interface Drawing {
  readonly document: vscode.TextDocument;
  readonly numbers: ReadonlyMap<number, number>;
  readonly card: (number: number) => SceneCard | undefined;
}

/**
 * Scenes as cards in VS Code's Markdown preview: around the prompt of each, so that all that is there
 * without us stays as it is. The preview draws again with each change of the text, and is asked to where
 * cards say something else by jobs or the disk.
 */
export class PreviewCards implements vscode.Disposable {
  private readonly tools: PreviewTools;
  /** By script, what the cards of its last drawing said. */
  private readonly drawn = new Map<vscode.TextDocument, Map<number, string>>();
  /** markdown-it hands the same object to every rule while it draws a document. */
  private readonly drawings = new WeakMap<object, Drawing | undefined>();
  private readonly subscriptions: readonly Disposable[];

  constructor(tools: PreviewTools) {
    this.tools = tools;
    this.subscriptions = [
      tools.clips.onDidChange(() => {
        if (![...this.drawn.keys()].some((document) => this.isOutdated(document))) return;
        this.drawn.clear();
        void vscode.commands.executeCommand('markdown.preview.refresh');
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.drawn.delete(document);
      }),
    ];
  }

  readonly extend: ExtendMarkdownIt = (markdown) => {
    const { rules } = markdown.renderer;
    const { fence } = rules;
    if (fence === undefined) return markdown;
    rules.fence = (tokens, index, options, env, renderer) => {
      const block = fence(tokens, index, options, env, renderer);
      const line = tokens[index]?.map?.[0];
      const drawing = line === undefined ? undefined : this.drawingOf(env);
      const number = line === undefined ? undefined : drawing?.numbers.get(line);
      if (drawing === undefined || number === undefined) return block;
      const card = drawing.card(number);
      if (card === undefined) return block;
      this.drawn.get(drawing.document)?.set(number, gistOf(card));
      return cardHtml(card, drawing.document.uri.fsPath, block);
    };
    return markdown;
  };

  private drawingOf(env: unknown): Drawing | undefined {
    if (typeof env !== 'object' || env === null) return undefined;
    if (this.drawings.has(env)) return this.drawings.get(env);
    const drawing = this.begin(env);
    this.drawings.set(env, drawing);
    return drawing;
  }

  private begin(env: object): Drawing | undefined {
    const uri = 'currentDocument' in env ? env.currentDocument : undefined;
    const document = uri instanceof vscode.Uri ? openDocument(uri.toString()) : undefined;
    const { scripts } = this.tools;
    if (document === undefined || !scripts.isScript(document)) return undefined;
    this.drawn.set(document, new Map());
    const numbers = promptLines(scripts.read(document), document);
    return { document, numbers, card: cardMaker(this.tools, document) };
  }

  /**
   * Whether cards would say something else now. To draw them stops what plays in the preview, so it
   * waits until no job of theirs is under way.
   */
  private isOutdated(document: vscode.TextDocument): boolean {
    const card = cardMaker(this.tools, document);
    let isOther = false;
    for (const [number, before] of this.drawn.get(document) ?? []) {
      const now = card(number);
      if (now?.state === 'running') return false;
      isOther ||= now !== undefined && gistOf(now) !== before;
    }
    return isOther;
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** What a card says apart from the script's own words, whose change is drawn without us. */
function gistOf({ state, clip, picture, takes, price, priceToCome }: SceneCard): string {
  return JSON.stringify([state, clip, picture, takes, price, priceToCome]);
}

/** The numbers of scenes, from 1, by the line that their prompt begins in, from 0. */
const promptLines = memoizeLast(
  ({ scenes }: ParsedScript, document: vscode.TextDocument): ReadonlyMap<number, number> =>
    new Map(
      scenes.flatMap(({ promptSpan }, index) =>
        promptSpan === undefined ? [] : [[document.positionAt(promptSpan.start).line, index + 1]],
      ),
    ),
);
