import type * as vscode from 'vscode';

// What VS Code's editor of rendered Markdown asks of extensions that contribute
// `markdown.codeBlockEditorProviders` of `apiVersion` 2; no published types have it yet.

/** What `activate()` returns for that editor, beside everything else. */
export interface CodeBlockEditors {
  readonly apiV2: {
    /** @param id of the manifest */
    getProvider(id: string): CodeBlockEditorProvider | undefined;
  };
}

export interface CodeBlockEditorProvider {
  /** What is shown in place of such a block; nothing for VS Code's own view of it. */
  resolve(block: {
    readonly documentUri: vscode.Uri;
  }): Promise<CodeBlockEditorDescriptor | undefined>;
  /** A frame has been made for such blocks. What is returned is disposed of with it. */
  createHostTransport(transport: HostTransport): vscode.Disposable;
}

export interface CodeBlockEditorDescriptor {
  readonly content: { readonly html: string };
  /** Frames are handed on between blocks with the same key; at most 256 characters. */
  readonly runtimeKey: string;
}

/** The line to one frame, which shows one block after the other. */
export interface HostTransport {
  /** The key of {@link CodeBlockEditorDescriptor} that the frame was made by. */
  readonly runtimeKey: string;
  readonly onDidReceiveMessage: vscode.Event<unknown>;
  /** Throws once the frame is gone. */
  sendMessage(message: unknown): void;
}
