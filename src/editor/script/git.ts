import * as vscode from 'vscode';

/** What is used here of what VS Code's own Git extension offers others; no Git of ours is run. */
interface Git {
  readonly enabled: boolean;
  getAPI(version: 1): {
    readonly state: 'uninitialized' | 'initialized';
    readonly onDidChangeState: vscode.Event<'uninitialized' | 'initialized'>;
    getRepository(uri: vscode.Uri): Repository | null;
  };
}

/** A file that is another one than in a commit. */
interface Change {
  readonly uri: vscode.Uri;
  readonly originalUri: vscode.Uri;
}

export interface Repository {
  readonly state: { readonly mergeChanges: readonly { readonly uri: vscode.Uri }[] };
  /** The last commits first; rejects where there is none yet. */
  log(options: { readonly maxEntries: number; readonly path: string }): Promise<readonly Commit[]>;
  getBranches(query: {
    readonly remote: boolean;
    readonly sort: 'committerdate';
  }): Promise<readonly { readonly name?: string }[]>;
  getMergeBase(one: string, other: string): Promise<string | undefined>;
  /** The text of a file in a commit; rejects where it has none. */
  show(ref: string, path: string): Promise<string>;
  /** What of the working tree is otherwise than in a commit. */
  diffWith(ref: string): Promise<readonly Change[]>;
}

export interface Commit {
  readonly hash: string;
  readonly message: string;
  readonly authorDate?: Date;
}

const git = (): vscode.Extension<Git> | undefined => vscode.extensions.getExtension('vscode.git');

/** The repository of a file, as far as VS Code has found it by now. */
export function knownRepository(uri: vscode.Uri): Repository | undefined {
  const extension = git();
  if (extension?.isActive !== true || !extension.exports.enabled) return undefined;
  return extension.exports.getAPI(1).getRepository(uri) ?? undefined;
}

/** The same once VS Code has looked; none in a workspace that is not trusted, where nothing is looked for. */
export async function repositoryOf(uri: vscode.Uri): Promise<Repository | undefined> {
  const extension = vscode.workspace.isTrusted ? git() : undefined;
  if (extension === undefined) return undefined;
  const offered = extension.isActive ? extension.exports : await extension.activate();
  if (!offered.enabled) return undefined;
  const api = offered.getAPI(1);
  if (api.state !== 'initialized') {
    await new Promise<void>((resolve) => {
      const listening = api.onDidChangeState((state) => {
        if (state !== 'initialized') return;
        listening.dispose();
        resolve();
      });
    });
  }
  return api.getRepository(uri) ?? undefined;
}
