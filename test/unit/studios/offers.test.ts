import assert from 'node:assert/strict';
import type { KeyedAccount } from '../../../src/accounts/keyed-account.ts';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { Http } from '../../../src/net/http.ts';
import { drawingProviders } from '../../../src/studios/drawing/registry.ts';
import { studioOffer, type Offering, type StudioOffer } from '../../../src/studios/offers.ts';
import { isOnline, onlineProviders, onlineStudio } from '../../../src/studios/registry.ts';
import { bearer } from '../../../src/studios/service.ts';
import { json, Loopback, type Asked } from '../net/loopback.ts';

const secret = 'secret-of-the-writer';
const account: KeyedAccount = { id: 'a', name: 'Main', key: () => Promise.resolve(secret) };

/** What a studio lists, as its documentation has it, and what is to be offered of that. */
interface Case {
  readonly studio: string;
  readonly offering: Offering;
  readonly path: string;
  readonly answers: readonly unknown[];
  readonly names: readonly string[];
  /** Where everybody is shown the list: the page that shows who owns the key, if there is one. */
  readonly open?: { readonly keyPage?: string };
}

const cases: readonly Case[] = [
  {
    studio: 'openai-videos',
    offering: 'clips',
    path: '/models',
    answers: [{ object: 'list', data: [{ id: 'wan-10' }, { id: 'wan-2' }, { id: ' ' }, {}, 7] }],
    names: ['wan-2', 'wan-10'],
  },
  {
    studio: 'openai-images',
    offering: 'pictures',
    path: '/models',
    answers: [{ data: [{ id: 'gpt-5' }, { id: 'gpt-image-2' }, { id: 'whisper-1' }] }],
    names: ['gpt-image-2'],
  },
  {
    studio: 'openrouter',
    offering: 'clips',
    path: '/videos/models',
    answers: [{ data: [{ id: 'google/veo-3.1', name: 'Google: Veo 3.1' }] }],
    names: ['google/veo-3.1 (Google: Veo 3.1)'],
    open: { keyPage: '/key' },
  },
  {
    studio: 'openrouter',
    offering: 'pictures',
    path: '/images/models',
    answers: [{ data: [{ id: 'b/seedream' }, { id: 'a/flux' }] }],
    names: ['a/flux', 'b/seedream'],
    open: { keyPage: '/key' },
  },
  {
    studio: 'gemini',
    offering: 'clips',
    path: '/v1beta/models?pageSize=1000',
    answers: [
      {
        models: [
          { name: 'models/gemini-3-flash', displayName: 'Flash' },
          { name: 'models/gemini-omni-flash', displayName: 'Omni' },
        ],
      },
    ],
    names: ['gemini-omni-flash (Omni)'],
  },
  {
    studio: 'gemini',
    offering: 'pictures',
    path: '/v1beta/models?pageSize=1000',
    answers: [{ models: [{ name: 'models/gemini-nano-banana-2' }, { name: 'models/veo-3' }] }],
    names: ['gemini-nano-banana-2'],
  },
  {
    studio: 'fal',
    offering: 'clips',
    path: '/v1/models?status=active&limit=100&category=text-to-video',
    answers: [
      {
        models: [{ endpoint_id: 'fal-ai/veo3.1', metadata: { display_name: 'Veo 3.1' } }],
        next_cursor: 'a b',
      },
      { models: [{ endpoint_id: 'fal-ai/kling' }], next_cursor: null },
    ],
    names: ['fal-ai/kling', 'fal-ai/veo3.1 (Veo 3.1)'],
    open: {},
  },
  {
    studio: 'replicate',
    offering: 'clips',
    path: '/collections/text-to-video',
    answers: [{ models: [{ owner: 'minimax', name: 'video-01' }, { owner: 'nobody' }] }],
    names: ['minimax/video-01'],
  },
];

describe('the models that a studio offers', () => {
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

  const ask = (studio: string, offering: Offering): Promise<StudioOffer | undefined> =>
    studioOffer(
      { studio, offering, baseUrl: server.url, http },
      { signal: new AbortController().signal, account },
    );

  const isKeyed = (studio: string, { headers }: Asked): boolean => {
    const key = isOnline(studio) ? onlineStudio(studio).key : bearer;
    return Object.entries(key(secret)).every(([name, value]) => headers[name] === value);
  };

  /** Answers as the documentation says, to everybody or to the owner of the key. */
  const serve = (one: Case, isKeyGood = true): void => {
    server.answer = (asked, response) => {
      const mayAsk = isKeyGood && isKeyed(one.studio, asked);
      const refuse = (): void => {
        json(response, { error: { message: 'Who is that?' } }, 401);
      };
      if (asked.url === one.open?.keyPage) {
        if (mayAsk) json(response, { data: { label: 'mine' } });
        else refuse();
        return;
      }
      const piece = asked.url.endsWith('&cursor=a%20b') ? 1 : 0;
      const isList = asked.url === one.path || piece === 1;
      if (!isList) json(response, {}, 404);
      else if (one.open === undefined && !mayAsk) refuse();
      else json(response, one.answers[piece]);
    };
  };

  const shown = (offer: StudioOffer | undefined): readonly string[] | undefined =>
    offer?.models.map(({ name, title }) => (title === undefined ? name : `${name} (${title})`));

  it('are read from the list of each, and tell whether the key is good', async () => {
    for (const one of cases) {
      serve(one);
      const offer = await ask(one.studio, one.offering);
      assert.deepEqual(shown(offer), one.names, one.studio);
      const canTell = one.open === undefined || one.open.keyPage !== undefined;
      assert.equal(offer?.isKeyGood, canTell, one.studio);
    }
  });

  it('are not told to a key that is none', async () => {
    for (const one of cases.filter(({ open }) => open === undefined || open.keyPage)) {
      serve(one, false);
      await assert.rejects(
        ask(one.studio, one.offering),
        (error) => error instanceof ScenewrightError && error.code === 'account',
        one.studio,
      );
    }
  });

  it('say nothing of a key where a server asks nobody for one', async () => {
    server.answer = (_asked, response) => {
      json(response, { data: [{ id: 'wan' }] });
    };
    assert.equal((await ask('openai-videos', 'clips'))?.isKeyGood, false);
  });

  it('are those that are known without asking, where a service has no list', async () => {
    server.answer = ({ url }, response) => {
      if (url === '/v1/organization') json(response, { creditBalance: 5 });
      else json(response, {}, 404);
    };
    const offer = await ask('runway', 'clips');
    assert.ok(offer !== undefined && offer.models.length > 5);
    assert.ok(offer.isKeyGood);
  });

  it('are no list where there is none, or one of nothing: then a model is named without', async () => {
    const answers: unknown[] = [{ data: [] }, [], 'no', { error: 'gone' }, { data: { id: 'm' } }];
    const places = [...onlineProviders].filter((studio) => studio !== 'runway');
    for (const studio of places) {
      for (const answer of answers) {
        server.answer = (_asked, response) => {
          json(response, answer);
        };
        assert.equal(await ask(studio, 'clips'), undefined, studio);
      }
      server.answer = (_asked, response) => {
        json(response, { error: 'no such page' }, 404);
      };
      assert.equal(await ask(studio, 'clips'), undefined, studio);
    }
    for (const studio of drawingProviders) {
      server.answer = (_asked, response) => {
        json(response, {});
      };
      assert.equal(await ask(studio, 'pictures'), undefined, studio);
    }
  });

  it('do not go on for ever where a list never ends', async () => {
    let asked = 0;
    server.answer = (_request, response) => {
      asked++;
      json(response, { models: [{ endpoint_id: `m-${asked}` }], next_cursor: `c-${asked}` });
    };
    const offer = await ask('fal', 'clips');
    assert.equal(offer?.models.length, 10);
    // And once more without a key, to see whether it was asked for.
    assert.equal(asked, 11);
  });

  it('are names, whatever they look like: shown, put into orders, and no addresses', async () => {
    server.answer = (_asked, response) => {
      json(response, { data: [{ id: 'https://elsewhere.example/x' }, { id: '../../admin' }] });
    };
    const offer = await ask('openai-videos', 'clips');
    assert.deepEqual(shown(offer), ['../../admin', 'https://elsewhere.example/x']);
  });
});
