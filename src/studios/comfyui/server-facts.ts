import type { Clock } from '../../base/clock.ts';
import { isCancelled } from '../../base/errors.ts';
import { field, text } from '../answer.ts';
import { Remembered } from '../remembered.ts';
import type { ServiceCall } from '../service.ts';
import { classesThatCount, type BoundWorkflow, type InputInfo } from './workflow-shape.ts';

/** What a class of nodes takes is a nicety; nobody waits long for it, in milliseconds. */
const infoTimeoutMs = 15_000;

/** What is known of servers for a while, so that not every job has to ask for it. */
export class ServerFacts {
  readonly queues: QueueLooks;
  private readonly clock: Clock;
  /** By server and class. */
  private readonly classes = new Map<string, Remembered<unknown>>();

  constructor(clock: Clock) {
    this.clock = clock;
    this.queues = new QueueLooks(clock);
  }

  /** What the inputs that count for a workflow take at a server; of one that does not tell nothing. */
  async info(call: ServiceCall, bound: BoundWorkflow): Promise<InputInfo> {
    const told = await Promise.all(
      classesThatCount(bound).map(
        async (name) => [name, await this.classInfo(call, name)] as const,
      ),
    );
    const known = new Map(told);
    return (classType, input) => {
      const inputs = field(known.get(classType), classType, 'input');
      return field(inputs, 'required', input) ?? field(inputs, 'optional', input);
    };
  }

  private async classInfo(call: ServiceCall, name: string): Promise<unknown> {
    const address = call.address(`/object_info/${encodeURIComponent(name)}`);
    let known = this.classes.get(address);
    if (known === undefined) {
      known = new Remembered(this.clock);
      this.classes.set(address, known);
    }
    try {
      return await known.get(() => call.ask(address, infoTimeoutMs));
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }
}

/** What `GET /queue` has: the names of what runs, and of what waits, the next first. */
interface Queue {
  readonly running: readonly string[];
  readonly pending: readonly string[];
}

/** A queue in an answer; `undefined` where there is none. */
export function queueIn(answer: unknown): Queue | undefined {
  const [running, pending] = ['queue_running', 'queue_pending'].map((name) => {
    const list = field(answer, name);
    if (!Array.isArray(list)) return undefined;
    // The server keeps what waits in a heap, whose order is not that of the numbers.
    const sorted = list.toSorted((a, b) => Number(field(a, 0)) - Number(field(b, 0)));
    return sorted.flatMap((item) => text(field(item, 1)) ?? []);
  });
  return running === undefined || pending === undefined ? undefined : { running, pending };
}

/** A queue comes with the whole workflow of all that waits, so jobs share a look for so long, in ms. */
const sharedMs = 4000;

/**
 * Looks at the queues of servers for many jobs. What was in the last look counts as there; whether
 * something is gone is only told by a new one.
 */
class QueueLooks {
  private readonly clock: Clock;
  private readonly known = new Map<string, { readonly queue: Queue; readonly atMs: number }>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /**
   * Whether something is in a server's queue; `undefined` where the server has none to show.
   *
   * @param ask for the server's answer
   */
  async has(server: string, id: string, ask: () => Promise<unknown>): Promise<boolean | undefined> {
    const last = this.known.get(server);
    const isFresh = last !== undefined && this.clock.now() - last.atMs < sharedMs;
    if (isFresh && isIn(last.queue, id)) return true;
    const queue = queueIn(await ask());
    if (queue === undefined) return undefined;
    this.known.set(server, { queue, atMs: this.clock.now() });
    return isIn(queue, id);
  }

  /** How many others were before one that waited, at the last look; absent where it did not wait then. */
  ahead(server: string, id: string): number | undefined {
    const place = this.known.get(server)?.queue.pending.indexOf(id) ?? -1;
    return place < 0 ? undefined : place;
  }
}

function isIn({ running, pending }: Queue, id: string): boolean {
  return running.includes(id) || pending.includes(id);
}
