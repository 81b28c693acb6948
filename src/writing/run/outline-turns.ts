import type { ScenewrightError } from '../../base/errors.ts';
import type { GrowingPlan } from '../planning/growing-plan.ts';
import type { Pace } from '../schedule/scheduled-scene.ts';
import type { RequestDispatcher } from '../requests/request-dispatcher.ts';
import type { RequestSource } from '../requests/request-source.ts';

export interface OutlineTurnsOptions {
  readonly pace: Pace;
  readonly planning: GrowingPlan;
  readonly dispatcher: Pick<RequestDispatcher, 'places' | 'inFlight'>;
  /** Planned beats that have come into the document, and whose scenes may be begun. */
  readonly landed: () => number;
  /** Beats of the outline whose scenes were not begun. */
  readonly waiting: () => number;
  /** Beats of the outline as far as it is known. */
  readonly known: () => number;
  /** A scene has failed for good; the run will end. */
  readonly isEnding: () => boolean;
}

/**
 * So many beats for each place are planned ahead of the scenes: as far as they are begun in order, and
 * further where any may be that does not hang on another.
 */
const ahead: Readonly<Record<Pace, number>> = { batches: 2, sliding: 2, planned: 4 };

/**
 * When parts of the outline are asked for that were held back: so early that scenes never wait for
 * their beats, and no earlier, since each takes a place from a scene. The first batch has all places
 * that it wants.
 */
export class OutlineTurns implements RequestSource {
  private readonly options: OutlineTurnsOptions;

  constructor(options: OutlineTurnsOptions) {
    this.options = options;
  }

  ready(): boolean {
    const { pace, planning, dispatcher, landed, waiting, known, isEnding } = this.options;
    if (!planning.holds || isEnding()) return false;
    const { places } = dispatcher;
    const left = waiting();
    const first = Math.min(places, planning.opening) - (known() - left);
    // The last one that is known waits for the next. The writer may have deleted others.
    const toBegin = landed() < planning.opening ? Infinity : left - 1;
    const free = places - dispatcher.inFlight;
    if (free <= Math.max(0, Math.min(first, toBegin))) return false;
    return planning.asked - landed() + left < ahead[pace] * places;
  }

  start(): void {
    this.options.planning.letGo();
  }

  refuse(error: ScenewrightError): void {
    this.options.planning.fail(error);
  }
}
