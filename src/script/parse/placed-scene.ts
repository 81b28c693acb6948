import type { Block, Span } from '../markdown/block-types.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import type { Scene, SceneId } from '../script-model.ts';
import type { Section } from './layout.ts';
import type { SceneNode } from './parsed-script.ts';
import type { ReadScene, ScenePart } from './scene-section.ts';

/**
 * A scene where its section stands in one version of a document. Nearly all scenes are moved by each key
 * stroke, and hardly any of them is asked where its parts stand: that is worked out when it is.
 */
export class PlacedScene implements SceneNode {
  readonly section: Section;
  readonly read: ReadScene;

  constructor(section: Section, read: ReadScene) {
    this.section = section;
    this.read = read;
  }

  get id(): SceneId | undefined {
    return this.section.content.id?.value;
  }

  get idSpan(): Span | undefined {
    return this.placed(this.section.content.id?.span);
  }

  get take(): number | undefined {
    return this.section.content.id?.take?.number;
  }

  get takeSpan(): Span | undefined {
    return this.placed(this.section.content.id?.take?.span);
  }

  get number(): number | undefined {
    return this.read.number;
  }

  get span(): Span {
    const { start, end } = this.section;
    return { start, end };
  }

  get heading(): Span {
    return shiftedSpan(this.section.content.heading, this.section.at);
  }

  get scene(): Scene {
    return this.read.scene;
  }

  get written(): boolean {
    return this.read.written;
  }

  get lineSpan(): Span | undefined {
    return this.placed(this.read.lines[0]);
  }

  get dialogueSpans(): readonly Span[] {
    return this.read.quotes.map((quote: Block) => shiftedSpan(quote, this.section.at));
  }

  get promptSpan(): Span | undefined {
    return this.placed(this.read.prompts[0]);
  }

  get badSeconds(): boolean {
    return this.read.badSeconds;
  }

  get parts(): readonly ScenePart[] {
    return this.read.parts;
  }

  private placed(span: Span | undefined): Span | undefined {
    return span && shiftedSpan(span, this.section.at);
  }
}
