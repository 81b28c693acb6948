import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { pngBytes } from '../../../fixtures/picture-bytes.ts';
import { chargesOf } from '../../../src/jobs/charges.ts';
import type { JobManager } from '../../../src/jobs/manager.ts';
import type { JobPicture } from '../../../src/jobs/job-pictures.ts';
import { hashOf } from '../../../src/jobs/job-pictures.ts';
import type { JobRecord, NewJob } from '../../../src/jobs/job.ts';
import { sumOf } from '../../../src/money/money.ts';
import { KeptPictures } from '../../../src/studios/drawing/kept-pictures.ts';
import { createDrawing } from '../../../src/studios/drawing/registry.ts';
import type { PictureStudio } from '../../../src/studios/port.ts';
import { eventually } from '../../support/eventually.ts';
import { TestAccounts } from '../../support/key-store.ts';
import { json, Loopback, type Asked } from '../net/loopback.ts';
import { recordOf, until, untilState, World } from './world.ts';

const png = (mark: string): Buffer => pngBytes(mark.padEnd(400, '.'));

const b64 = (mark: string): { readonly data: readonly unknown[] } => ({
  data: [{ b64_json: png(mark).toString('base64') }],
});

describe('an order for a picture', () => {
  let world: World;
  let server: Loopback;
  let keys: TestAccounts;
  let studio: PictureStudio;
  let asked: Asked[];
  let answer: (one: Asked, response: ServerResponse) => void;

  beforeEach(async () => {
    world = await World.make();
    asked = [];
    answer = (_, response) => {
      json(response, b64(`picture ${asked.length}`));
    };
    server = await Loopback.start((one, response) => {
      asked.push(one);
      answer(one, response);
    });
    keys = new TestAccounts('openai-images', server.url);
    await keys.put('account-1', 'the-secret-key');
    studio = createDrawing('openai-images', {
      baseUrl: `${server.url}/v1`,
      model: 'painter',
      http: world.http,
      kept: new KeptPictures(path.join(world.folder, '.kept')),
    });
  });

  afterEach(async () => {
    await world.close();
    await server.close();
  });

  const opened = (): Promise<JobManager> =>
    world.opened({ pictureStudios: () => studio, account: keys.account });

  const sheet = (name: string, more: Partial<NewJob> = {}): NewJob => {
    const { scene, ...order } = world.order(1);
    return {
      ...order,
      drawing: 'character',
      scene: { ...scene, id: '', title: name, seconds: 0 },
      number: 0,
      prompt: `A sheet of ${name}`,
      pictureHash: `sheet ${name}`,
      studio: 'openai-images',
      file: path.join(world.folder, 'videos', 'story', 'pictures', `${name}.png`),
      ...more,
    };
  };

  async function reference(name: string): Promise<JobPicture> {
    const file = path.join(world.folder, `${name}.png`);
    await writeFile(file, png(name));
    return { role: 'reference', file: `${name}.png`, name, path: file, sha256: hashOf(png(name)) };
  }

  it('brings the picture of the answer to its place, and costs once', async () => {
    const manager = await opened();
    const [job] = await manager.enqueue([
      sheet('mara', { price: { currency: 'USD', amount: 0.04 } }),
    ]);
    const view = await untilState(manager, job?.id ?? '', 'done');
    assert.equal(view.kind, 'picture');
    assert.equal(view.poster, view.file);
    assert.deepEqual(await readFile(view.file ?? ''), png('picture 1'));
    const [one] = asked;
    assert.equal(one?.url, '/v1/images/generations');
    assert.equal(one.headers.authorization, 'Bearer the-secret-key');
    assert.deepEqual(JSON.parse(one.body), {
      model: 'painter',
      prompt: 'A sheet of mara',
      n: 1,
      size: '1536x1024',
    });
    assert.equal(asked.length, 1);
    await eventually('it is kept once', async () =>
      (await readdir(path.join(world.folder, '.kept'))).length === 0 ? true : undefined,
    );
    assert.deepEqual(await readdir(path.dirname(view.file ?? '')), ['mara.png']);
  });

  it('costs what the service says that it took, however the picture came', async () => {
    const usage = { cost: 0.0317, total_tokens: 12 };
    const listed = { currency: 'USD', amount: 0.04 };
    const told: Readonly<Record<string, unknown>> = {
      inside: { ...b64('inside'), usage },
      outside: { data: [{ url: '/of/outside' }], usage },
      untold: b64('untold'),
      'no number': { ...b64('no number'), usage: { cost: -1 } },
    };
    answer = ({ method, body }, response) => {
      if (method === 'GET') response.end(png('outside'));
      else json(response, told[/sheet of ([a-z ]+)/.exec(body)?.[1] ?? '']);
    };
    const manager = await opened();
    const jobs = await manager.enqueue(
      Object.keys(told).map((name) => sheet(name, { price: listed })),
    );
    const costs: Record<string, number | undefined> = {};
    for (const { id, title } of jobs) {
      await untilState(manager, id, 'done');
      costs[title] = sumOf(chargesOf(await world.onDisk(id))).amounts[0]?.amount;
    }
    assert.deepEqual(costs, { inside: 0.0317, outside: 0.0317, untold: 0.04, 'no number': 0.04 });
  });

  it('is never put over a file that is there, and no picture is over another', async () => {
    const place = sheet('mara').file;
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place.replace('.png', '.webp'), "the writer's own");
    const manager = await opened();
    const [first] = await manager.enqueue([sheet('mara')]);
    const one = await untilState(manager, first?.id ?? '', 'done');
    const [second] = await manager.enqueue([sheet('mara', { pictureHash: 'other' })]);
    const two = await untilState(manager, second?.id ?? '', 'done');
    assert.deepEqual(
      [one.file, two.file].map((file) => path.basename(file ?? '')),
      ['mara.take-2.png', 'mara.take-3.png'],
    );
    assert.equal(await readFile(place.replace('.png', '.webp'), 'utf8'), "the writer's own");
  });

  it('sends what it is made after as files, and the one before once that is here', async () => {
    const manager = await opened();
    const pictures = [await reference('mara'), await reference('tower')];
    const jobs = await manager.enqueue([
      sheet('one', { drawing: 'still', number: 1 }),
      sheet('two', { drawing: 'still', number: 2, pictures, follows: 0 }),
    ]);
    assert.equal(jobs.length, 2);
    await Promise.all(jobs.map(({ id }) => untilState(manager, id, 'done')));
    assert.deepEqual(
      asked.map(({ url }) => url),
      ['/v1/images/generations', '/v1/images/edits'],
    );
    const body = asked[1]?.bytes.toString('latin1') ?? '';
    const sent = [...body.matchAll(/name="image\[\]"; filename="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(sent, ['mara.png', 'tower.png', 'one.png']);
    for (const bytes of [png('mara'), png('tower'), png('picture 1')]) {
      assert.ok(body.includes(bytes.toString('latin1')));
    }
  });

  it('waits for the pictures of whom it shows that are still being drawn, before the one before', async () => {
    const held = Promise.withResolvers<undefined>();
    answer = (_, response) => {
      const number = asked.length;
      void held.promise.then(() => {
        json(response, b64(`picture ${number}`));
      });
    };
    const manager = await opened();
    const still = { drawing: 'still', number: 1 } as const;
    const [mara, tom, before] = await manager.enqueue([
      sheet('mara'),
      sheet('tom'),
      sheet('one', still),
    ]);
    const sheets = [mara, tom].map((job) => job?.id ?? '');
    const pictures = [await reference('tower')];
    const more = { ...still, number: 2, pictures, sheets, after: before?.id ?? '' };
    const [job] = await manager.enqueue([sheet('two', more)]);
    await until(() => asked.length === 3);
    assert.equal(manager.view(job?.id ?? '')?.state, 'queued');
    held.resolve(undefined);
    await untilState(manager, job?.id ?? '', 'done');
    const body = asked[3]?.bytes.toString('latin1') ?? '';
    const sent = [...body.matchAll(/name="image\[\]"; filename="([^"]*)"/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(sent, ['tower.png', 'mara.png', 'tom.png', 'one.png']);
    const record = await world.onDisk(job?.id ?? '');
    assert.deepEqual([record.sheets, record.after], [undefined, undefined]);
    assert.deepEqual(
      record.pictures?.map(({ name }) => name),
      ['tower', 'mara', 'tom', 'the still of scene 1'],
    );
  });

  it('does not go out where somebody whom it shows could not be drawn, and does once that is retried', async () => {
    let refuses = true;
    answer = (_, response) => {
      if (!refuses) json(response, b64(`picture ${asked.length}`));
      else json(response, { error: { message: 'Rejected by the safety system.' } }, 400);
    };
    const manager = await opened();
    const [mara] = await manager.enqueue([sheet('mara')]);
    const sheets = [mara?.id ?? ''];
    const [job] = await manager.enqueue([sheet('one', { drawing: 'still', number: 1, sheets })]);
    const id = job?.id ?? '';
    await untilState(manager, id, 'failed');
    assert.equal(asked.length, 1);
    assert.match(
      manager.view(id)?.error ?? '',
      /still of scene 1 is made after the picture of mara/,
    );
    refuses = false;
    for (const one of [mara?.id ?? '', id]) {
      await manager.retry(one);
      await untilState(manager, one, 'done');
    }
    assert.deepEqual(
      (await world.onDisk(id)).pictures?.map(({ name }) => name),
      ['mara'],
    );
  });

  it('does not go out where the one before it is not here', async () => {
    answer = (_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error": {"message": "Rejected by the safety system."}}');
    };
    const manager = await opened();
    const jobs = await manager.enqueue([sheet('one'), sheet('two', { follows: 0 })]);
    for (const { id } of jobs) await untilState(manager, id, 'failed');
    assert.equal(asked.length, 1);
    assert.match(manager.view(jobs[1]?.id ?? '')?.error ?? '', /made after the picture of one/);
  });

  it('fetches a picture that the answer has the address of, with the key at home only', async () => {
    const elsewhere = await Loopback.start((one, response) => {
      assert.equal(one.headers.authorization, undefined);
      response
        .writeHead(200, { 'content-type': 'image/jpeg' })
        .end(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(500)]));
    });
    try {
      answer = (_, response) => {
        json(response, { data: [{ url: `${elsewhere.url}/a.jpg` }] });
      };
      const manager = await opened();
      const [job] = await manager.enqueue([sheet('mara')]);
      const { file } = await untilState(manager, job?.id ?? '', 'done');
      assert.equal(path.basename(file ?? ''), 'mara.jpg');
    } finally {
      await elsewhere.close();
    }
  });

  it('is unclear, and not sent again, where the answer has no picture or none comes', async () => {
    for (const [name, act] of [
      [
        'empty',
        (response: ServerResponse) => {
          json(response, { data: [] });
        },
      ],
      [
        'words',
        (response: ServerResponse) => {
          json(response, { data: [{ b64_json: 'aGVsbG8=' }] });
        },
      ],
      [
        'local',
        (response: ServerResponse) => {
          json(response, { data: [{ url: 'file:///etc/passwd' }] });
        },
      ],
      [
        'gone',
        (response: ServerResponse) => {
          response.destroy();
        },
      ],
    ] as const) {
      asked.length = 0;
      answer = (_, response) => {
        act(response);
      };
      const manager = await opened();
      const [job] = await manager.enqueue([sheet(name)]);
      await untilState(manager, job?.id ?? '', 'unclear');
      // Asked for once more it is the same job still.
      const [again] = await manager.enqueue([sheet(name)]);
      assert.equal(again?.id, job?.id);
      assert.equal(asked.length, 1, name);
      await manager.dispose();
    }
  });

  it('is found again after a crash where its answer was on disk, and unclear where it was not', async () => {
    const kept = new KeptPictures(path.join(world.folder, '.kept'));
    await kept.keep('job-a', png('paid for'));
    const left = (id: string, name: string): JobRecord => ({
      ...recordOf({ id }),
      ...sheet(name, { accounts: [] }),
      posterTried: true,
      orders: [
        {
          kind: 'picture',
          state: 'submitting',
          attempt: 0,
          accounts: ['account-1'],
          account: 'account-1',
        },
      ] as const,
    });
    await world.left(left('job-a', 'mara'), left('job-b', 'tom'));
    const manager = await opened();
    const view = await untilState(manager, 'job-a', 'done');
    assert.deepEqual(await readFile(view.file ?? ''), png('paid for'));
    await untilState(manager, 'job-b', 'unclear');
    assert.equal(asked.length, 0, 'nothing was ordered');
  });

  it('goes to a server on this machine without an account, with its seed, and never twice by itself', async () => {
    const left: JobRecord = {
      ...recordOf({ id: 'job-a' }),
      ...sheet('tom', { accounts: [] }),
      posterTried: true,
      orders: [{ kind: 'picture', state: 'submitting', attempt: 0, accounts: [] }],
    };
    await world.left(left);
    const manager = await opened();
    await untilState(manager, 'job-a', 'unclear');
    const [job] = await manager.enqueue([sheet('mara', { accounts: [], choices: { seed: 7 } })]);
    await untilState(manager, job?.id ?? '', 'done');
    const [order, ...others] = asked;
    assert.equal(others.length, 0, 'what may have been taken is not ordered again');
    assert.equal(order?.headers.authorization, undefined);
    assert.equal((JSON.parse(order?.body ?? '') as { seed?: number }).seed, 7);
  });
});
