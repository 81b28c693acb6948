import { movedFile } from '../../base/real-file.ts';

/** What is asked of a document here. */
export interface SavedDocument {
  readonly uri: { readonly fsPath: string };
  readonly isDirty: boolean;
}

/** What counts as being in a document, for one kind of thing. */
export interface UntilSavedRule<T, D> {
  /**
   * Whether a document that is on disk now has it: it may have been undone, or thrown away with the
   * unsaved changes.
   */
  isIn(document: D, item: T): boolean;
  /** A document on disk has it, so that nothing else has to keep it. */
  release(document: D, item: T): Promise<void>;
  /** The text of the document is another one, or the document was closed. */
  changed?(document: D, item: T): void;
}

/**
 * Keeps what was paid for until the document that it went into is on disk: text in an editor with
 * unsaved changes is not safe yet.
 */
export class UntilSaved<T, D extends SavedDocument> {
  private readonly rule: UntilSavedRule<T, D>;
  /** By path of the script, and by name. */
  private waiting = new Map<string, Map<string, T>>();

  constructor(rule: UntilSavedRule<T, D>) {
    this.rule = rule;
  }

  /**
   * Something is in the document now.
   *
   * @returns whether it has to be kept until that is saved; if not, it is on disk with it
   */
  add({ uri, isDirty }: D, name: string, item: T): boolean {
    if (isDirty) this.put(uri.fsPath, name, item);
    else this.waiting.get(uri.fsPath)?.delete(name);
    return isDirty;
  }

  /** It is not for the next save to say any more what becomes of this. */
  forget(script: string, name: string): void {
    this.waiting.get(script)?.delete(name);
  }

  get(script: string, name: string): T | undefined {
    return this.waiting.get(script)?.get(name);
  }

  /** A document is on disk: what it has is released. */
  async saved(document: D): Promise<void> {
    const script = document.uri.fsPath;
    const items = this.waiting.get(script);
    if (items === undefined) return;
    const there = [...items].filter(([, item]) => this.rule.isIn(document, item));
    for (const [name] of there) items.delete(name);
    if (items.size === 0) this.waiting.delete(script);
    await Promise.all(there.map(([, item]) => this.rule.release(document, item)));
  }

  changed(document: D): void {
    for (const item of this.waiting.get(document.uri.fsPath)?.values() ?? []) {
      this.rule.changed?.(document, item);
    }
  }

  /** A file or folder was renamed; what is known of the scripts there goes along. */
  moved(from: string, to: string): void {
    const before = this.waiting;
    this.waiting = new Map();
    for (const [script, items] of before) {
      const file = movedFile(script, from, to) ?? script;
      for (const [name, item] of items) this.put(file, name, item);
    }
  }

  private put(script: string, name: string, item: T): void {
    const items = this.waiting.get(script) ?? new Map<string, T>();
    this.waiting.set(script, items.set(name, item));
  }
}
