import assert from 'node:assert/strict';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import type { Clock } from '../../src/base/clock.ts';
import { OwnerLock } from '../../src/base/lock.ts';
import { Enclosure } from '../../src/base/enclosure/enclosure.ts';
import { PartFile } from '../../src/downloads/part-file.ts';
import { readSidecar, sidecarOf } from '../../src/downloads/sidecar.ts';
import { jobStates } from '../../src/jobs/job.ts';
import { stateOf } from '../../src/jobs/job-state.ts';
import { isJobId, readRecord } from '../../src/jobs/read-record.ts';
import { JobStore } from '../../src/jobs/job-store.ts';
import { AnswerJournals } from '../../src/writing/journal/answer-journal.ts';
import { RewriteJournal } from '../../src/writing/journal/rewrite-journal.ts';
import { SceneJournals } from '../../src/writing/journal/scene-journal.ts';
import { SeamVerdicts } from '../../src/writing/seams/seam-verdicts.ts';
import { oldRecordOf } from '../unit/jobs/old-records.ts';
import { recordOf } from '../unit/jobs/world.ts';
import { sampleScene } from '../unit/script/sample.ts';
import { changed, changes } from './mutate.ts';
import { expectNoPollution } from './pollution.ts';
import type { Started, Target } from './target.ts';

interface Input {
  readonly kind: keyof typeof kinds;
  readonly name: string;
  readonly text: string;
}

/** What lies in our folders, whoever wrote it: the good is read, and the bad hurts nobody. */
export const records: Target<Input> = {
  name: 'records',
  start: (folder, small) => Promise.resolve(startRecords(folder, small)),
};

const scene = sampleScene(1);
const uuid = '7b0a3c1e-55e4-4d3f-9c3c-0d6b1f0f2f10';
const hash = 'ab'.repeat(32);
const key = 'render 1';
const full = recordOf({
  render: {
    state: 'saved',
    remote: { remoteId: 'r', data: { base: 'https://a.example', submittedAt: '1' } },
    bytes: 5,
  },
  terms: { address: 'https://a.example', model: 'm' },
  price: { currency: 'USD', amount: 1 },
  upscale: { state: 'accepted', remote: { remoteId: 'u', data: { a: 'b' } } },
  poster: '/films/videos/story/scene-001.jpg',
  clipSeconds: 8,
});
const olderJob = oldRecordOf({
  state: 'upscaling',
  remote: { remoteId: 'r', data: { base: 'https://a.example', submittedAt: '1' } },
  upscale: { step: 'rendering', attempt: 0, remote: { remoteId: 'u', data: { a: 'b' } } },
  bytes: 5,
});

/** What each kind of file holds when all is well. */
const kinds = {
  job: JSON.stringify(full),
  olderJob: JSON.stringify(olderJob),
  sidecar: `${JSON.stringify({ key, validator: '"v"', total: 5000, digest: { algorithm: 'md5', value: 'AAAA' } })}\n0-100\n200-900\n`,
  older: JSON.stringify({ version: 1, hash, scene }),
  scene: JSON.stringify({ version: 2, script: '/gone.md', asked: hash, at: 5, value: scene }),
  answer: JSON.stringify({ clash: true, why: 'Two coats.', fix: 'later' }),
  rewrite: JSON.stringify({
    ...{ version: 1, id: uuid, script: 'file:///a.md', scene, instruction: '', before: 'x', at: 5 },
  }),
  ticket: JSON.stringify({ pid: process.pid, host: 'elsewhere', released: false }),
};

const names = fc.oneof(
  fc.constantFrom('job-2', '..', 'CON', '__proto__', 'a.b', '7', '999999999999999', 'é', '-'),
  fc.stringMatching(/^[a-z0-9-]{1,70}$/),
);

function startRecords(folder: string, small: boolean): Started<Input> {
  const limit = small ? 8_000 : 64_000;
  const values: fc.Arbitrary<(text: string) => string> = fc
    .tuple(
      fc.nat(),
      fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom<unknown>(...oddValues)),
    )
    .map(
      ([which, value]) =>
        (text: string) =>
          withOneValue(text, which, value),
    );
  const text = (kind: keyof typeof kinds): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 3, arbitrary: values.map((change) => change(kinds[kind])) },
      { weight: 3, arbitrary: changes(40).map((list) => changed(kinds[kind], list, limit)) },
      { weight: 1, arbitrary: fc.json() },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
    );
  const all = Object.keys(kinds) as (keyof typeof kinds)[];
  return {
    inputs: fc.oneof(
      ...all.map((kind) =>
        fc.record<Input>({ kind: fc.constant(kind), name: names, text: text(kind) }),
      ),
    ),
    show: ({ kind, name, text: content }) => `${kind} ${name}\n${content}`,
    attempt: async (input) => {
      const own = path.join(folder, 'own');
      await mkdir(own);
      try {
        const way = await tries[input.kind](own, input);
        expectNoPollution();
        assert.deepEqual(await readdir(folder), ['own'], 'nothing outside of its folder');
        return `${input.kind} ${way}`;
      } finally {
        await rm(own, { recursive: true, force: true });
      }
    },
    patience: [500, 20],
  };
}

const oddValues = [null, '', '../../etc/passwd', -1, 1.5, 1e308, 2 ** 53, [], {}, [[]], '\0', true];

/** A JSON text with another value in one of its places, at whatever depth. */
function withOneValue(text: string, which: number, value: unknown): string {
  const [first = '', ...rest] = text.split('\n');
  let places = 0;
  JSON.parse(first, (_name, inner: unknown) => (places++, inner));
  let at = 0;
  const changedFirst: unknown = JSON.parse(first, (_name, inner: unknown) =>
    at++ === which % places ? value : inner,
  );
  return [JSON.stringify(changedFirst), ...rest].join('\n');
}

const tries: Readonly<
  Record<keyof typeof kinds, (folder: string, input: Input) => Promise<string>>
> = {
  job,
  olderJob: job,
  async sidecar(folder, { text }) {
    const inside = new Enclosure(folder);
    const clip = path.join(folder, 'clip.mp4');
    await writeFile(sidecarOf(clip), text);
    await writeFile(`${clip}.part`, Buffer.alloc(500));
    const found = await readSidecar(inside, clip);
    const part = await PartFile.open(inside, clip, key);
    try {
      assert.ok(part.bytes <= 500, 'no more than there is');
      for (const [from, to] of part.done) assert.ok(from >= 0 && from < to && to <= 500);
      for (const [from, to] of part.holes(5000)) assert.ok(from >= 0 && from < to && to <= 5000);
      const { total, digest } = part.info;
      assert.ok(total === undefined || (Number.isSafeInteger(total) && total >= 0));
      assert.ok(digest === undefined || typeof digest.value === 'string', 'a digest is one');
      await part.keep();
    } finally {
      await part.close();
    }
    return found === undefined ? 'none' : `${found.done.length}`;
  },
  async older(folder, { text }) {
    await write(folder, `${scene.id}.json`, text);
    return await keptScene(folder);
  },
  async scene(folder, { text }) {
    await write(folder, `${scene.id}-${hash}.json`, text);
    return await keptScene(folder);
  },
  async answer(folder, { text }) {
    await write(folder, `${hash}.json`, text);
    const kept = new AnswerJournals(folder).of(() => path.join(folder, 'a.md'));
    // Whatever the question, the answer on disk is this one.
    const found = await new SeamVerdicts({
      get: () => kept.get(hash),
      put: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    }).of(scene, scene);
    return found === undefined ? 'none' : 'good';
  },
  async rewrite(folder, { name, text }) {
    await write(folder, `${name}.json`, text);
    await write(folder, `${uuid}.json`, text);
    const kept = new RewriteJournal(folder);
    for (const rewrite of await kept.of(scene.id)) {
      assert.equal(rewrite.id, uuid);
      assert.ok(Number.isFinite(rewrite.at));
      await kept.decided(rewrite, rewrite.script);
    }
    return `${(await readdir(folder)).length}`;
  },
  async ticket(folder, { name, text }) {
    await write(folder, '1.lock', text);
    await write(folder, `${name}.lock`, text);
    const lock = new OwnerLock(folder, { clock: still, beatMs: 5 });
    const owned = await lock.start();
    assert.equal(await lock.confirm(), owned);
    await lock.release();
    return String(owned);
  },
};

async function job(folder: string, { name, text }: Input): Promise<string> {
  await writeFile(path.join(folder, 'good.json'), JSON.stringify(recordOf({ id: 'good' })));
  const file = await write(folder, `${name}.json`, text);
  const store = new JobStore(folder);
  await new JobStore(folder).refresh();
  const { records: loaded, unreadable } = await store.load();
  assert.ok(
    loaded.some(({ id }) => id === 'good'),
    'the rest loads',
  );
  assert.equal(loaded.length + unreadable.length, file === undefined ? 1 : 2);
  for (const record of loaded) {
    assert.ok(isJobId(record.id));
    assert.deepEqual(readRecord(JSON.stringify(record)), record);
    expectRecord(record);
  }
  for (const { file: aside, reason } of unreadable) {
    assert.ok((await stat(aside)).isFile(), 'what cannot be read is kept');
    assert.ok(reason.length < 300);
  }
  return unreadable.map(({ reason }) => reason).join();
}

async function keptScene(folder: string): Promise<string> {
  const kept = new SceneJournals(folder).of(() => path.join(folder, 'a.md'));
  const found = await kept.get(scene.id, hash);
  if (found === undefined) return 'none';
  assert.deepEqual(Object.keys(found).sort(), Object.keys(scene).sort());
  assert.ok(found.seconds >= 0 && Number.isFinite(found.seconds), 'a length is one');
  await kept.remove(scene.id);
  assert.equal(await kept.get(scene.id, hash), undefined, 'what is removed is gone');
  return 'good';
}

/** What the types promise beyond what is plain: these lead to addresses, and to sums of money. */
function expectRecord(record: ReturnType<typeof readRecord>): void {
  const { orders, price, number } = record;
  for (const { remote, attempt } of orders) {
    for (const value of Object.values(remote?.data ?? {})) assert.equal(typeof value, 'string');
    assert.ok(Number.isSafeInteger(attempt) && attempt >= 0, 'attempts are counted');
  }
  assert.ok(jobStates.includes(stateOf(record)), 'it has a state');
  assert.ok(price === undefined || price.amount >= 0, 'a price is one');
  assert.ok(Number.isSafeInteger(number) && number >= 0, 'a scene has a place');
}

/** Time that stands still: a lock that waits for it waits until it is released. */
const still: Clock = {
  now: () => 1_000_000,
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      const stop = (): void => {
        reject(signal?.reason as Error);
      };
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** @returns undefined where the system takes no such name */
async function write(folder: string, name: string, text: string): Promise<string | undefined> {
  const file = path.join(folder, path.basename(name));
  try {
    await writeFile(file, text);
    return file;
  } catch {
    return undefined;
  }
}
