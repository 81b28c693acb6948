import { EndpointWindow } from './endpoint-window.ts';
import type { KeptWindows } from './kept-windows.ts';
import { ServerLine } from '../language-model/server-line.ts';
import { orAborted } from '../../base/abort.ts';
import { everything, lesserOf, looserThan, type Capabilities } from './capabilities.ts';
import type { Concession } from './form-refusal.ts';

/** What is asked for. */
export interface Asked {
  readonly endpoint: string;
  readonly model: string;
  readonly schemaName: string;
}

/** What was learned about a model at an endpoint. */
interface Lesson {
  capabilities: Capabilities;
  /** What is known beyond that of single schemas: a small one may be taken where a large one is not. */
  readonly ofSchemas: Map<string, Capabilities>;
  /** Answers in a row that did not have the form which the endpoint had promised. */
  garbled: number;
  /** How often in a row it broke down without a word, as long as it has never taken anything. */
  crashes: number | undefined;
  /** The request that is finding out how to ask, if there is one. */
  exploring: Promise<unknown> | undefined;
}

/** An endpoint that breaks down so often may do so over what it is asked for. */
const enoughCrashes = 2;

/** This many answers in a row without the promised form, and less is asked for. */
const enoughGarbled = 2;

/**
 * What endpoints have been found to take, for all accounts and runs that share it, so that each
 * endpoint has to refuse something only once. Nothing that was learned is unlearned.
 */
export class EndpointMemory {
  private readonly lessons = new Map<string, Lesson>();
  private readonly windows = new Map<string, EndpointWindow>();
  private readonly lines = new Map<string, ServerLine>();
  private readonly kept: KeptWindows | undefined;

  /** @param kept windows of models beyond the time of this memory; absent: they are learned anew */
  constructor(kept?: KeptWindows) {
    this.kept = kept;
  }

  /** How much a model reads and writes at once, as far as that is known. */
  windowOf({ endpoint, model }: Pick<Asked, 'endpoint' | 'model'>): EndpointWindow {
    const key = JSON.stringify([endpoint, model]);
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new EndpointWindow(endpoint, model, this.kept?.of(key), (learned) => {
        this.kept?.keep(key, learned);
      });
      this.windows.set(key, window);
    }
    return window;
  }

  /** The requests that an endpoint has. */
  lineOf({ endpoint }: Pick<Asked, 'endpoint'>): ServerLine {
    let line = this.lines.get(endpoint);
    if (line === undefined) this.lines.set(endpoint, (line = new ServerLine()));
    return line;
  }

  /** The most that is worth asking for. */
  recall(asked: Asked): Capabilities {
    const { capabilities, ofSchemas } = this.lessonOf(asked);
    const own = ofSchemas.get(asked.schemaName);
    return own === undefined ? capabilities : lesserOf(capabilities, own);
  }

  /**
   * Be the one request that finds out how an endpoint wants to be asked, when it has refused one. Many
   * are refused at the same time over the same thing; the others wait here for what this one learns.
   *
   * @returns what ends it, to be called once or more
   * @throws the signal's reason
   */
  async explore(asked: Asked, signal: AbortSignal): Promise<() => void> {
    const lesson = this.lessonOf(asked);
    while (lesson.exploring !== undefined) await orAborted(lesson.exploring, signal);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    lesson.exploring = promise;
    return () => {
      if (lesson.exploring === promise) lesson.exploring = undefined;
      resolve(undefined);
    };
  }

  /** A request was taken, after these concessions. */
  taken(asked: Asked, concessions: readonly Concession[]): void {
    const lesson = this.lessonOf(asked);
    lesson.crashes = undefined;
    for (const { less, ofThisSchema } of concessions) {
      const learned = { ...everything, ...less };
      if (ofThisSchema) {
        const known = lesson.ofSchemas.get(asked.schemaName) ?? everything;
        lesson.ofSchemas.set(asked.schemaName, lesserOf(known, learned));
      } else {
        const before = lesson.capabilities.mode;
        lesson.capabilities = lesserOf(lesson.capabilities, learned);
        if (lesson.capabilities.mode !== before) lesson.garbled = 0;
      }
    }
  }

  /** The endpoint broke down without a word. @returns whether that may be over what it was asked for */
  crashed(asked: Asked): boolean {
    const lesson = this.lessonOf(asked);
    if (lesson.crashes === undefined) return false;
    return ++lesson.crashes >= enoughCrashes;
  }

  /** The answer to a request that was taken did or did not have the form that was asked for. */
  answered(asked: Asked, { mode }: Capabilities, keptForm: boolean): void {
    const lesson = this.lessonOf(asked);
    // Other requests may have learned more since this one was sent.
    if (mode !== lesson.capabilities.mode) return;
    lesson.garbled = keptForm ? 0 : lesson.garbled + 1;
    const looser = looserThan(mode);
    if (lesson.garbled < enoughGarbled || looser === undefined) return;
    lesson.capabilities = { ...lesson.capabilities, mode: looser };
    lesson.garbled = 0;
  }

  private lessonOf({ endpoint, model }: Asked): Lesson {
    const key = JSON.stringify([endpoint, model]);
    let lesson = this.lessons.get(key);
    if (lesson === undefined) {
      lesson = {
        capabilities: everything,
        ofSchemas: new Map(),
        garbled: 0,
        crashes: 0,
        exploring: undefined,
      };
      this.lessons.set(key, lesson);
    }
    return lesson;
  }
}
