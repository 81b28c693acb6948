import { t } from '../../base/l10n.ts';
import type { Span } from '../markdown/block-types.ts';
import { formatDuration } from '../durations/duration-text.ts';
import { readSeconds, splitFields } from '../parse/scene-fields.ts';
import type { SectionContent } from '../parse/layout.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import type { ReadScene } from '../parse/scene-section.ts';
import { limits } from '../limits.ts';
import { memoize, memoizeLast } from '../../base/memoize.ts';
import type { Piece } from '../markdown/read-piece.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { readQuestions } from '../parse/questions.ts';
import { type KnownNames, named, nameKey, sameName, spelledOut } from '../names.ts';
import type { Scene } from '../script-model.ts';
import { type BibleList, problem, type Problem } from './script-problem.ts';
import { within } from './find-problems.ts';
import { formsAmong, formWords, mayHaveForms } from './unread-forms.ts';
import { mayNearlyMiss, nearMisses } from './near-misses.ts';
import { areKnown, isOffScreen, isVoice } from './known-speakers.ts';
import { unknownMentions } from '../unknown-mentions.ts';
import { scenesById } from '../story-order.ts';
import { untied } from './untied-words.ts';
import { speechOverrun } from '../durations/speech-length.ts';

/**
 * What an attentive reader would remark on a script that can be read without fault: words that do not
 * fit, speakers who do not belong, breaks of continuity. In the order of the document.
 */
export function reviewScript(script: ParsedScript): Problem[] {
  if (!script.isScript || script.conflicts.length > 0) return [];
  return firstOf(limits.problems, remarks(script)).sort((a, b) => a.span.start - b.span.start);
}

function* remarks(script: ParsedScript): Generator<Problem> {
  yield* untied(script);
  yield* missingLooks(script);
  yield* missedLength(script);
  yield* placeJumps(script);
  yield* toDos(script);
  const { reading, brief } = script;
  const suspects = script.scenes.flatMap((node, i): (readonly [number, SceneNode])[] => {
    const { section, read } = node;
    return isSuspect(read, section.content, reading.names, brief.language) ? [[i, node]] : [];
  });
  const nodes = suspects.map(([, node]) => node);
  yield* nearMisses(script, nodes);
  yield* untoldForms(script, nodes);
  for (const [i, node] of suspects) {
    yield* missingPrompt(node, i);
    yield* longSpeech(script, node, i);
    yield* strangeMentions(script, node);
    yield* firstOf(maxStrangers, strangeSpeakers(script, node, i));
  }
}

/**
 * Whether anything may be remarked on a scene, by what it says alone. Of most there is nothing: what does
 * not change is found out once, and no key stroke in another scene looks at it again.
 */
const isSuspect = memoizeLast(
  (read: ReadScene, content: SectionContent, names: KnownNames, language: string): boolean =>
    mayNearlyMiss(read, content, names, language) ||
    lacksPrompt(read) ||
    mayHaveForms(read, content, names) ||
    overrunOf(read.scene, language) !== undefined ||
    read.scene.prompt.includes('@') ||
    strangersOf(read.scene, names.characters).length > 0,
);

/** Whether a scene says something and nothing of what is to be drawn; code in it may be meant as that, and is told of. */
function lacksPrompt({ scene, written, parts }: ReadScene): boolean {
  return written && scene.prompt === '' && parts.every(({ block }) => block.type !== 'code');
}

function* missingPrompt({ read, heading, number, id }: SceneNode, i: number): Generator<Problem> {
  if (!lacksPrompt(read)) return;
  const message = t(
    'Scene {0} has no prompt: of its clip only the place, the people and the style would be told.',
    number ?? i + 1,
  );
  yield problem('prompt-missing', 'information', heading, message, {
    ...(id === undefined ? {} : { id }),
    hasAction: read.scene.action !== '',
  });
}

/** So many are told of a scene; each is looked for in all of its dialogue. */
const maxStrangers = 20;

function firstOf(most: number, problems: Iterable<Problem>): Problem[] {
  const found: Problem[] = [];
  for (const one of problems) {
    found.push(one);
    if (found.length === most) break;
  }
  return found;
}

/** What is left to the writer, wherever it stands. */
function* toDos({ reading }: ParsedScript): Generator<Problem> {
  for (const { at, piece } of reading.layout.pieces) {
    for (const { text, span } of questionsIn(piece)) {
      const message = text === '' ? t('This is still to be done.') : t('To do: {0}', text);
      yield problem('to-do', 'information', shiftedSpan(span, at), message);
    }
  }
}

const questionsIn = memoize(({ blocks }: Piece) => readQuestions(blocks));

/** What is told in a form that is not read. */
function* untoldForms(script: ParsedScript, nodes: readonly SceneNode[]): Generator<Problem> {
  for (const { start, end, tells } of formsAmong(script, nodes)) {
    const span = { start, end };
    const severity = tells === 'action' ? 'information' : 'warning';
    yield problem('unread-form', severity, span, formWords(tells), { block: span });
  }
}

function* missingLooks(script: ParsedScript): Generator<Problem> {
  const { text, bible, reading } = script;
  const content = reading.layout.frontMatter?.content;
  if (content === undefined) return;
  for (const list of ['characters', 'places'] as const) {
    const bare = bible[list].filter(({ look }) => look === '');
    if (bare.length === 0) continue;
    const at = text.slice(content.start, content.end).search(new RegExp(`^${list}:`, 'm'));
    const from = { start: content.start + Math.max(0, at), end: content.end };
    const shown = shownIn(script, list);
    for (const { name } of bare) {
      if (!shown.has(nameKey(name))) continue;
      const message = t(
        '“{0}” is shown and has no look, so each clip may draw it in another way. Describe what never changes.',
        name,
      );
      yield problem('look-missing', 'information', within(text, from, name), message, {
        name,
        list,
      });
    }
  }
}

/** Keys of the names that beats and scenes show. */
function shownIn({ outline, scenes }: ParsedScript, list: BibleList): ReadonlySet<string> {
  const all = [...outline.map(({ beat }) => beat), ...scenes.map(({ scene }) => scene)];
  return new Set(
    all.flatMap(({ cast, place }) => (list === 'places' ? [place] : cast)).map(nameKey),
  );
}

function* missedLength({ outline, scenes, brief }: ParsedScript): Generator<Problem> {
  const [first] = outline;
  if (first === undefined) return;
  const told = scenesById(scenes);
  const lengths = outline.map(({ beat }) => told.get(beat.id)?.scene.seconds ?? beat.seconds);
  const total = lengths.reduce((sum, seconds) => sum + seconds, 0);
  // Less than half a scene may be what the lengths of a studio's clips cannot make up.
  if (Math.abs(total - brief.duration) < lengths.reduce((a, b) => Math.min(a, b)) / 2) return;
  const message = t(
    'The scenes add up to {0}, and the video is to last {1}. Change the lengths of scenes, or the duration in the front matter.',
    formatDuration(total),
    formatDuration(brief.duration),
  );
  yield problem('length-missed', 'information', first.head, message, {
    lengths: { seconds: lengths, wanted: brief.duration },
  });
}

function* placeJumps({ text, outline }: ParsedScript): Generator<Problem> {
  for (const [i, { beat, head }] of outline.entries()) {
    const before = outline[i - 1]?.beat;
    if (before === undefined || !beat.contract.continues) continue;
    if (before.place === '' || beat.place === '' || sameName(before.place, beat.place)) continue;
    const message = t(
      'Beat {0} of the outline goes on without a cut from beat {1}, but that one is set in “{2}” and this one in “{3}”.',
      i + 1,
      i,
      before.place,
      beat.place,
    );
    const about = { id: beat.id };
    yield problem('place-jump', 'warning', within(text, head, beat.place), message, about);
  }
}

function* longSpeech(
  { text, brief }: ParsedScript,
  node: SceneNode,
  index: number,
): Generator<Problem> {
  const takes = overrunOf(node.scene, brief.language);
  if (takes === undefined) return;
  const { seconds } = node.scene;
  const message = t(
    'The words of scene {0} take about {1} s to speak, and the scene lasts {2} s. Cut some, or make the scene longer.',
    node.number ?? index + 1,
    Math.round(takes),
    seconds,
  );
  const about = { takes, ...(node.id === undefined ? {} : { id: node.id }) };
  yield problem('speech-too-long', 'warning', secondsSpan(text, node), message, about);
}

const overrunOf = memoizeLast(speechOverrun);

/** Where a scene says how long it is; its heading where it does not. */
function secondsSpan(text: string, { lineSpan, heading }: SceneNode): Span {
  if (lineSpan === undefined) return heading;
  const line = text.slice(lineSpan.start, lineSpan.end).replace(/[*_]$/, '');
  const last = splitFields(line).at(-1) ?? '';
  return readSeconds(last) === undefined ? lineSpan : within(text, lineSpan, last);
}

function* strangeSpeakers(
  { text, reading }: ParsedScript,
  { id, number, scene, dialogueSpans }: SceneNode,
  index: number,
): Generator<Problem> {
  const what = (): string => t('scene {0}', number ?? index + 1);
  for (const { speaker, isKnown } of strangersOf(scene, reading.names.characters)) {
    const at = speakerSpan(text, dialogueSpans, speaker);
    const about = { name: speaker, ...(id === undefined ? {} : { id }) };
    if (isKnown) {
      const message = t(
        '“{0}” speaks in {1}, but is not among those whom it shows. That is right for a voice from outside the picture.',
        speaker,
        what(),
      );
      yield problem('speaker-not-in-cast', 'information', at, message, about);
    } else {
      const message = t(
        '“{0}” speaks in {1}, but is not among the characters of the front matter.',
        speaker,
        what(),
      );
      const unknown = { ...about, name: spelledOut(speaker) };
      yield problem('unknown-speaker', 'warning', at, message, unknown);
    }
  }
}

function* strangeMentions(
  { text, reading }: ParsedScript,
  { scene, promptSpan }: SceneNode,
): Generator<Problem> {
  if (promptSpan === undefined || !scene.prompt.includes('@')) return;
  const block = text.slice(promptSpan.start, promptSpan.end);
  // Without the lines of the fence, which are code to nobody.
  const start = promptSpan.start + (/^.*[\r\n]+/.exec(block)?.[0].length ?? 0);
  const source = text
    .slice(start, promptSpan.end)
    .replace(/[\r\n][ \t>]*(?:`{3,}|~{3,})[ \t]*$/, '');
  const found = mentionsOf(scene, source, reading.names);
  for (const { name, span, meant } of found.slice(0, maxStrangers)) {
    const message = t(
      'The prompt names “@{0}”, which is neither a character nor a place of the front matter, so nothing describes it.',
      name,
    );
    const at = { start: start + span.start, end: start + span.end };
    const names = meant.map((one) => one.name);
    yield problem('unknown-mention', 'warning', at, message, { name, meant: names });
  }
}

const mentionsOf = memoizeLast((_: Scene, source: string, known: KnownNames) =>
  unknownMentions(source, known),
);

interface Stranger {
  readonly speaker: string;
  /** Known to the bible, and only not in the cast of the scene. */
  readonly isKnown: boolean;
}

/** Who speaks in a scene without belonging there, each once. */
const strangersOf = memoizeLast(
  ({ dialogue, cast }: Scene, characters: KnownNames['characters']): readonly Stranger[] => {
    if (characters.length === 0) return [];
    const told = new Set<string>();
    return dialogue.flatMap(({ speaker, tone }): Stranger[] => {
      if (told.has(speaker) || speaker.length > limits.name || isVoice(speaker)) return [];
      told.add(speaker);
      if (!areKnown(speaker, characters)) return [{ speaker, isKnown: false }];
      const isMissing =
        cast.length > 0 &&
        named(characters, speaker) !== undefined &&
        !cast.some((name) => sameName(name, speaker)) &&
        !isOffScreen(speaker, tone);
      return isMissing ? [{ speaker, isKnown: true }] : [];
    });
  },
);

/** The name in the first quote that has it; speakers stand in capitals there. */
function speakerSpan(text: string, quotes: readonly Span[], speaker: string): Span {
  for (const quote of quotes) {
    const found = within(text, quote, speaker.toUpperCase());
    if (found.start !== quote.start || found.end !== quote.end) return found;
    const spelled = within(text, quote, speaker);
    if (spelled.start !== quote.start || spelled.end !== quote.end) return spelled;
  }
  return quotes[0] ?? { start: 0, end: 0 };
}
