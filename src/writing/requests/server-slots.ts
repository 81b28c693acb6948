/** With each request that ends, what was seen before it weighs only so much. */
const lasting = 0.9;

/** So sure that chance alone would show the same once in a hundred and fifty times (natural logarithm). */
const sure = 5;

/** No single answer says more than this, so that a few odd ones prove nothing. */
const mostPerAnswer = 1;

/** What an answer that was given beside too many others takes from it: now and then, two seem to be. */
const lossPerExcess = 4;

/** One request, while it and those that spoke beside it are of interest. */
interface Spoken {
  readonly sentAt: number;
  /** Its place in the order of first words; absent while it has none. */
  turn: number | undefined;
  firstAt: number;
  lastAt: number;
  /** Requests in flight at its first word, itself included. */
  inFlight: number;
}

/** Whether answers come sooner since fewer requests are in flight, as they must if slots are few. */
interface Trial {
  readonly since: number;
  /** Milliseconds that a request may take if they do. */
  readonly mostMs: number;
  readonly tookMs: number[];
}

/**
 * How many requests a server works on at once, seen from when its answers speak: many servers of one's
 * own take one request, or a few, and let all others wait in a line of theirs. Then no first word comes
 * while as many others speak as there are slots, however many requests wait for one. Where a service
 * answers all of them side by side, that would be chance; how great a one is told by how many speak at
 * a time, and once it is too small to believe, the server is known to have so many slots.
 *
 * From then on there are so many places and one more: whoever has it is the next, so that no server
 * ever waits for us. Each request has to wait for fewer others now, and takes less time; if it does
 * not, it was chance. As soon as one speaks beside as many others as there are slots, the server can
 * do more than was thought, and the number doubles. Answers that come whole tell nothing.
 */
export class ServerSlots {
  private readonly now: () => number;
  private readonly speaking = new Set<Spoken>();
  /** Those that have ended, as long as one that is still speaking may have begun beside them. */
  private ended: Spoken[] = [];
  private waiting = 0;
  private turns = 0;
  /** Milliseconds of late with something in flight, and those that requests spoke in them, all together. */
  private busyMs = 0;
  private spokenMs = 0;
  private countedAt = 0;
  /** Requests that ended of late, and the milliseconds that they took, all together. */
  private requests = 0;
  private tookMs = 0;
  /** How sure it is that the server has one slot, two, and so on. */
  private evidence: number[] = [];
  private enough = sure;
  private slots: number | undefined;
  private trial: Trial | undefined;

  /** @param now in milliseconds */
  constructor(now: () => number) {
    this.now = now;
  }

  /** How many requests are of use in flight, at least 2; `Infinity` where nothing tells. */
  get places(): number {
    return (this.slots ?? Infinity) + 1;
  }

  /** A request is sent. */
  sent(): SlotRequest {
    this.count();
    const sentAt = this.now();
    const request: Spoken = { sentAt, turn: undefined, firstAt: 0, lastAt: 0, inFlight: 0 };
    this.waiting++;
    return {
      gotOn: () => {
        request.lastAt = this.now();
        if (request.turn !== undefined) return;
        this.count();
        request.turn = this.turns++;
        request.firstAt = request.lastAt;
        request.inFlight = this.waiting + this.speaking.size;
        this.waiting--;
        this.speaking.add(request);
      },
      over: () => {
        this.count();
        if (!this.speaking.delete(request)) this.waiting--;
        else this.learn(request);
      },
    };
  }

  /** Count the time since it was last counted. */
  private count(): void {
    const now = this.now();
    const ms = this.waiting + this.speaking.size === 0 ? 0 : now - this.countedAt;
    this.busyMs += ms;
    this.spokenMs += ms * this.speaking.size;
    this.countedAt = now;
  }

  private learn(request: Spoken): void {
    const beside = [...this.speaking, ...this.ended].filter((other) => spokeAt(other, request));
    this.ended.push(request);
    this.ended = this.ended.filter(({ lastAt }) =>
      [...this.speaking].some(({ firstAt }) => firstAt < lastAt),
    );
    const tookMs = this.now() - request.sentAt;
    this.requests = this.requests * lasting + 1;
    this.tookMs = this.tookMs * lasting + tookMs;
    if (this.slots !== undefined && beside.length >= this.slots) this.settle(this.slots * 2);
    else if (!this.isRefuted(request, tookMs)) this.weigh(request.inFlight, beside.length);
    this.busyMs *= lasting;
    this.spokenMs *= lasting;
  }

  private settle(slots: number | undefined, trial?: Trial): void {
    this.slots = slots;
    this.trial = trial;
    this.evidence = [];
  }

  /** Whether fewer requests in flight did not make each of them quicker. */
  private isRefuted({ sentAt }: Spoken, tookMs: number): boolean {
    const { trial, slots = 0 } = this;
    if (trial === undefined || sentAt < trial.since) return false;
    trial.tookMs.push(tookMs);
    if (trial.tookMs.length < slots + 2) return false;
    this.trial = undefined;
    const sum = trial.tookMs.reduce((all, ms) => all + ms, 0);
    if (sum <= trial.mostMs * trial.tookMs.length) return false;
    this.settle(undefined);
    this.enough *= 2;
    return true;
  }

  /** @param beside how many others spoke when a request began to, of so many in flight */
  private weigh(inFlight: number, beside: number): void {
    // How many others would speak at any moment if none waited for another.
    const expected = (1 - 1 / inFlight) * (this.spokenMs / Math.max(1, this.busyMs));
    let term = Math.exp(-expected);
    let chance = 0;
    // Of a server with one place less than there are requests, nothing would have to change.
    for (let slots = 1; slots <= inFlight - 2; slots++) {
      chance += term;
      term *= expected / slots;
      const gain = beside < slots ? Math.min(mostPerAnswer, -Math.log(chance)) : -lossPerExcess;
      this.evidence[slots] = Math.max(0, (this.evidence[slots] ?? 0) + gain);
    }
    const found = this.evidence.findIndex((evidence) => evidence >= this.enough);
    if (found === -1 || found + 1 >= this.places) return;
    const share = (found + 1) / inFlight;
    const mostMs = (this.tookMs / this.requests) * ((1 + share) / 2);
    this.settle(found, { since: this.now(), mostMs, tookMs: [] });
  }
}

/** Whether one spoke on when another one began to. */
function spokeAt(one: Spoken, { turn, firstAt }: Spoken): boolean {
  return (one.turn ?? Infinity) < (turn ?? 0) && one.lastAt > firstAt;
}

/** One request, as far as the server's slots are concerned. */
export interface SlotRequest {
  /** There is a piece of its answer. */
  readonly gotOn: () => void;
  /** It has come to an end of any kind. To be called once. */
  readonly over: () => void;
}
