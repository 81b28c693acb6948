import assert from 'node:assert/strict';
import type { KeyedAccount } from '../../../src/accounts/keyed-account.ts';
import { offeredModels, type OfferedModels } from '../../../src/models/openai/offered-models.ts';
import { Http } from '../../../src/net/http.ts';
import { Loopback, json, type Asked } from '../net/loopback.ts';

const key = 'sk-secret-of-the-writer';
const account: KeyedAccount = { id: 'a', name: 'Main', key: () => Promise.resolve(key) };

describe('the models that an endpoint offers', () => {
  let server: Loopback;
  let http: Http;

  beforeEach(async () => {
    http = new Http({ systemCertificates: false });
    server = await Loopback.start(() => undefined);
  });
  afterEach(async () => {
    await http.close();
    await server.close();
  });

  const isKeyed = ({ headers }: Asked): boolean => headers.authorization === `Bearer ${key}`;

  const ask = (
    path = '/v1',
    who: KeyedAccount | 'nobody' = account,
  ): Promise<OfferedModels | undefined> =>
    offeredModels(
      {
        baseUrl: `${server.url}${path}`,
        fetch: http.fetch,
        account: who === 'nobody' ? undefined : who,
      },
      new AbortController().signal,
    );

  /** Answers with this list, to everybody or to those with the key. */
  const offers = (list: unknown, isOpen = false): void => {
    server.answer = (asked, response) => {
      if (!isOpen && !isKeyed(asked)) json(response, { error: { message: 'no key' } }, 401);
      else json(response, list);
    };
  };

  it('are found in the lists of all kinds of endpoints', async () => {
    const lists: [unknown, readonly string[]][] = [
      [{ object: 'list', data: [{ id: 'gpt-10' }, { id: 'gpt-5' }] }, ['gpt-5', 'gpt-10']],
      [[{ id: 'meta/llama' }, { id: 'meta/llama' }], ['meta/llama']],
      [{ models: [{ name: 'qwen3:latest', model: 'qwen3:latest' }] }, ['qwen3:latest']],
      [
        {
          data: [
            { id: 'words', architecture: { output_modalities: ['text'] } },
            { id: 'pictures', architecture: { output_modalities: ['image'] } },
          ],
        },
        ['words'],
      ],
    ];
    for (const [list, expected] of lists) {
      offers(list);
      assert.deepEqual((await ask())?.models, expected);
    }
  });

  it('are asked for beside the completions, whichever of the two addresses was given', async () => {
    const places: string[] = [];
    server.answer = ({ url }, response) => {
      places.push(url);
      json(response, { data: [{ id: 'm' }] });
    };
    for (const path of ['/v1', '/v1/', '/v1/chat/completions', '/api/v3/chat/completions/']) {
      await ask(path, 'nobody');
    }
    assert.deepEqual(places, ['/v1/models', '/v1/models', '/v1/models', '/api/v3/models']);
  });

  it('test the key where nobody else is shown them, and only there', async () => {
    offers({ data: [{ id: 'm' }] });
    assert.equal((await ask())?.isKeyGood, true);
    offers({ data: [{ id: 'm' }] }, true);
    assert.equal((await ask())?.isKeyGood, false);
    assert.equal((await ask('/v1', 'nobody'))?.isKeyGood, false);
  });

  it('are not told with a key that is refused, which is said without it', async () => {
    server.answer = (_, response) => {
      json(response, { error: { message: `Incorrect API key: ${key}` } }, 401);
    };
    await assert.rejects(ask(), (error: Error & { code?: string }) => {
      assert.equal(error.code, 'account');
      assert.match(error.message, /key was refused.*Incorrect API key/u);
      assert.ok(!error.message.includes(key));
      return true;
    });
  });

  it('are unknown where the endpoint has no list, or nothing that is one', async () => {
    for (const [body, status] of [
      [{ error: 'no such route' }, 404],
      [{ detail: 'Method Not Allowed' }, 405],
      [{ hello: 'world' }, 200],
      [{ data: [] }, 200],
      [{ data: [null, 5, {}, { id: 7 }, { id: ' ' }] }, 200],
    ] as const) {
      server.answer = (_, response) => {
        json(response, body, status);
      };
      assert.equal(await ask(), undefined, JSON.stringify(body));
    }
  });

  it('are not asked for with the key at another host that the first one names', async () => {
    const other = await Loopback.start((_, response) => {
      json(response, { data: [{ id: 'm' }] });
    });
    try {
      server.answer = (_, response) => {
        response.writeHead(302, { location: `${other.url}/v1/models` }).end();
      };
      assert.deepEqual(await ask(), { models: ['m'], isKeyGood: false });
      assert.deepEqual(
        other.asked.filter(({ headers }) => JSON.stringify(headers).includes(key)),
        [],
      );
    } finally {
      await other.close();
    }
  });

  it('are not waited for where nobody answers', async () => {
    const base = server.url;
    await server.close();
    await assert.rejects(
      offeredModels(
        { baseUrl: `${base}/v1`, fetch: http.fetch, account },
        new AbortController().signal,
      ),
      (error: Error & { code?: string }) => error.code === 'network',
    );
    server = await Loopback.start(() => undefined);
  });
});
