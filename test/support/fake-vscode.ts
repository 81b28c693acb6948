import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * Stands in for the module `vscode` where a file of `src/editor/` is loaded in plain Node: import this
 * one first, and the file itself by `await import(…)`. It has what can be said without a window, and
 * nothing else.
 */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'vscode'
      ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

/** What the settings files hold, by key; a key that is absent has its default. */
const values = new Map<string, { workspace?: unknown; global?: unknown }>();
const events = new EventEmitter();

function eventOf(name: 'configuration' | DocumentEvent | FileEvent | 'focus' | 'selection') {
  return (listener: (told: unknown) => void): { dispose(): unknown } => {
    events.on(name, listener);
    return { dispose: () => events.off(name, listener) };
  };
}

interface ConfigurationChange {
  affectsConfiguration(section: string): boolean;
}

/** Set a setting, with its whole key, as a person does in a settings file. */
export function setInFile(key: string, scope: 'global' | 'workspace', value: unknown): void {
  values.set(key, { ...values.get(key), [scope]: value });
  const change: ConfigurationChange = { affectsConfiguration: (section) => section === key };
  events.emit('configuration', change);
}

/** What a settings file holds. */
export function inFile(key: string, scope: 'global' | 'workspace'): unknown {
  return values.get(key)?.[scope];
}

export function forgetSettings(): void {
  values.clear();
}

export const ConfigurationTarget = { Global: 1, Workspace: 2, WorkspaceFolder: 3 };

export const workspace = {
  isTrusted: true,
  getConfiguration: (section: string) => ({
    get: (key: string): unknown => {
      const { workspace: own, global } = values.get(`${section}.${key}`) ?? {};
      return own ?? global;
    },
    inspect: (key: string) => {
      const { workspace: own, global } = values.get(`${section}.${key}`) ?? {};
      return { workspaceValue: own, globalValue: global, workspaceFolderValue: undefined };
    },
    update: (key: string, value: unknown, target: number): Promise<void> => {
      const scope = target === ConfigurationTarget.Workspace ? 'workspace' : 'global';
      setInFile(`${section}.${key}`, scope, value);
      return Promise.resolve();
    },
  }),
  getWorkspaceFolder: () => undefined,
  /** What is open; a test puts it in. */
  textDocuments: [] as unknown[],
  /** A test that needs it says what is there. */
  openTextDocument: (): Promise<unknown> => Promise.reject(new Error('There is no such file.')),
  createFileSystemWatcher: () => ({
    onDidCreate: eventOf('fileCreated'),
    onDidChange: eventOf('fileChanged'),
    onDidDelete: eventOf('fileDeleted'),
    dispose: () => undefined,
  }),
  onDidChangeConfiguration: eventOf('configuration'),
  onDidOpenTextDocument: eventOf('open'),
  onDidSaveTextDocument: eventOf('save'),
  onDidChangeTextDocument: eventOf('change'),
  onDidCloseTextDocument: eventOf('close'),
};

type DocumentEvent = 'open' | 'save' | 'change' | 'close';

type FileEvent = 'fileCreated' | 'fileChanged' | 'fileDeleted';

/** What VS Code tells of files that it watches. */
export function tellOfFile(event: FileEvent): void {
  events.emit(event);
}

/** A person has come back to the window, or left it. */
export function tellOfFocus(focused: boolean): void {
  events.emit('focus', { focused });
}

/** What VS Code tells of a document. */
export function tellOfDocument(event: DocumentEvent, told: unknown): void {
  events.emit(event, told);
}

export const env = { language: 'en' };

export const l10n = {
  bundle: undefined as Readonly<Record<string, string>> | undefined,
  t: (text: string, ...args: unknown[]): string =>
    text.replace(/\{(\d+)\}/gu, (_, index: string) => String(args[Number(index)])),
};

/** The commands that are registered, by id. */
const registered = new Map<string, (...args: unknown[]) => Promise<unknown>>();

export const commands = {
  registerCommand: (id: string, run: (...args: unknown[]) => Promise<unknown>) => {
    registered.set(id, run);
    return { dispose: () => registered.delete(id) };
  },
  executeCommand: async (id: string, ...args: unknown[]): Promise<unknown> => {
    const run = registered.get(id);
    if (run === undefined) throw new Error(`command '${id}' not found`);
    return await run(...args);
  },
};

/** The notifications that a person has been shown. */
export const notifications: {
  readonly kind: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly buttons: readonly string[];
}[] = [];

/** The questions that a person was asked before anything else could be done. */
export const questions: {
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}[] = [];

let answer: string | undefined;

/** The button that the person clicks from now on; none where they leave. */
export function answerWith(button: string | undefined): void {
  answer = button;
}

/** The trees that have been made, by id, as a person sees them. */
export const trees = new Map<string, { visible: boolean; description?: string }>();

/** What has been put into Problems, one after the other, by the source that put it there. */
export const toldProblems: { readonly source: string; readonly messages: readonly string[] }[] = [];

/** What VS Code has of problems now. */
let present: readonly unknown[] = [];

export function tellDiagnostics(diagnostics: readonly unknown[]): void {
  present = diagnostics;
}

export const languages = {
  getDiagnostics: () => present,
  registerCodeLensProvider: () => ({ dispose: () => undefined }),
  registerCodeActionsProvider: () => ({ dispose: () => undefined }),
  createDiagnosticCollection: (source: string) => ({
    set: (_: unknown, diagnostics: readonly Diagnostic[]) => {
      toldProblems.push({ source, messages: diagnostics.map(({ message }) => message) });
    },
    delete: () => undefined,
    dispose: () => undefined,
  }),
};

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };

export class Diagnostic {
  readonly range: Range;
  readonly message: string;
  readonly severity: number;

  constructor(range: Range, message: string, severity: number) {
    this.range = range;
    this.message = message;
    this.severity = severity;
  }
}

/** What an extension remembers of a workspace. */
export class Memento {
  private readonly values = new Map<string, unknown>();

  get<T>(key: string, otherwise: T): T {
    return this.values.has(key) ? (structuredClone(this.values.get(key)) as T) : otherwise;
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Of one document, whose places are offsets. */
export class WorkspaceEdit {
  readonly replaced: Replaced[] = [];

  replace(_uri: unknown, { start, end }: Range, text: string): void {
    this.replaced.push({ start: Number(start), end: Number(end), text });
  }
}

/** What an edit puts where. */
export function replacements(edit: unknown): readonly Replaced[] {
  return edit instanceof WorkspaceEdit ? edit.replaced : [];
}

export const CodeActionKind = { QuickFix: 'quickfix' };

export class CodeAction {
  readonly title: string;

  constructor(title: string) {
    this.title = title;
  }
}

export const window = {
  visibleTextEditors: [] as unknown[],
  onDidChangeTextEditorSelection: eventOf('selection'),
  onDidChangeWindowState: eventOf('focus'),
  createTreeView: (id: string) => {
    const view = { visible: true, dispose: () => trees.delete(id) };
    trees.set(id, view);
    return view;
  },
  createOutputChannel: () => {
    const nothing = (): void => undefined;
    return { info: nothing, warn: nothing, error: nothing, show: nothing, dispose: nothing };
  },
  showWarningMessage: (
    message: string,
    first?: string | { readonly detail: string },
    ...others: string[]
  ): Promise<string | undefined> => {
    if (typeof first === 'object') {
      questions.push({ message, detail: first.detail, buttons: others });
    } else {
      const buttons = first === undefined ? others : [first, ...others];
      notifications.push({ kind: 'warning', message, buttons });
    }
    return Promise.resolve(answer);
  },
  showInformationMessage: (message: string, ...buttons: string[]): Promise<string | undefined> => {
    notifications.push({ kind: 'information', message, buttons });
    return Promise.resolve(answer);
  },
  showErrorMessage: (message: string, ...buttons: string[]): Promise<string | undefined> => {
    notifications.push({ kind: 'error', message, buttons });
    return Promise.resolve(answer);
  },
};

export class Disposable {
  static from(...parts: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  readonly dispose: () => void;

  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
}

export { Emitter as EventEmitter } from '../../src/base/events.ts';

export class Range {
  readonly start: unknown;
  readonly end: unknown;

  constructor(start: unknown, end: unknown) {
    this.start = start;
    this.end = end;
  }

  isEqual({ start, end }: Range): boolean {
    return this.start === start && this.end === end;
  }
}

export const TextEditorRevealType = { Default: 0, AtTop: 3 };

export class CodeLens {
  readonly range: Range;
  readonly command: unknown;

  constructor(range: Range, command?: unknown) {
    this.range = range;
    this.command = command;
  }
}

export class TreeItem {
  readonly label: string;

  constructor(label: string) {
    this.label = label;
  }
}

export class ThemeIcon {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
  }
}

export class ThemeColor extends ThemeIcon {}

/** Commands are called with argument objects here; what is written down as an address can be read. */
export class Uri {
  readonly scheme = 'file';

  static parse(address: string): { scheme: string; fsPath: string } {
    const { protocol } = new URL(address);
    return { scheme: protocol.slice(0, -1), fsPath: fileURLToPath(address) };
  }
}
