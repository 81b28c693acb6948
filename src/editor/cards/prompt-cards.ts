import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import type { Disposable, Event } from '../../base/events.ts';
import { Throttle } from '../../base/throttle.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import type { TextEdit } from '../../script/edits/text-edit.ts';
import { workspaceEdit } from '../script/document-edits.ts';
import { openDocument, type OpenScripts } from '../script/open-scripts.ts';
import type { Messages } from '../ui/messages.ts';
import type {
  CodeBlockEditorDescriptor,
  CodeBlockEditorProvider,
  CodeBlockEditors,
  HostTransport,
} from './code-block-editors.ts';
import type { PromptCard } from './prompt-card.ts';
import type { CardTools } from './scene-card.ts';

/** Milliseconds between two looks at what cards have to say. */
const lookEveryMs = 150;

export interface PromptCardTools extends CardTools {
  readonly scripts: Pick<OpenScripts, 'isScript' | 'read'>;
  readonly clips: Pick<ScriptClips, 'of' | 'onDidChange'>;
  readonly onDidChangeJobs: Event<unknown>;
  readonly messages: Messages;
  /** The HTML of a card. */
  readonly html: () => Promise<string>;
}

/** Prompts of scripts as cards that can be written in, where VS Code shows Markdown rendered. */
export class PromptCards implements CodeBlockEditorProvider, vscode.Disposable {
  private readonly tools: PromptCardTools;
  /** Addresses of scripts by the keys of their frames. */
  private readonly scripts = new Map<string, string>();
  private readonly cards = new Set<PromptCard>();
  /** Loaded with the first card, which VS Code asks for before it makes a frame. */
  private makeCard: ((...args: ConstructorParameters<typeof PromptCard>) => PromptCard) | undefined;
  private readonly looking = new Throttle(lookEveryMs, () => {
    for (const card of this.cards) card.look();
  });
  private readonly subscriptions: readonly Disposable[];

  /** For VS Code. */
  readonly editors: CodeBlockEditors = {
    apiV2: { getProvider: (id) => (id === 'prompt' ? this : undefined) },
  };

  constructor(tools: PromptCardTools) {
    this.tools = tools;
    const soon = (): void => {
      if (this.cards.size > 0) this.looking.soon();
    };
    this.subscriptions = [
      this.looking,
      tools.clips.onDidChange(soon),
      tools.onDidChangeJobs(soon),
      vscode.workspace.onDidChangeTextDocument(() => {
        if (this.cards.size > 0) this.looking.onceTypingPauses();
      }),
    ];
  }

  async resolve({
    documentUri,
  }: {
    readonly documentUri: vscode.Uri;
  }): Promise<CodeBlockEditorDescriptor | undefined> {
    const address = documentUri.toString();
    const document = openDocument(address);
    if (document === undefined || !vscode.workspace.isTrusted) return undefined;
    if (!this.tools.scripts.isScript(document)) return undefined;
    const runtimeKey = createHash('sha256').update(address).digest('hex');
    this.scripts.set(runtimeKey, address);
    const [{ PromptCard: Card }, html] = await Promise.all([
      import('./prompt-card.ts'),
      this.tools.html(),
    ]);
    this.makeCard = (...args) => new Card(...args);
    return { content: { html }, runtimeKey };
  }

  createHostTransport(transport: HostTransport): vscode.Disposable {
    const address = this.scripts.get(transport.runtimeKey);
    const card = this.makeCard?.(this.tools, () => openDocument(address), {
      post: (message) => {
        transport.sendMessage(message);
      },
      run: ({ command, argument }) => {
        this.run(command, chosenByHand(argument));
      },
      save: (document) => {
        this.tell(document.save());
      },
      history: (command) => {
        this.run(command);
      },
      edit: edited,
      log: (error) => {
        this.tools.messages.logError(error);
      },
    });
    if (card === undefined) return new vscode.Disposable(() => undefined);
    this.cards.add(card);
    const listening = transport.onDidReceiveMessage((message) => {
      card.receive(message);
    });
    return new vscode.Disposable(() => {
      listening.dispose();
      card.dispose();
      this.cards.delete(card);
    });
  }

  private run(command: string, ...args: readonly object[]): void {
    this.tell(vscode.commands.executeCommand(command, ...args));
  }

  private tell(act: PromiseLike<unknown>): void {
    act.then(undefined, (error: unknown) => {
      this.tools.messages.error(error);
    });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

/** How often an edit is computed anew when the document changes under it. */
const attempts = 5;

async function edited(
  document: vscode.TextDocument,
  compute: () => readonly TextEdit[] | undefined,
): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const edits = compute();
    if (edits === undefined) return false;
    if (edits.length === 0) return true;
    if (await vscode.workspace.applyEdit(workspaceEdit(document, edits))) return true;
  }
  return false;
}
