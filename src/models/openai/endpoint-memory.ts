import { EndpointWindow } from './endpoint-window.ts';
import { everything, lesserOf, withLessForm } from './request-bodies.ts';
import type { Capabilities } from './request-bodies.ts';

/** What is asked for: an endpoint may take a small schema and refuse a large one. */
export interface Asked {
  readonly endpoint: string;
  readonly model: string;
  readonly schemaName: string;
}

/** What was learned about one way of asking. */
interface Lesson {
  readonly capabilities: Capabilities;
  /** Answers in a row that did not have the form which the endpoint had promised. */
  readonly garbled: number;
}

/** This many answers in a row without the promised form, and less is asked for. */
const enoughGarbled = 2;

/**
 * What endpoints have been found to take, for all accounts and runs that share it, so that each
 * endpoint has to refuse something only once. Nothing that was learned is unlearned.
 */
export class EndpointMemory {
  private readonly lessons = new Map<string, Lesson>();
  private readonly windows = new Map<string, EndpointWindow>();

  /** How much a model reads and writes at once, as far as that is known. */
  windowOf({ endpoint, model }: Pick<Asked, 'endpoint' | 'model'>): EndpointWindow {
    const key = JSON.stringify([endpoint, model]);
    let window = this.windows.get(key);
    if (window === undefined) {
      window = new EndpointWindow(endpoint, model);
      this.windows.set(key, window);
    }
    return window;
  }

  /** The most that is worth asking for. */
  recall(asked: Asked): Capabilities {
    return this.lessonOf(asked).capabilities;
  }

  /** A request that asked in this way was taken. */
  taken(asked: Asked, capabilities: Capabilities): void {
    const known = this.lessonOf(asked);
    const lesser = lesserOf(known.capabilities, capabilities);
    const garbled = lesser.mode === known.capabilities.mode ? known.garbled : 0;
    this.lessons.set(keyOf(asked), { capabilities: lesser, garbled });
  }

  /** The answer to a request that was taken did or did not have the form that was asked for. */
  answered(asked: Asked, { mode }: Capabilities, keptForm: boolean): void {
    const { capabilities, garbled } = this.lessonOf(asked);
    // Other requests may have learned more since this one was sent.
    if (mode !== capabilities.mode) return;
    const inARow = keptForm ? 0 : garbled + 1;
    const less = inARow < enoughGarbled ? undefined : withLessForm(capabilities);
    this.lessons.set(
      keyOf(asked),
      less === undefined ? { capabilities, garbled: inARow } : { capabilities: less, garbled: 0 },
    );
  }

  private lessonOf(asked: Asked): Lesson {
    return this.lessons.get(keyOf(asked)) ?? { capabilities: everything, garbled: 0 };
  }
}

function keyOf({ endpoint, model, schemaName }: Asked): string {
  return JSON.stringify([endpoint, model, schemaName]);
}
