import { asScenewrightError, type ScenewrightError } from '../../base/errors.ts';
import { InvalidAnswer } from '../../models/answer-errors.ts';
import type { BeatLength } from '../../models/answer-schemas.ts';
import type { WriterModel } from '../../models/writer-model.ts';
import type { Act, CoreTask, OutlineShape, StoryCore } from '../../models/writer-tasks.ts';
import { GrowingBible } from '../../script/growing-bible.ts';
import { LengthsInTurn } from '../../script/durations/lengths-in-turn.ts';
import { planDurations } from '../../script/durations/plan-durations.ts';
import { normalisePlan } from '../../script/normalise-scene.ts';
import type { Beat, Brief, Plan, SceneId } from '../../script/script-model.ts';
import type { AnswerJournal } from '../journal/answer-journal.ts';
import type { Requester } from '../requests/requester.ts';
import type { PlanningStage } from '../writing-events.ts';
import { checkBeats, checkCore } from '../checks/plan-checks.ts';
import { BeatsOfPart } from './beats-of-part.ts';
import { blankNote } from './blank-beat.ts';
import { CachedPlanningRequests } from './cached-planning-requests.ts';
import { layoutOf } from './outline-layout.ts';
import { forgetPlan, keepPlanUnderWay, type PlanUnderWay } from './plan-under-way.ts';
import { actsFromAnswer } from './read-acts.ts';
import { coreFromAnswer } from './read-core.ts';
import { SettledBeats } from './settled-beats.ts';

export interface PlanningOptions {
  readonly brief: Brief;
  /** Clip lengths the studio can render, in whole seconds. */
  readonly clipSeconds: readonly number[];
  readonly model: WriterModel;
  readonly requester: Requester;
  readonly newId: () => SceneId;
  /** Where answers are kept until the plan is in the document. */
  readonly answers?: AnswerJournal;
  /** The plan as the document has it at a moment: what the writer has made of beats counts. */
  readonly document?: () => Plan | undefined;
  /** A stage begins, or has made progress: `done` of `of` requests are answered, or beats are here. */
  readonly onStage: (stage: PlanningStage, done: number, of: number) => void;
  /** Ends planning before its next request; the requester ends those under way. */
  readonly signal: AbortSignal;
}

/** Beats that are settled and go into the document next, behind those that went there before. */
export interface Growth {
  /** The story and nothing but the new beats. */
  readonly plan: Plan;
  /** What the plan was given up on, for the writer, in sentences that name beats by number. */
  readonly notes: readonly string[];
}

/** How much longer a beat of one length is than one of another. */
const weights: Readonly<Record<BeatLength, number>> = { short: 2, usual: 3, long: 4.5 };

/**
 * A plan that grows, beat by beat: the story and its bible; at once the beats of the opening and, side by
 * side with them, the acts of what follows; then the beats of each act. Beats are settled in the
 * order of the outline, each after the one before it, as soon as they have come in. Every answer is
 * kept as it arrives: planned again after a failure, only what is missing is asked for.
 *
 * Once whole the plan is consistent: as many beats as the length asks for, whose seconds are allowed
 * and add up to it, people and places of the bible, and contracts that go on from each other.
 */
export class GrowingPlan {
  /** Called when more beats are here, or planning has come to an end. */
  onNews: () => void = () => undefined;
  private readonly options: PlanningOptions;
  private readonly requests: CachedPlanningRequests;
  private readonly before: PlanUnderWay | undefined;
  private readonly working = new Set<Promise<void>>();
  private readonly held: BeatsOfPart[] = [];
  private parts: BeatsOfPart[] = [];
  private ids: readonly SceneId[] = [];
  private shape: OutlineShape;
  private story: StoryCore | undefined;
  private bible: GrowingBible | undefined;
  private acts: readonly Act[] | undefined;
  private settled: SettledBeats | undefined;
  private lengths: LengthsInTurn | undefined;
  /** Beats that were taken, and how many of them are in the document. */
  private taken = 0;
  private inside = 0;
  /** Seconds of the beats that are not in the document. */
  private secondsLeft: number;
  private failure: ScenewrightError | undefined;

  /** @param before how far an earlier run came whose beats the document still has */
  constructor(options: PlanningOptions, before?: PlanUnderWay) {
    const { brief, clipSeconds } = options;
    this.options = options;
    this.before = before;
    this.requests = new CachedPlanningRequests(options);
    const { seconds } = planDurations(brief.duration, clipSeconds);
    this.shape = before?.shape ?? {
      count: seconds.length,
      seconds: Number(seconds.reduce((sum, one) => sum + one, 0).toFixed(3)),
      clipSeconds: [...new Set(clipSeconds)].sort((a, b) => a - b),
    };
    this.inside = before?.landed ?? 0;
    this.taken = this.inside;
    this.secondsLeft = before?.secondsLeft ?? this.shape.seconds;
  }

  /** Number of beats that the outline will have. */
  get total(): number {
    return this.shape.count;
  }

  /** Number of beats that are asked for as soon as the story is settled. */
  get opening(): number {
    return layoutOf(this.total).opening;
  }

  /**
   * So many beats from the first one on are asked for, those that are here included. Parts behind one
   * that waits do not count: they may be here from an earlier run, and cannot come in before it.
   */
  get asked(): number {
    const [waiting] = this.held;
    const end = waiting?.first ?? this.parts.reduce((end, part) => Math.max(end, part.end), 0);
    return Math.max(end, this.landed);
  }

  /** Number of beats that have come into the document. */
  get landed(): number {
    return this.inside;
  }

  /** All beats are in the document. */
  get whole(): boolean {
    return this.landed === this.total;
  }

  /** No request is under way. */
  get idle(): boolean {
    return this.working.size === 0;
  }

  /** Why there will be no more beats. */
  get error(): ScenewrightError | undefined {
    return this.failure;
  }

  /** Begin; the parts behind the opening wait until they are let go. */
  begin(): void {
    this.work(() => this.planStory());
  }

  /** Whether a part could be asked for. */
  get holds(): boolean {
    return this.held.length > 0 && this.failure === undefined;
  }

  /** Ask for the next of the parts that wait. */
  letGo(): void {
    const part = this.held.shift();
    if (part !== undefined) this.work(() => part.ask());
  }

  /** Nothing more is asked for, because of this. */
  fail(error: ScenewrightError): void {
    this.failure ??= error;
    this.held.length = 0;
    this.onNews();
  }

  /** Settles when nothing is under way any more. */
  async finish(): Promise<void> {
    while (this.working.size > 0) await Promise.allSettled(this.working);
  }

  /**
   * The beats that are here and were not taken yet.
   *
   * @param eager whether few of them are enough; else only those of whole parts
   */
  take(eager: boolean): Growth | undefined {
    const { story, bible, settled, lengths } = this;
    if (story === undefined || bible === undefined) return undefined;
    if (settled === undefined || lengths === undefined) return undefined;
    const here = this.here();
    const isEnd = this.parts.some(({ end }) => end === here);
    // Of a single beat no scene can be begun, which has to know what follows.
    if (here === this.taken || (!isEnd && (!eager || here < 2))) return undefined;
    const position = this.taken;
    const drafts: Beat[] = [];
    const blanks: string[] = [];
    for (; this.taken < here; this.taken++) {
      const part = this.partAt(this.taken);
      const draft = part?.at(this.taken);
      if (draft === undefined) break;
      if (part?.isBlank(this.taken) === true) blanks.push(blankNote(this.taken + 1));
      drafts.push({ ...draft.beat, seconds: lengths.next(weights[draft.length]) });
    }
    const { beats: outline, notes } = settled.settle(drafts, this.acts ?? [], position);
    notes.unshift(...blanks);
    if (here === this.total) notes.unshift(...this.faults(story, settled.all));
    const { title, logline } = story;
    // As the document will give it back, so that a resumed run asks for exactly the same.
    return { plan: normalisePlan({ title, logline, bible: bible.bible, outline }), notes };
  }

  /** How many answers are kept for the next run, should this one come to nothing. */
  get keptAnswers(): number {
    return this.requests.keptAnswers;
  }

  /** What was taken is in the document now. */
  async land(): Promise<void> {
    this.inside = this.taken;
    this.secondsLeft = this.lengths?.left ?? this.secondsLeft;
    if (this.landed < this.total) {
      await this.remember();
      return;
    }
    // Whatever is still being kept would stay behind.
    await this.finish();
    await forgetPlan(this.options.answers, { keys: this.allKeys() });
  }

  private work(begin: () => Promise<void>): void {
    const working = begin()
      .catch((error: unknown) => {
        this.fail(asScenewrightError(error));
      })
      .finally(() => {
        this.working.delete(working);
        this.onNews();
      });
    this.working.add(working);
  }

  private async planStory(): Promise<void> {
    const { brief, newId, onStage } = this.options;
    const { opening, acts: counts } = layoutOf(this.shape.count);
    this.ids = this.before?.ids ?? (await this.requests.ids(this.shape.count, newId));
    this.story = this.before?.story ?? (await this.askForStory(opening));
    this.acts = this.before?.acts ?? (counts.length === 0 ? [] : undefined);
    const { story, shape } = this;
    const bible = new GrowingBible(story.bible, this.options.document?.()?.bible);
    this.bible = bible;
    const before = this.ids.slice(0, this.landed).flatMap((id) => this.inDocument(id) ?? []);
    const people = story.bible.characters.map(({ name }) => name);
    this.settled = new SettledBeats(before, people);
    this.lengths = new LengthsInTurn(
      this.secondsLeft,
      shape.count - this.landed,
      this.options.clipSeconds,
      weights.usual,
    );
    await this.remember();
    await this.add(this.partOf(story, bible, 0, opening));
    // Before the acts, where there is one place.
    this.letGo();
    onStage('outline', this.landed, this.total);
    if (this.acts === undefined) {
      const act: Act = {
        title: 'The opening',
        summary: story.opening,
        entry: '',
        exit: '',
        first: 0,
        count: opening,
      };
      this.acts = await this.requests.ask({
        task: { kind: 'acts', brief, shape, core: story, opening: act, counts },
        builtOn: [shape, story, counts],
        read: (answer) => actsFromAnswer(answer, act, shape.count, people),
      });
      await this.remember();
    }
    for (const [i, { first, count }] of this.acts.entries()) {
      if (i > 0) await this.add(this.partOf(story, bible, first, count, i));
    }
  }

  private async askForStory(opening: number): Promise<StoryCore> {
    const { brief, model, onStage } = this.options;
    const { shape } = this;
    onStage('core', 0, 1);
    let objected = model.deterministic === true;
    const task: CoreTask = { kind: 'core', brief, shape, opening };
    const story = await this.requests.ask(
      { task, builtOn: [shape], read: (answer) => coreFromAnswer(answer, brief) },
      (found) => {
        const [fault] = checkCore(found, brief);
        if (objected || fault === undefined) return;
        objected = true;
        throw new InvalidAnswer(fault.message, fault.complaint);
      },
    );
    onStage('core', 1, 1);
    return story;
  }

  /** What is wrong with the plan as a whole, which is taken all the same. */
  private faults(story: StoryCore, outline: readonly Beat[]): string[] {
    const { brief, model } = this.options;
    if (model.deterministic === true) return [];
    const faults = [...checkCore(story, brief), ...checkBeats(outline, brief)];
    return [...new Set(faults.map(({ message }) => message))];
  }

  private partOf(
    story: StoryCore,
    bible: GrowingBible,
    first: number,
    count: number,
    act?: number,
  ): BeatsOfPart {
    const { requests, shape, ids, options } = this;
    return new BeatsOfPart({
      requests,
      brief: options.brief,
      shape,
      story,
      bible,
      acts: act === undefined ? [] : (this.acts ?? []),
      ...(act === undefined ? {} : { act }),
      first,
      count,
      ids,
      landed: Math.min(count, Math.max(0, this.landed - first)),
      inDocument: (id) => this.inDocument(id),
      onNews: () => {
        this.options.onStage('outline', this.here(), this.total);
        this.onNews();
      },
    });
  }

  private async add(part: BeatsOfPart): Promise<void> {
    await part.takeKept();
    this.parts.push(part);
    if (!part.complete && part.end > this.landed && this.failure === undefined) {
      this.held.push(part);
    }
    this.onNews();
  }

  private partAt(position: number): BeatsOfPart | undefined {
    return this.parts.find(({ first, end }) => first <= position && position < end);
  }

  /** So many beats from the first one on are here. */
  private here(): number {
    let position = this.taken;
    while (position < this.total && this.partAt(position)?.has(position) === true) position++;
    return position;
  }

  private inDocument(id: SceneId): Beat | undefined {
    return this.options.document?.()?.outline.find((beat) => beat.id === id);
  }

  private async remember(): Promise<void> {
    const { ids, shape, story, acts, landed, secondsLeft } = this;
    if (story === undefined) return;
    const there = new Map(
      this.options.document?.()?.outline.map(({ id, title }) => [id, title] as const),
    );
    const record: PlanUnderWay = {
      version: 1,
      ids: [...ids],
      shape: { ...shape, clipSeconds: [...shape.clipSeconds] },
      story,
      ...(acts === undefined ? {} : { acts: [...acts] }),
      landed,
      secondsLeft,
      keys: this.allKeys(),
      titles: ids.slice(0, landed).map((id) => there.get(id) ?? ''),
    };
    await keepPlanUnderWay(this.options.answers, record);
  }

  private allKeys(): string[] {
    return [...new Set([...(this.before?.keys ?? []), ...this.requests.keys])];
  }
}
