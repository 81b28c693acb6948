import { applyEdits } from '../../../src/script/edits/text-edit.ts';
import type { SceneId } from '../../../src/script/script-model.ts';
import { type BeatNode, parseScript, type Span } from '../../../src/script/parse/parse-script.ts';
import type { SceneNode } from '../../../src/script/parse/parsed-script.ts';
import { between, oneOf, ownWord, typedBy } from './durability-random.ts';

/**
 * A writer who edits the script at random places while it is being written, and an account, kept
 * apart from the product, of what they have typed and what they have changed.
 */
export class RestlessWriter {
  /** All of their letters that have to be in the script, in its order. */
  letters = '';
  /** How many beats they have added, less those that they have deleted. */
  beatsMore = 0;
  /** They have put something in another order. */
  hasMoved = false;
  /** Scenes that may be asked for again, because their beat or their text is not what it was. */
  readonly touched = new Set<SceneId>();
  private readonly random: () => number;
  private words = 0;

  constructor(random: () => number) {
    this.random = random;
  }

  /** @returns the text with one more edit of theirs */
  edit(text: string): string {
    const edited = oneOf(this.random, this.edits)(text) ?? text;
    this.letters = typedBy(edited);
    return edited;
  }

  private readonly edits: [Edit, ...Edit[]] = [
    (text) => this.typeInProse(text),
    (text) => this.typeInProse(text),
    (text) => this.typeNote(text),
    (text) => this.addBeat(text),
    (text) => this.deleteBeat(text),
    (text) => this.moveBeat(text),
    (text) => this.renameBeat(text),
    (text) => this.deleteScene(text),
    (text) => this.renameScene(text),
    (text) => this.moveScene(text),
    (text) => this.addEmptyScene(text),
    (text) => this.openWaitingScene(text),
    (text) => this.typeInWaitingScene(text),
  ];

  private word(): string {
    return ownWord(++this.words);
  }

  private typeInProse(text: string): string | undefined {
    const scene = this.pick(parseScript(text).scenes.filter(({ written }) => written));
    if (scene === undefined) return undefined;
    const prose = /(?<=\n\n)[A-Z][^\n]* [^\n]*/gu.exec(
      text.slice(scene.heading.end, scene.span.end),
    );
    if (prose === null) return undefined;
    const spaces = [...prose[0].matchAll(/ /gu)].map(({ index }) => index);
    const at = scene.heading.end + prose.index + (this.pick(spaces) ?? 0);
    return insert(text, at, ` ${this.word()}`);
  }

  private typeNote(text: string): string {
    const starts = [...text.matchAll(/^(?=## )/gmu)].map(({ index }) => index);
    const at = this.pick(starts) ?? text.length;
    return insert(text, at, `## Notes ${this.word()}\n\n${this.word()}\n\n`);
  }

  private addBeat(text: string): string | undefined {
    const beat = this.pick(parseScript(text).outline);
    if (beat === undefined) return undefined;
    this.beatsMore++;
    return insert(text, lineStart(text, beat), `1. **${this.word()}** · 8 s\n\n`);
  }

  private deleteBeat(text: string): string | undefined {
    const { outline } = parseScript(text);
    const beat = this.pick(outline);
    // An outline that is gone altogether is another story.
    if (beat === undefined || outline.length < 3) return undefined;
    this.beatsMore--;
    this.touched.add(beat.beat.id);
    return cut(text, wholeBeat(text, beat));
  }

  private moveBeat(text: string): string | undefined {
    const { outline } = parseScript(text);
    const beat = this.pick(outline);
    const target = this.pick(outline);
    if (beat === undefined || target === undefined || beat === target) return undefined;
    this.hasMoved = true;
    return move(text, wholeBeat(text, beat), lineStart(text, target));
  }

  private renameBeat(text: string): string | undefined {
    const beat = this.pick(parseScript(text).outline.filter(({ hasId }) => hasId));
    if (beat === undefined) return undefined;
    this.touched.add(beat.beat.id);
    const at = text.indexOf('**', beat.span.start) + 2;
    return insert(text, at, `${this.word()} `);
  }

  private deleteScene(text: string): string | undefined {
    const scene = this.pickScene(text);
    if (scene === undefined) return undefined;
    this.touch(scene);
    return cut(text, scene.span);
  }

  private renameScene(text: string): string | undefined {
    const scene = this.pickScene(text);
    const colon = scene && text.indexOf(': ', scene.heading.start);
    if (scene === undefined || colon === undefined || colon > scene.heading.end) return undefined;
    // Where nothing is written yet, the title says what to write.
    if (!scene.written) this.touch(scene);
    return insert(text, colon + 2, `${this.word()} `);
  }

  private moveScene(text: string): string | undefined {
    const { scenes } = parseScript(text);
    const scene = this.pick(scenes);
    const target = this.pick(scenes);
    if (scene === undefined || target === undefined || scene === target) return undefined;
    this.hasMoved = true;
    return move(text, scene.span, target.span.start);
  }

  /** A heading of their own, and nothing beneath it yet. */
  private addEmptyScene(text: string): string | undefined {
    const scene = this.pickScene(text);
    return scene && insert(text, scene.span.start, `## Scene: ${this.word()}\n\n`);
  }

  /** The section of a scene that is still to come. */
  private openWaitingScene(text: string): string | undefined {
    const { outline, scenes } = parseScript(text);
    const present = new Set(scenes.map(({ id }) => id));
    const beat = this.pick(outline.filter(({ hasId, beat: { id } }) => hasId && !present.has(id)));
    if (beat === undefined) return undefined;
    this.hasMoved = true;
    return `${text.trimEnd()}\n\n## Scene 99: ${this.word()}\n<!-- scene: ${beat.beat.id} -->\n`;
  }

  private typeInWaitingScene(text: string): string | undefined {
    const scene = this.pick(parseScript(text).scenes.filter(({ id, written }) => id && !written));
    if (scene === undefined) return undefined;
    this.touch(scene);
    const start = scene.idSpan?.end ?? scene.heading.end;
    return insert(text, start, `\n\n${this.word()} `);
  }

  private touch({ id }: SceneNode): void {
    if (id !== undefined) this.touched.add(id);
  }

  private pickScene(text: string): SceneNode | undefined {
    return this.pick(parseScript(text).scenes);
  }

  private pick<T>(values: readonly T[]): T | undefined {
    return values[between(this.random, 0, values.length - 1)];
  }
}

type Edit = (text: string) => string | undefined;

function insert(text: string, at: number, typed: string): string {
  return applyEdits(text, [{ start: at, end: at, text: typed }]);
}

function cut(text: string, { start, end }: Span): string {
  return applyEdits(text, [{ start, end, text: '' }]);
}

/** Cut and paste; nothing happens where the place is inside of what is moved. */
function move(text: string, span: Span, to: number): string {
  if (span.start <= to && to < span.end) return text;
  const moved = text.slice(span.start, span.end);
  const separated = moved.endsWith('\n') ? moved : `${moved}\n\n`;
  return applyEdits(text, [
    { ...span, text: '' },
    { start: to, end: to, text: separated },
  ]);
}

/** A beat as whole lines, with the empty ones behind it. */
function wholeBeat(text: string, beat: BeatNode): Span {
  const gap = /^\s*\n/u.exec(text.slice(beat.span.end))?.[0].length ?? 0;
  return { start: lineStart(text, beat), end: beat.span.end + gap };
}

function lineStart(text: string, { span }: BeatNode): number {
  return text.lastIndexOf('\n', span.start) + 1;
}
