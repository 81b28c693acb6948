import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { memoize } from '../../base/memoize.ts';
import { Throttle } from '../../base/throttle.ts';
import { replaceScene } from '../../script/edits/replace-scene.ts';
import { mayBeScript } from '../../script/parse/is-script.ts';
import { limits } from '../../script/limits.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { conflictError } from './merge-conflict-error.ts';

/**
 * The scripts that are open: parsed once per version of the text, with what the version before had in
 * common with it taken over, and which of them the writer is working on.
 */
export class OpenScripts implements vscode.Disposable {
  private readonly parsed = new WeakMap<
    vscode.TextDocument,
    { version: number; script: ParsedScript }
  >();
  private readonly subscriptions: vscode.Disposable[] = [];
  private readonly changed = new vscode.EventEmitter<void>();
  private current: vscode.TextDocument | undefined;
  private readonly telling = new Throttle(0, () => {
    this.changed.fire();
  });

  /** The active script is another one, or its text has changed and nobody types in it at this moment. */
  readonly onDidChange = this.changed.event;

  constructor() {
    this.subscriptions.push(
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor?.document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document === this.current) this.telling.onceTypingPauses();
        else if (document === vscode.window.activeTextEditor?.document) this.follow(document);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        if (document !== this.current) return;
        this.current = undefined;
        this.followVisible();
        this.changed.fire();
      }),
      vscode.window.onDidChangeVisibleTextEditors(() => {
        if (this.current === undefined) this.followVisible();
      }),
    );
    this.followVisible();
  }

  /**
   * The script in the active editor, or the last one that was: a look at a clip or at the film
   * page does not change what the writer is working on.
   */
  get active(): vscode.TextDocument | undefined {
    return this.current;
  }

  /**
   * What a document says of which it is known that it is a script.
   *
   * @throws ScenewrightError `bad-script` where it has become larger than what is read, or has conflicts
   * of a merge
   */
  parse(document: vscode.TextDocument): ParsedScript {
    const script = this.read(document);
    if (script.beyond !== undefined) throw beyondError(document, script.beyond.message);
    if (script.conflicts.length > 0) throw conflictError(document, script);
    return script;
  }

  /** The same of any Markdown document; nothing of one that is no script, which is not parsed. */
  look(document: vscode.TextDocument): ParsedScript | undefined {
    return mayBeScript(headOf(document)) ? this.read(document) : undefined;
  }

  /** The same as {@link parse}, to show it: nothing is in it while the document is beyond our limits. */
  read(document: vscode.TextDocument): ParsedScript {
    const known = this.parsed.get(document);
    if (known?.version === document.version) return known.script;
    const script = parseScript(document.getText(), known?.script);
    this.parsed.set(document, { version: document.version, script });
    return script;
  }

  /** Whether the text of a document has been read as it stands: then {@link read} costs nothing. */
  isRead(document: vscode.TextDocument): boolean {
    return this.parsed.get(document)?.version === document.version;
  }

  /** The text of a scene's section, heading included; `undefined` where there is no such scene. */
  sectionOf(document: vscode.TextDocument, id: SceneId): string | undefined {
    const node = this.read(document).scenes.find(({ scene }) => scene.id === id);
    return node && document.getText().slice(node.span.start, node.span.end);
  }

  /** Whether the document has this scene, word for word; its questions apart. What a merge leaves of it nobody knows. */
  readsAs(document: vscode.TextDocument, scene: Scene): boolean {
    const isThere = this.sectionOf(document, scene.id) !== undefined;
    if (!isThere || this.read(document).conflicts.length > 0) return false;
    // A question may have been answered meanwhile, which is to delete it.
    const told = { ...scene, questions: undefined };
    return replaceScene(this.parse(document), told).length === 0;
  }

  /** Only files count: an older version in a diff, or a proposed one, has the same text and no clips. */
  isScript(document: vscode.TextDocument): boolean {
    return (
      document.uri.scheme === 'file' &&
      document.languageId === 'markdown' &&
      this.look(document)?.isScript === true
    );
  }

  /** Open a script by its address, or say in words why that cannot be. */
  async open(uri: vscode.Uri | string): Promise<vscode.TextDocument> {
    const address = typeof uri === 'string' ? vscode.Uri.parse(uri, true) : uri;
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(address);
    } catch (cause) {
      throw new ScenewrightError(
        'bad-script',
        t('The script {0} cannot be opened. Was it moved or deleted?', address.fsPath),
        { cause },
      );
    }
    if (document.uri.scheme !== 'file') {
      throw new ScenewrightError(
        'bad-script',
        t(
          '{0} is not a file on disk. Save it into a folder first. Nothing was changed.',
          vscode.workspace.asRelativePath(address),
        ),
      );
    }
    const script = this.look(document);
    if (script?.beyond !== undefined) throw beyondError(document, script.beyond.message);
    if (script?.isScript !== true) {
      throw new ScenewrightError(
        'bad-script',
        t(
          '{0} is not a Scenewright script: its front matter has no “scenewright: 1”. Nothing was changed.',
          vscode.workspace.asRelativePath(address),
        ),
      );
    }
    return document;
  }

  /** The script that a command is about: the one it names, else the active one. */
  async of(argument: { readonly uri?: vscode.Uri | string }): Promise<vscode.TextDocument> {
    if (argument.uri !== undefined) return this.open(argument.uri);
    if (this.current !== undefined) return this.current;
    throw new ScenewrightError(
      'bad-script',
      t('Open a script first, or start one with “Scenewright: New Script…”.'),
      { next: 'new-script' },
    );
  }

  /** After a reload the focus may be on the film page, with the script beside it. */
  private followVisible(): void {
    const { activeTextEditor, visibleTextEditors } = vscode.window;
    for (const editor of [activeTextEditor, ...visibleTextEditors]) {
      if (this.current === undefined) this.follow(editor?.document);
    }
  }

  private follow(document: vscode.TextDocument | undefined): void {
    if (document === undefined || document === this.current || !this.isScript(document)) return;
    this.current = document;
    this.changed.fire();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.telling.dispose();
    this.changed.dispose();
  }
}

/**
 * The front matter of a document, as far as it may be one of a script; empty for other documents. Only
 * these lines are looked at: the whole text of a large document would have to be put together first.
 */
function headOf(document: vscode.TextDocument): string {
  const lines: string[] = [];
  let length = 0;
  for (let i = 0; i < document.lineCount && length <= limits.frontMatter; i++) {
    const { text } = document.lineAt(i);
    const isMark = /^---[ \t]*$/u.test(text);
    if (i === 0 && !isMark) return '';
    lines.push(text);
    length += text.length + 1;
    if (i > 0 && isMark) break;
  }
  return lines.join('\n');
}

function beyondError(document: vscode.TextDocument, message: string): ScenewrightError {
  const name = vscode.workspace.asRelativePath(document.uri);
  return new ScenewrightError('bad-script', `${name}: ${message}`);
}

/** The document of this address, if VS Code has it open. */
export function openDocument(uri: string | undefined): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);
}

/**
 * @param number the scene's number in the document, from 1
 * @throws ScenewrightError `bad-script` where the scene has no id that it could be found by again.
 */
export function requireId(script: ParsedScript, number: number): void {
  if (script.scenes[number - 1]?.id !== undefined) return;
  throw new ScenewrightError(
    'bad-script',
    t('Scene {0} has no id. Choose “Write Scenes” once: it puts in what is missing.', number),
    { next: 'write-scenes' },
  );
}

/**
 * @param number the scene's number in the document, from 1
 * @throws ScenewrightError `bad-script` where another scene has the same id: a clip or a new text
 * would go to either of them.
 */
export function refuseTwin(script: ParsedScript, number: number): void {
  const id = script.scenes[number - 1]?.id;
  const twin = placesOf(script)
    .get(id)
    ?.find((index) => index !== number - 1);
  if (id === undefined || twin === undefined) return;
  throw new ScenewrightError(
    'bad-script',
    t(
      'Scenes {0} and {1} have the same id: one of them is a copy. A quick fix in Problems gives it an id of its own. Nothing was changed.',
      Math.min(number, twin + 1),
      Math.max(number, twin + 1),
    ),
  );
}

/** Where the scenes of each id stand, by index. */
const placesOf = memoize(({ scenes }: ParsedScript) =>
  Map.groupBy(scenes.keys(), (index) => scenes[index]?.id),
);
