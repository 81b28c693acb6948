import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { atOnce, cappedRate, limitedRate, megabyte, warmUpBytes } from './cases.ts';
import type { Batch, Case, Plan } from './cases.ts';
import type { Contender } from './contender.ts';
import { middle } from './figures.ts';
import type { Figures } from './figures.ts';
import { findNginx } from './nginx.ts';
import { bundle, ours } from './ours.ts';
import type { OursOptions, Way } from './ours.ts';
import { startPacedServer } from './paced.ts';
import { aria2Single, aria2Split, copy, findPeers } from './peers.ts';
import type { Peers } from './peers.ts';
import { alternate, take } from './rounds.ts';
import type { Result, Rounds } from './rounds.ts';
import { addresses } from './clip-server.ts';
import { startServer } from './server.ts';
import type { Served } from './server.ts';
import { groupedBound, heavyTailed, tailBound } from './tail.ts';
import {
  allConnections,
  cappedTargets,
  delayTargets,
  memoryTarget,
  onHostThread,
  oneConnection,
  product,
  tailTargets,
  uncappedTargets,
} from './targets.ts';
import type { Tail, Target } from './targets.ts';

/** A piece of the benchmark's outcome, told as soon as it is known. */
export type Section =
  | { readonly kind: 'about'; readonly lines: readonly string[] }
  | {
      readonly kind: 'case';
      readonly what: Case;
      /** Whether the clips went to a real disk and not to memory. */
      readonly onDisk: boolean;
      readonly results: readonly Result[];
    }
  | {
      readonly kind: 'memory' | 'delays';
      readonly rows: ReadonlyMap<string, Figures>;
    }
  | { readonly kind: 'tails'; readonly tails: readonly Tail[] }
  | { readonly kind: 'targets'; readonly targets: readonly Target[] };

/** As the product fetches when nobody has changed a setting. */
const usual: Way = { thread: 'worker', atOnce, segments: 4 };

/** Measure all of a plan. Everything that it makes on disk is gone at the end. */
export async function* measureAll(plan: Plan, profiles?: string): AsyncGenerator<Section, void> {
  await using cleanUp = new AsyncDisposableStack();
  const temporary = async (parent: string): Promise<string> => {
    const folder = await mkdtemp(path.join(parent, 'scenewright-bench-'));
    cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
    return folder;
  };
  const folder = await temporary(tmpdir());
  const disk = path.join(folder, 'fetched');
  await mkdir(disk);
  const memory = await memoryWithRoomFor(plan);

  const sizes = [plan.capped, plan.small, plan.limited, ...plan.batches].map(({ bytes }) => bytes);
  const clips = { full: new Set([warmUpBytes, ...sizes]), sparse: new Set([plan.large.bytes]) };
  const server = await startServer(path.join(folder, 'served'), clips, findNginx());
  cleanUp.defer(() => server.stop());
  const options: OursOptions = {
    bundles: await bundle(folder),
    trusted: server.trusted,
    // The capped line is no place to warm up at.
    warmUp: ({ line }) =>
      addresses(server, line === 'tls' ? 'tls' : 'plain', [warmUpBytes])[0] ?? '',
    ...(profiles === undefined ? {} : { profiles }),
  };
  const target = memory === undefined ? disk : await temporary(memory);
  yield* new Measurement(plan, server, target, disk, options).sections();
}

/** Where folders are in memory, so that the disk is not what is measured; absent where they are not. */
async function memoryWithRoomFor({ batches, large }: Plan): Promise<string | undefined> {
  const parent = '/dev/shm';
  const needed = Math.max(...[large, ...batches].map(({ files, bytes }) => files * bytes));
  try {
    const { bavail, bsize } = await statfs(parent);
    // The machine needs its memory for other things, too.
    return bavail * bsize < 2 * needed ? undefined : parent;
  } catch {
    return undefined;
  }
}

class Measurement {
  private readonly plan: Plan;
  private readonly server: Served;
  private readonly peers: Peers;
  private readonly rounds: Rounds;
  /** On a real disk; the same folder as in `rounds` where there is no other. */
  private readonly disk: string;
  private readonly options: OursOptions;
  private readonly targets: Target[] = [];

  constructor(plan: Plan, server: Served, folder: string, disk: string, options: OursOptions) {
    this.plan = plan;
    this.server = server;
    this.peers = findPeers(server);
    this.rounds = { server, folder, rounds: plan.rounds };
    this.disk = disk;
    this.options = options;
  }

  async *sections(): AsyncGenerator<Section, void> {
    yield this.about();
    for (const line of ['plain', 'tls'] as const) {
      if (this.server.lines[line] === undefined) continue;
      for (const batch of this.plan.batches) yield* this.uncapped({ ...batch, line });
    }
    yield* this.onDisk();
    yield* this.capped();
    yield* this.memory();
    yield* this.delays();
    yield* this.tails();
    yield { kind: 'targets', targets: this.targets };
  }

  /** Whether there is nothing but the disk to fetch to. */
  private get isOnDisk(): boolean {
    return this.disk === this.rounds.folder;
  }

  private about(): Section {
    return {
      kind: 'about',
      lines: [
        `Served by ${this.server.name} to ${this.isOnDisk ? 'the disk' : 'a folder in memory'}; ` +
          `${atOnce} files at once; the middle one of ${this.plan.rounds} rounds.`,
        ...this.peers.missing,
        ...(this.server.lines.tls === undefined
          ? ['There is no openssl here to make a certificate, so TLS is left out.']
          : []),
      ],
    };
  }

  private way(name: string, change: Partial<Way> = {}): Contender {
    return ours(name, { ...usual, ...change }, this.options);
  }

  private async *uncapped(what: Case): AsyncGenerator<Section, void> {
    const own = [this.way(product), this.way(onHostThread, { thread: 'host' })];
    const everybody = [...this.peers.contenders, ...own];
    const results = await alternate(
      this.rounds,
      what,
      everybody.map((one) => [one]),
    );
    this.targets.push(...uncappedTargets(results));
    yield { kind: 'case', what, onDisk: this.isOnDisk, results };
  }

  /** The first batch again, where it has to reach a disk: ours and aria2 wait until it has. */
  private async *onDisk(): AsyncGenerator<Section, void> {
    const [batch] = this.plan.batches;
    if (this.isOnDisk || batch === undefined) return;
    const what: Case = { ...batch, line: 'plain' };
    const single = this.named(aria2Single);
    const results = await alternate({ ...this.rounds, folder: this.disk }, what, [
      ...single.map((one) => [one]),
      [this.way(product)],
    ]);
    yield { kind: 'case', what, onDisk: true, results };
  }

  private async *capped(): AsyncGenerator<Section, void> {
    const what: Case = { ...this.plan.capped, line: 'capped' };
    // All these wait for the server nearly all the time, side by side as well as in turn.
    const waiting = this.peers.contenders.filter(({ name }) => ![copy, aria2Split].includes(name));
    const results = await alternate(this.rounds, what, [
      [...waiting, this.way(oneConnection, { segments: 1 }), this.way(product)],
      ...this.named(aria2Split).map((one) => [one]),
      // As many as aria2 then opens.
      [this.way(allConnections, { connections: atOnce * usual.segments })],
    ]);
    this.targets.push(...cappedTargets(what, results));
    yield { kind: 'case', what, onDisk: this.isOnDisk, results };
  }

  private async *memory(): AsyncGenerator<Section, void> {
    const rows = new Map<string, Figures>();
    const oneByOne = this.way(product, { atOnce: 1 });
    for (const batch of [this.plan.small, this.plan.large]) {
      const name = `${batch.files} × ${batch.bytes / megabyte} MB, one at a time`;
      const figures = await this.run(oneByOne, batch);
      rows.set(name, figures);
      this.targets.push(memoryTarget(name, figures));
    }
    yield { kind: 'memory', rows };
  }

  private async *delays(): AsyncGenerator<Section, void> {
    const rows = new Map<string, Figures>();
    const measure = async (
      name: string,
      change: Partial<Way>,
      batch: Batch,
      times = 1,
    ): Promise<Figures> => {
      const rounds: Figures[] = [];
      while (rounds.length < times) rounds.push(await this.run(this.way(name, change), batch));
      const figures = middle(rounds);
      rows.set(name, figures);
      return figures;
    };
    const { limited, batches } = this.plan;
    const rate = `${limitedRate / megabyte} MB/s`;
    const times = Math.min(3, this.plan.rounds);
    const host = { thread: 'host', bytesPerSecond: limitedRate } as const;
    await measure('nothing to fetch', {}, { files: 0, bytes: 0 });
    const slow = await measure(rate, { bytesPerSecond: limitedRate }, limited, times);
    await measure(`${rate}, without a worker`, host, limited);
    const fast = await measure('flat out', {}, batches[0] ?? limited, this.plan.rounds);
    this.targets.push(...delayTargets(slow, fast));
    yield { kind: 'delays', rows };
  }

  /** From a server that takes exactly as long as a clip has bytes; one connection for each. */
  private async *tails(): AsyncGenerator<Section, void> {
    const { seeds, ...shape } = this.plan.tail;
    const paced = await startPacedServer();
    try {
      const tails: Tail[] = [];
      for (const seed of seeds) {
        const sizes = heavyTailed(seed, shape);
        const task = {
          line: 'capped',
          sizes,
          addresses: addresses(paced, 'capped', sizes),
        } as const;
        const ways = [
          this.way(product, { segments: 1 }),
          this.way('groups of five', { segments: 1, batches: true }),
        ];
        const [best, groups] = await take(ways, task, this.rounds.folder);
        tails.push({
          ours: best?.seconds ?? Number.NaN,
          groups: groups?.seconds ?? Number.NaN,
          bound: tailBound(sizes, cappedRate),
          groupsBound: groupedBound(sizes, cappedRate),
        });
      }
      this.targets.push(...tailTargets(tails));
      yield { kind: 'tails', tails };
    } finally {
      await paced.stop();
    }
  }

  private named(name: string): Contender[] {
    return this.peers.contenders.filter((contender) => contender.name === name);
  }

  private async run(contender: Contender, { files, bytes }: Batch): Promise<Figures> {
    const sizes = new Array<number>(files).fill(bytes);
    const task = {
      line: 'plain',
      sizes,
      addresses: addresses(this.server, 'plain', sizes),
    } as const;
    const { folder } = this.rounds;
    return middle(await take([contender], task, folder, this.server.fileOf));
  }
}
