import { readFile } from 'node:fs/promises';
import { renderOf } from '../../src/jobs/job.ts';
import { stateOf } from '../../src/jobs/job-state.ts';
import path from 'node:path';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { askedAtOnce, type Disturbance } from './asked-at-once.ts';
import type { EditorWindow } from './editor-window.ts';
import { isComplete, recordsOf, textIn, textOnDisk } from './findings.ts';
import { textsBelow } from './texts.ts';
import { clipOf, type Order } from './video-service.ts';
import type { WindowPair } from './window-pair.ts';
import { answersIn, type Question } from './writer-service.ts';

/** Milliseconds that an answer may take from the socket to the disk. */
const toDiskMs = 1000;

/** What should never be, and what it is about. */
export interface Fault {
  readonly about: 'words' | 'scripts' | 'questions' | 'orders' | 'clips';
  readonly what: string;
}

export interface Counts {
  /** Typed into unsaved editors, each of its own. */
  readonly words: number;
  /** Requests to the writer model. */
  readonly questions: number;
  /** Of those, the ones that were answered whole. */
  readonly answers: number;
  /** Asked again although the answer was on disk. */
  readonly askedAgainKept: number;
  /** Asked again because the host that asked was struck before the answer can have been on disk. */
  readonly askedAgainOnItsWay: number;
  /** Asked again for no such reason. */
  readonly askedAgainHeard: number;
  /** Orders at the studio. */
  readonly orders: number;
  /** What they were for. */
  readonly pictures: number;
  /** Orders that were made again by hand, because the studio had none. */
  readonly ordersRetried: number;
  /** Looks at clips, byte by byte. */
  readonly clips: number;
}

/** An account of all that was typed, asked, ordered and fetched, and of what should never be. */
export class Account {
  readonly faults: Fault[] = [];
  readonly disturbances: Disturbance[] = [];
  /** Orders that were made again by hand, after a look at the service: none of these was there. */
  ordersRetried = 0;
  clips = 0;
  private readonly pair: WindowPair;
  private readonly onFault: (fault: Fault) => void;
  private readonly typed: {
    readonly script: string;
    readonly window: string;
    readonly word: string;
  }[] = [];
  /** When each answer was first seen on disk, by its number. */
  private readonly kept = new Map<number, number>();

  constructor(pair: WindowPair, onFault: (fault: Fault) => void) {
    this.pair = pair;
    this.onFault = onFault;
  }

  /** What was typed into a script, in that window or in any. */
  wordsIn(script: string, window?: string): readonly string[] {
    return this.typed
      .filter((each) => each.script === script && (window === undefined || each.window === window))
      .map(({ word }) => word);
  }

  noteTyped(script: string, word: string, window: string): void {
    this.typed.push({ script, window, word });
  }

  get words(): number {
    return this.typed.length;
  }

  /** Take down which answers are safe by now: whoever asks for one of them again pays it twice. */
  async noteKept(): Promise<void> {
    const { userData, workspace } = this.pair;
    const folders = [
      ...['workspaceStorage', 'globalStorage'].map((name) => path.join(userData, name)),
      workspace,
    ];
    const seen = await Promise.all(folders.map(textsBelow));
    const now = Date.now();
    const whole = seen.flatMap((texts) => [...texts]).filter(([file]) => !file.endsWith('.tmp'));
    for (const [, text] of whole) {
      for (const number of answersIn(text)) {
        if (!this.kept.has(number)) this.kept.set(number, now);
      }
    }
  }

  /** Every word that was typed is in an editor or on disk. */
  async checkWords(script: string, when: string): Promise<void> {
    const texts = await Promise.all([
      textOnDisk(script),
      ...this.pair.windows.map((window: EditorWindow) => textIn(window, script)),
    ]);
    for (const word of this.wordsIn(script)) {
      if (!texts.some((text) => text?.includes(word)))
        this.fault('words', `${when}: ${word} is lost`);
    }
  }

  /** The script has every scene of its outline once, each from one answer. */
  checkScript(text: string, name: string): void {
    const script = parseScript(text);
    if (!isComplete(script)) this.fault('scripts', `${name}: scenes are missing`);
    const ids = script.scenes.flatMap(({ id }) => id ?? []);
    if (new Set(ids).size !== ids.length)
      this.fault('scripts', `${name}: a scene stands there twice`);
    if (ids.length !== script.outline.length)
      this.fault('scripts', `${name}: ${ids.length} scenes of ${script.outline.length} beats`);
    const answers = script.scenes.map(({ scene }) => [...answersIn(scene.action)]);
    for (const [index, of] of answers.entries())
      if (of.length !== 1)
        this.fault('scripts', `${name}: scene ${index + 1} is of ${of.length} answers`);
    if (new Set(answers.flat()).size !== answers.flat().length)
      this.fault('scripts', `${name}: two scenes are of one answer`);
  }

  /** Every clip that is called done has the bytes of its own render, and lies at its own scene. */
  async checkClips(script: string, when: string): Promise<void> {
    const done = (await recordsOf(this.pair, script)).filter(
      (record) => stateOf(record) === 'done',
    );
    this.clips += done.length;
    for (const { id, file, number, orders, prompt } of done) {
      const { remote } = renderOf({ orders });
      const order = this.pair.video.orders.find((known) => known.id === remote?.remoteId);
      const name = `${when}: ${path.basename(file)} of ${id}`;
      if (order === undefined) this.fault('clips', `${name} is of no order`);
      else if (order.prompt !== prompt || !prompt.includes(`number ${number}.`))
        this.fault('clips', `${name} shows another scene`);
      else if (!(await readFile(file)).equals(clipOf(order.id, order.seconds)))
        this.fault('clips', `${name} has other bytes than the render ${order.id}`);
    }
  }

  /** No picture was ordered twice. */
  checkOrders(): void {
    const byPrompt = Map.groupBy(this.pair.video.orders, ({ prompt }) => prompt);
    for (const orders of byPrompt.values()) {
      if (orders.length > 1)
        this.fault('orders', `ordered ${orders.length} times: ${orders.map(told).join()}`);
    }
  }

  /** No answer was asked for again that was on disk, and none without need; see {@link paidTwice}. */
  checkQuestions(): void {
    for (const { first, second, why } of this.paidTwice()) {
      if (why !== 'on its way')
        this.fault(
          'questions',
          `paid twice: ${asked(first)} was ${why}, and ${asked(second)} asked again`,
        );
    }
    for (const question of this.pair.writer.questions) {
      if (question.pid === undefined)
        this.fault('questions', `nobody says who asked ${asked(question)}`);
    }
    for (const [first, second] of askedAtOnce(this.pair.writer.questions, this.disturbances))
      this.fault('questions', `two windows wrote at once: ${asked(first)} and ${asked(second)}`);
  }

  /** What was asked for once more after it had been answered whole. */
  paidTwice(): { first: Question; second: Question; why: 'kept' | 'on its way' | 'heard' }[] {
    const byAbout = Map.groupBy(this.pair.writer.questions, ({ about }) => about);
    return [...byAbout.values()].flatMap((questions) =>
      questions.flatMap((second, index) => {
        const first = questions
          .slice(0, index)
          .find(({ answeredAt = Infinity }) => answeredAt <= second.askedAt);
        if (first === undefined) return [];
        const keptAt = this.kept.get(first.number) ?? Infinity;
        const why =
          keptAt < second.askedAt ? 'kept' : this.wasLostOnItsWay(first) ? 'on its way' : 'heard';
        return [{ first, second, why } as const];
      }),
    );
  }

  /** Whether whoever asked was struck before the answer can have been on disk. */
  private wasLostOnItsWay({ pid, askedAt, answeredAt = Infinity }: Question): boolean {
    return this.disturbances.some(
      (each) =>
        each.pid === pid &&
        each.to >= askedAt &&
        each.from <= Math.max(answeredAt, askedAt) + toDiskMs,
    );
  }

  /** How much there was of what. */
  counts(): Counts {
    const { orders } = this.pair.video;
    const { questions } = this.pair.writer;
    const whys = Map.groupBy(this.paidTwice(), ({ why }) => why);
    return {
      words: this.words,
      questions: questions.length,
      answers: questions.filter(({ answeredAt }) => answeredAt !== undefined).length,
      askedAgainKept: whys.get('kept')?.length ?? 0,
      askedAgainOnItsWay: whys.get('on its way')?.length ?? 0,
      askedAgainHeard: whys.get('heard')?.length ?? 0,
      orders: orders.length,
      pictures: new Set(orders.map(({ prompt }) => prompt)).size,
      ordersRetried: this.ordersRetried,
      clips: this.clips,
    };
  }

  private fault(about: Fault['about'], what: string): void {
    if (this.faults.some((fault) => fault.what === what)) return;
    this.faults.push({ about, what });
    this.onFault({ about, what });
  }
}

function asked({ number, what, story, pid }: Question): string {
  return `${number} (${what} of ${story}, by ${pid ?? '?'})`;
}

function told({ id, prompt }: Order): string {
  return ` ${id} (${prompt.slice(0, 90)})`;
}
