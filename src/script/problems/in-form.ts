import { normaliseScene } from '../normalise-scene.ts';
import { ownMarks } from '../markdown/own-marks.ts';
import type { SpeakerNames } from '../parse/dialogue.ts';
import { readParagraph, type Told, type Waiting } from '../parse/told-paragraph.ts';
import { renderPart } from '../render/render-scene.ts';
import type { ScriptWords } from '../render/script-words.ts';
import type { FoundForm } from './unread-forms.ts';
import type { Bible, Scene } from '../script-model.ts';

export type TellsKind = 'action' | 'dialogue' | 'narration' | 'sound' | 'prompt';

/**
 * Paragraphs in the script's form, with the kind of what they tell that matters most; nothing where they
 * tell nothing, or only a few words that may be anything.
 */
export function inForm(
  { paragraphs, marks = [], leastWords = 1 }: Omit<FoundForm, 'until'>,
  names: SpeakerNames,
  bible: Bible,
  labels: () => ScriptWords,
): { tells: TellsKind; text: () => string } | undefined {
  const told: Told[] = [];
  let waiting: Waiting | undefined;
  for (const paragraph of paragraphs) {
    for (const one of readParagraph(paragraph, names, waiting)) {
      if (told.at(-1) === waiting && waiting !== undefined) told.pop();
      told.push(one);
      waiting = one.kind === 'waiting' ? one : undefined;
    }
  }
  const parts = merged(told);
  const kinds = new Set(told.map((one) => (one.kind === 'waiting' ? one.about : one.kind)));
  const tells = order.find((kind) => kinds.has(kind));
  if (tells === undefined) return undefined;
  const words = paragraphs.join(' ').split(/\s+/).length;
  if (tells === 'action' && words < leastWords) return undefined;
  return {
    tells,
    text: () => {
      const texts = parts.map((one) => rendered(one, bible, labels())).filter(isText);
      // What shows no word, such as a comment, comes behind what does.
      const own = [...marks, ...paragraphs.flatMap(ownMarks)];
      return [...texts, ...own.filter((mark) => !texts.some((text) => text.includes(mark)))].join(
        '\n\n',
      );
    },
  };
}

/** Neighbours that tell the same are one. */
function merged(told: readonly Told[]): Told[] {
  const parts: Told[] = [];
  for (const one of told) {
    const last = parts.at(-1);
    if (last?.kind === 'dialogue' && one.kind === 'dialogue') {
      parts[parts.length - 1] = { kind: 'dialogue', lines: [...last.lines, ...one.lines] };
    } else if (last && 'text' in last && 'text' in one && last.kind === one.kind) {
      const gap = one.kind === 'action' || one.kind === 'prompt' ? '\n\n' : '\n';
      parts[parts.length - 1] = { kind: one.kind, text: `${last.text}${gap}${one.text}` };
    } else parts.push(one);
  }
  return parts;
}

const order: readonly TellsKind[] = ['prompt', 'dialogue', 'narration', 'sound', 'action'];

function isText(text: string): boolean {
  return text !== '';
}

const nothing: Scene = {
  ...{ id: '', title: '', seconds: 8, place: '', time: '', cast: [] },
  ...{ action: '', dialogue: [], narration: '', sound: '', prompt: '' },
};

function rendered(told: Told, bible: Bible, labels: ScriptWords): string {
  if (told.kind === 'own' || told.kind === 'waiting') return told.source;
  const value = told.kind === 'dialogue' ? { dialogue: told.lines } : { [told.kind]: told.text };
  return renderPart(told.kind, normaliseScene({ ...nothing, ...value }, bible), bible, labels);
}
