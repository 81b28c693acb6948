import { innerWords } from '../inner-text.ts';
import { shownWords } from '../markdown/shown-words.ts';
import { contractLabel } from '../parse/beat-contract.ts';
import type { WrittenName } from '../parse/label-table.ts';
import { isOutlineHeading } from '../parse/outline-items.ts';
import { type Colon, colons, leadOf } from '../parse/paragraph-lead.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { labelKind } from '../parse/part-labels.ts';
import { questionLabel } from '../parse/questions.ts';
import { plainSceneHeading } from '../parse/scene-heading.ts';

/** The words that a script has already, of each kind the most frequent first. */
export interface UsedWords {
  readonly labels: Readonly<Record<Exclude<WrittenName, 'scene'>, readonly string[]>>;
  /** Headings of scenes as far as the title, with `#` for the number. */
  readonly headings: readonly string[];
  /** Those behind labels. */
  readonly colons: readonly Colon[];
}

/** Those of a whole script. */
export function wordsInUse(script: ParsedScript): UsedWords {
  const count = new Counts();
  const { text, scenes, reading } = script;
  const { outline } = reading.layout;
  if (outline !== undefined) {
    const { heading } = outline.content;
    const words = innerWords(shownWords(heading));
    if (isOutlineHeading(heading)) count.add('outline', words);
    for (const line of linesOf(text.slice(outline.start, outline.end))) countPromise(count, line);
  }
  for (const node of scenes) {
    countHeading(count, node);
    countParts(count, text, node);
  }
  return count.used();
}

/** Those of one scene; none of what is also in its heading. */
export function wordsInScene(text: string, node: SceneNode): UsedWords {
  const count = new Counts();
  countParts(count, text, node);
  return count.used();
}

export function noWords(): UsedWords {
  return new Counts().used();
}

function countPromise(count: Counts, line: string): void {
  const bullet = /^[ \t>]*[-*+][ \t]+/.exec(line)?.[0];
  const promise = bullet === undefined ? undefined : contractLabel(line.slice(bullet.length));
  if (bullet === undefined || promise === undefined) return;
  count.add(promise.key, promise.word, line);
}

function countHeading(count: Counts, { section }: SceneNode): void {
  const { number = '', form = '' } = plainSceneHeading(section.content.heading.raw) ?? {};
  // Without a mark behind it, not everything could follow as a title.
  if (number !== '' && /[:：.·–—-]\s*$/.test(form)) count.addHeading(form.replace(number, '#'));
}

function countParts(count: Counts, text: string, { section, parts }: SceneNode): void {
  for (const { block, kinds } of parts) {
    const isHere = block.type === 'html' || kinds.includes('narration') || kinds.includes('sound');
    if (!isHere) continue;
    const source = text.slice(section.at + block.start, section.at + block.end);
    if (block.type === 'html') {
      count.add('question', questionLabel(source), source);
      continue;
    }
    for (const line of linesOf(source)) {
      const { name = '' } = leadOf(line.replace(/^(?:[ \t>]|[-*+][ \t]|#+[ \t])+/, '')) ?? {};
      const kind = labelKind(name);
      if (kind === 'narration' || kind === 'sound') count.add(kind, name, line);
    }
  }
}

function linesOf(source: string): string[] {
  return source.split(/\r\n|\n|\r/);
}

/** What reads back as it was read whatever stands behind it. */
const plainWord = /^\p{L}[\p{L}\p{M}\p{N} .'’-]{0,39}$/u;

const colon = new RegExp(`(\\s?)[*_~\`]*(\\s?)([${colons}])`, 'u');

class Counts {
  private readonly labels = new Map<WrittenName, Map<string, number>>();
  private readonly headings = new Map<string, number>();
  private readonly colons = new Map<Colon, number>();

  /** @param source where the label stands with its colon */
  add(name: WrittenName, word: string | undefined, source = ''): void {
    if (word === undefined || !plainWord.test(word)) return;
    const words = this.labels.get(name) ?? new Map<string, number>();
    this.labels.set(name, words);
    countOne(words, word);
    const [, before = '', after = '', mark = ''] = colon.exec(source) ?? [];
    if (mark === '') return;
    countOne(this.colons, mark !== ':' ? '：' : before + after === '' ? ':' : '\u00a0:');
  }

  addHeading(form: string): void {
    countOne(this.headings, form);
  }

  used(): UsedWords {
    const of = (name: WrittenName): readonly string[] =>
      sorted(this.labels.get(name) ?? new Map<string, number>());
    return {
      labels: {
        outline: of('outline'),
        narration: of('narration'),
        sound: of('sound'),
        entry: of('entry'),
        exit: of('exit'),
        handOff: of('handOff'),
        continues: of('continues'),
        yes: [],
        question: of('question'),
      },
      headings: sorted(this.headings),
      colons: sorted(this.colons),
    };
  }
}

function countOne<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sorted<Key>(counts: ReadonlyMap<Key, number>): Key[] {
  return [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
}
