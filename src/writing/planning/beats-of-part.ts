import * as z from 'zod';
import { ScenewrightError } from '../../base/errors.ts';
import { InvalidAnswer, TruncatedAnswer } from '../../models/answer-errors.ts';
import { beatAnswerSchema, type BeatAnswer } from '../../models/answer-schemas.ts';
import type { GenerateOptions } from '../../models/writer-model.ts';
import type { Act, OutlineShape, OutlineTask, StoryCore } from '../../models/writer-tasks.ts';
import type { GrowingBible } from '../../script/growing-bible.ts';
import type { Beat, Brief, SceneId } from '../../script/script-model.ts';
import type { CachedPlanningRequests } from './cached-planning-requests.ts';
import { concernsAll } from '../requests/retry-rules.ts';
import { blankBeat } from './blank-beat.ts';
import { mergedBeats } from './merged-beats.ts';
import { beatsFromAnswer, type Draft } from './read-beats.ts';

export interface PartOptions {
  readonly requests: CachedPlanningRequests;
  readonly brief: Brief;
  readonly shape: OutlineShape;
  readonly story: StoryCore;
  /** Of the story, with whom and what the beats of all parts name beyond it. */
  readonly bible: GrowingBible;
  /** Empty for the opening, which is planned before there are any. */
  readonly acts: readonly Act[];
  /** Index of the act it is; absent for the opening. */
  readonly act?: number;
  /** Position of its first beat in the outline, from 0. */
  readonly first: number;
  readonly count: number;
  /** Of all beats of the outline. */
  readonly ids: readonly SceneId[];
  /** So many of its beats were planned and put into the document by an earlier run. */
  readonly landed: number;
  /** A beat as the document has it. */
  readonly inDocument: (id: SceneId) => Beat | undefined;
  /** More beats are here. */
  readonly onNews: () => void;
}

/**
 * The beats of the opening or of one act, while they are asked for and come in. Of every answer what is
 * good is kept, on disk too, and only what is missing is asked for again; a beat that is here never
 * becomes another one. Where an answer has more beats than there is room for, the last ones are
 * told in one.
 */
export class BeatsOfPart {
  private readonly options: PartOptions;
  private readonly key: string;
  /** Of the beats behind those that have landed. */
  private readonly answers: BeatAnswer[] = [];
  /** So many beats before these stand in the document alone. */
  private skipped: number;
  /** What an answer has behind the last beat that there is room for. */
  private surplus: BeatAnswer | undefined;
  /** No answer that may have more is under way. */
  private closed = false;
  /** So many beats are asked for at once. */
  private most = Infinity;
  private saving: Promise<void> = Promise.resolve();
  /** Positions of beats that were not to be had. */
  private readonly blanks = new Set<number>();

  constructor(options: PartOptions) {
    this.options = options;
    this.skipped = options.landed;
    const { requests, shape, story, acts, first, count } = options;
    this.key = requests.keyOf('outline', [shape, story, acts, first, count]);
  }

  get first(): number {
    return this.options.first;
  }

  /** Position behind its last beat. */
  get end(): number {
    return this.options.first + this.options.count;
  }

  /** All of its beats are here. */
  get complete(): boolean {
    return this.missing === 0 && this.closed;
  }

  /** Whether the beat at a position of the outline is sure. */
  has(position: number): boolean {
    // Of the last one, an answer may have more; a blank one is sure when another comes behind it.
    const mayChange = position === this.end - 1 || this.blanks.has(position);
    const isOpen = mayChange && position === this.next - 1 && !this.closed;
    return !isOpen && this.answers[position - this.first - this.skipped] !== undefined;
  }

  /** The beat at a position of the outline, once it is sure. */
  at(position: number): Draft | undefined {
    const answer = this.answers[position - this.first - this.skipped];
    return answer === undefined || !this.has(position) ? undefined : this.read(answer, position);
  }

  /** Whether the beat at a position was not to be had, and only goes on from the one before it. */
  isBlank(position: number): boolean {
    return this.blanks.has(position);
  }

  /**
   * Settles when all beats are here. A single one that is not to be had of the model is left blank.
   *
   * @throws ScenewrightError when more of them are not
   */
  async ask(): Promise<void> {
    while (!this.complete) {
      try {
        await this.options.requests.attempt((options) => this.askOnce(options));
      } catch (error) {
        if (!isAboutAnswer(error) || !this.leaveBlank()) throw error;
      }
    }
  }

  /** Do without the next beat, unless that was done with the one before it. @returns whether it was */
  private leaveBlank(): boolean {
    const { ids, first, acts, act = -1, bible, inDocument } = this.options;
    const { next } = this;
    if (this.blanks.has(next - 1)) {
      // It was no single one; all of them are asked for by the next run.
      this.blanks.delete(next - 1);
      this.answers.pop();
      this.save();
      return false;
    }
    const beatBefore = next === first ? undefined : inDocument(ids[next - 1] ?? '');
    const title = acts[act]?.title;
    const [{ name: place } = { name: '' }] = bible.bible.places;
    const itsAct = title === undefined ? undefined : { title, place, time: null, cast: [] };
    const before = this.answers.at(-1) ?? beatBefore ?? itsAct;
    if (this.missing === 0 || before === undefined) return false;
    this.blanks.add(next);
    this.take(blankBeat(before));
    if (this.missing === 0) this.close();
    return true;
  }

  /** Position of the next beat to ask for. */
  private get next(): number {
    return this.first + this.skipped + this.answers.length;
  }

  private get missing(): number {
    return this.options.count - this.skipped - this.answers.length;
  }

  private async askOnce(options: GenerateOptions): Promise<void> {
    const asked = Math.min(this.missing, this.most);
    const before = this.answers.length;
    // The answer before may have been whole but for its end.
    if (asked === 0) {
      this.close();
      return;
    }
    let handing = true;
    try {
      const { beats } = await this.options.requests.send(this.taskFor(asked), {
        ...options,
        onEntry: (beat) => {
          if (handing && this.isReadable(beat)) this.take(beat);
          else handing = false;
        },
      });
      handing = false;
      this.takeRest(beats, before);
    } catch (error) {
      if (this.answers.length > before && isBrokenOff(error)) return;
      if (!(error instanceof TruncatedAnswer) || asked === 1) throw error;
      this.most = Math.ceil(asked / 2);
    } finally {
      handing = false;
      this.save();
      await this.saving;
    }
  }

  private taskFor(asked: number): OutlineTask {
    const { brief, shape, story, bible, acts, act, first, ids, inDocument } = this.options;
    const { next } = this;
    const before = ids
      .slice(first, next)
      .flatMap((id, i) => inDocument(id) ?? this.at(first + i)?.beat ?? []);
    const part = { from: next + 1, to: next + asked, before };
    return {
      kind: 'outline',
      brief,
      shape,
      // What is kept is kept by the story as it was planned; who plans on knows all who have joined it.
      core: { ...story, bible: bible.bible },
      acts,
      part: act === undefined ? part : { ...part, act },
    };
  }

  /** Take what a whole answer has beyond the beats that it has handed out already. */
  private takeRest(beats: readonly BeatAnswer[], before: number): void {
    const handed = this.answers.slice(before);
    // A model that began anew has given another answer; what is missing is asked for.
    if (JSON.stringify(handed) !== JSON.stringify(beats.slice(0, handed.length))) return;
    for (const beat of beats.slice(handed.length)) {
      if (this.missing > 0) this.read(beat, this.end - this.missing);
      this.take(beat);
    }
    if (this.missing === 0) this.close();
  }

  private take(beat: BeatAnswer): void {
    if (this.missing > 0) this.answers.push(beat);
    else this.surplus = beat;
    this.save();
    this.options.onNews();
  }

  private close(): void {
    const last = this.answers.at(-1);
    if (last !== undefined && this.surplus !== undefined) {
      this.answers[this.answers.length - 1] = mergedBeats(last, this.surplus);
    }
    this.closed = true;
    this.options.onNews();
  }

  private isReadable(beat: BeatAnswer): boolean {
    try {
      this.read(beat, Math.min(this.end - 1, this.end - this.missing));
      return true;
    } catch (error) {
      if (error instanceof InvalidAnswer) return false;
      throw error;
    }
  }

  /** @throws InvalidAnswer */
  private read(answer: BeatAnswer, position: number): Draft | undefined {
    const { ids, bible } = this.options;
    const slot = { id: ids[position] ?? '', seconds: 0 };
    return beatsFromAnswer([answer], [slot], position + 1, bible)[0];
  }

  /** Take what an earlier run has kept. */
  async takeKept(): Promise<void> {
    const { requests, count, landed } = this.options;
    const { data } = keptBeats.safeParse(await requests.kept(this.key));
    if (data === undefined || data.skipped > landed || data.beats.length + data.skipped > count) {
      return;
    }
    this.skipped = data.skipped;
    this.most = data.most ?? Infinity;
    for (const beat of data.beats) {
      if (!this.isReadable(beat)) break;
      this.answers.push(beat);
    }
    // Answers are kept while they come in; the one that the last beat is of may have said more.
    if (this.missing === 0) this.close();
  }

  private save(): void {
    const { requests } = this.options;
    const { skipped, most } = this;
    const kept = { skipped, beats: [...this.answers], ...(most === Infinity ? {} : { most }) };
    // One after the other, so that the last one stays.
    this.saving = this.saving.then(() => requests.keep(this.key, kept));
  }
}

/** Whether it is about what the model says to one question, and not about the service or the run. */
function isAboutAnswer(error: unknown): boolean {
  if (!(error instanceof ScenewrightError) || concernsAll(error)) return false;
  return error.code === 'bad-answer' || error.code === 'refused';
}

/** Whether it is only about the rest of an answer: what of it is here is as good as any. */
function isBrokenOff(error: unknown): boolean {
  return (
    error instanceof InvalidAnswer ||
    (error instanceof ScenewrightError && error.retryable && error.code === 'network')
  );
}

const keptBeats = z.object({
  skipped: z.int().nonnegative(),
  beats: z.array(beatAnswerSchema),
  /** Longer answers than this broke off. */
  most: z.int().positive().optional(),
});
