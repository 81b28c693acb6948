/** One connection alone is watched for this long before others are tried, in milliseconds. */
const watchMs = 150;

/** How long several connections are tried before it is judged what they gained, in milliseconds. */
const trialMs = 600;

/** What several connections must at least gain, as a ratio of speeds, to be worth it. */
const leastGain = 1.4;

/** How long a judgement holds, in milliseconds: lines and servers change. */
const worthMs = 10 * 60_000;
const worthlessMs = 60_000;

/** Speeds over this time, in milliseconds, are not deceived by a server's way of sending in bursts. */
const steadyMs = 800;

/** A file that is here so soon anyway, in milliseconds, is left to the connections that it has. */
const soonMs = 400;

/** The same where it is known that more connections are faster. */
const soonWhereWorthMs = 150;

type Opinion =
  | { readonly is: 'unknown' }
  | {
      readonly is: 'trial';
      readonly since: number;
      readonly before: number;
      readonly connections: number;
    }
  | { readonly is: 'worth'; readonly until: number }
  /** `speed` is what so many connections brought together when it was tried. */
  | {
      readonly is: 'worthless';
      readonly since: number;
      readonly speed: number;
      readonly connections: number;
    };

/** What a download knows of itself when it asks whether to use more connections. */
export interface OwnPace {
  /** Since its first byte, in milliseconds, and what has come since. */
  readonly ms: number;
  readonly bytes: number;
  readonly left: number;
}

/**
 * Whether several connections to one server are faster than one. Found out by trying: where each
 * connection is slower than the line (a limit per connection, a far-away server) all of them together
 * bring more; where the line itself is full they only share it. Judged over all downloads from the
 * server together, lest one takes from the others and calls it a gain.
 */
export class SegmentAdvice {
  private opinion: Opinion = { is: 'unknown' };
  private readonly now: () => number;
  private readonly samples: { readonly at: number; readonly bytes: number }[] = [];
  private bytes = 0;
  private connections = 0;
  private connectionsChangedAt = 0;
  /** The usual speed of one connection, in bytes per millisecond. */
  private usual = 0;

  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** A connection has begun to bring something. */
  opened(): void {
    this.connections++;
    this.connectionsChangedAt = this.now();
  }

  closed(): void {
    this.connections--;
    this.connectionsChangedAt = this.now();
  }

  note(bytes: number): void {
    this.bytes += bytes;
    const now = this.now();
    const last = this.samples.at(-1);
    if (last === undefined || now - last.at >= 10)
      this.samples.push({ at: now, bytes: this.bytes });
    while (this.samples.length > 2 && now - (this.samples[1]?.at ?? now) > steadyMs) {
      this.samples.shift();
    }
  }

  /** Whether the download should use more connections than the one it has. */
  recommends({ ms, bytes, left }: OwnPace): boolean {
    this.judge();
    if (this.opinion.is === 'worthless') return false;
    if (this.opinion.is === 'worth') return left > this.usual * soonWhereWorthMs;
    if (ms < watchMs || (left * ms) / Math.max(bytes, 1) < soonMs) return false;
    if (this.opinion.is === 'unknown') {
      const before = this.speed(watchMs);
      this.usual = before / Math.max(this.connections, 1);
      this.opinion = { is: 'trial', since: this.now(), before, connections: this.connections };
    }
    return true;
  }

  /** The server does not want more connections. */
  refused(): void {
    const { connections } = this;
    this.opinion = { is: 'worthless', since: this.now(), speed: 0, connections };
  }

  private judge(): void {
    const { opinion } = this;
    const now = this.now();
    switch (opinion.is) {
      case 'unknown':
        return;
      case 'worth':
        if (now >= opinion.until) this.opinion = { is: 'unknown' };
        return;
      case 'worthless':
        this.reconsider(opinion, now);
        return;
      case 'trial':
        if (now - opinion.since >= trialMs) this.conclude(opinion, now);
    }
  }

  private conclude({ before, connections }: Extract<Opinion, { is: 'trial' }>, now: number): void {
    const speed = this.speed(trialMs - watchMs);
    if (this.connections <= connections) {
      // Nothing more came of it, or it is over already.
      this.opinion = { is: 'unknown' };
    } else if (speed >= before * leastGain) {
      this.opinion = { is: 'worth', until: now + worthMs };
    } else {
      this.opinion = { is: 'worthless', since: now, speed, connections: this.connections };
    }
  }

  /** What looked like the speed of one connection may only have been a burst at its beginning. */
  private reconsider(
    { since, speed, connections }: Extract<Opinion, { is: 'worthless' }>,
    now: number,
  ): void {
    const steady =
      now - Math.max(since, this.connectionsChangedAt) >= steadyMs &&
      this.connections < connections;
    if (now - since >= worthlessMs) this.opinion = { is: 'unknown' };
    else if (steady && this.speed(steadyMs) * leastGain < speed) {
      this.opinion = { is: 'worth', until: now + worthMs };
    }
  }

  /** Of all connections together over the last `ms`, in bytes per millisecond. */
  private speed(ms: number): number {
    const now = this.now();
    const [first] = this.samples;
    if (first === undefined) return 0;
    const before = this.samples.findLast(({ at }) => at <= now - ms) ?? first;
    return (this.bytes - before.bytes) / Math.max(Math.min(ms, now - first.at), 1);
  }
}
