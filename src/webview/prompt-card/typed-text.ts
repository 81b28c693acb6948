/** Texts of one prompt, with line feeds alone. */
export interface TypedTextOptions {
  /** Ask for the document to have this in place of what it had. One request at a time. */
  readonly send: (before: string, text: string) => void;
  /** Another text than the person sees is to be shown. */
  readonly show: (text: string) => void;
}

/**
 * What a person types into a prompt, on its way into the document. The extension puts it there, one change
 * after the other; meanwhile the person types on. The editor around the card tells each change of the
 * document again, late and sometimes several at once: what the person has typed is not put back by that.
 */
export class TypedText {
  private readonly options: TypedTextOptions;
  private text = '';
  /** What the document has. */
  private base = '';
  /** What the editor says that it has, a while after it has; it may be of somebody else's making. */
  private told = '';
  private isForeign = false;
  private sent: string | undefined;
  /** Own texts that the editor has not told yet, the oldest first. */
  private echoes: string[] = [];
  private waiting: (() => void)[] = [];

  constructor(options: TypedTextOptions) {
    this.options = options;
  }

  type(text: string): void {
    this.text = text;
    this.next();
  }

  /** The answer to what was sent: whether the document has it. */
  answered(text: string, isTaken: boolean): void {
    if (text !== this.sent) return;
    this.sent = undefined;
    if (!isTaken) {
      this.restart(this.told);
      return;
    }
    this.base = text;
    this.next();
    if (this.isOnItsWay) return;
    if (this.isForeign) this.restart(this.told);
    else this.goOn();
  }

  /** Once the document has all that was typed, or has refused it. */
  whenSettled(act: () => void): void {
    this.waiting.push(act);
    if (!this.isOnItsWay) this.goOn();
  }

  /** Whether the person has typed this and the editor does not tell it yet. */
  isOwn(text: string): boolean {
    return this.echoes.includes(text);
  }

  /** The editor says what the document has. */
  tell(text: string): void {
    this.told = text;
    const echo = this.echoes.lastIndexOf(text);
    this.isForeign = echo === -1 && text !== this.base;
    this.echoes.splice(0, echo + 1);
    if (this.isForeign && !this.isOnItsWay) this.restart(text);
  }

  /** The document's own history is asked for something: what is told from now on was not typed. */
  expectOthers(): void {
    this.echoes = [];
  }

  /** Another prompt is shown from now on. */
  restart(text: string): void {
    this.sent = undefined;
    this.echoes = [];
    this.isForeign = false;
    this.base = text;
    this.told = text;
    this.text = text;
    this.options.show(text);
    this.goOn();
  }

  private goOn(): void {
    for (const act of this.waiting.splice(0)) act();
  }

  private get isOnItsWay(): boolean {
    return this.sent !== undefined;
  }

  private next(): void {
    if (this.isOnItsWay || this.text === this.base) return;
    this.sent = this.text;
    this.echoes.push(this.text);
    this.options.send(this.base, this.text);
  }
}
