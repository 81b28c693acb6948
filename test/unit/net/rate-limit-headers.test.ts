import assert from 'node:assert/strict';
import fc from 'fast-check';
import { askedWaitMs, rateLimits, retryAfterMs } from '../../../src/net/rate-limit-headers.ts';
import type { RateLimits } from '../../../src/net/rate-limit-headers.ts';

const now = Date.UTC(2026, 10, 22, 12, 0, 0);

describe('the wait that a service asks for', () => {
  const cases: [string, Record<string, string>, number | undefined][] = [
    ['nothing', {}, undefined],
    ['seconds', { 'retry-after': '20' }, 20_000],
    ['parts of seconds', { 'retry-after': '0.25' }, 250],
    ['a date', { 'retry-after': 'Sun, 22 Nov 2026 12:00:30 GMT' }, 30_000],
    ['a date gone by', { 'retry-after': 'Sun, 22 Nov 2026 11:00:00 GMT' }, 0],
    ['milliseconds before seconds', { 'retry-after-ms': '1500', 'retry-after': '2' }, 1500],
    ['nonsense', { 'retry-after': 'soon' }, undefined],
    ['a negative wait', { 'retry-after': '-5' }, undefined],
    ['a reset that is nonsense', { 'x-ratelimit-reset-requests': 'nonsense' }, undefined],
    [
      'a reset of what is not said to be left over',
      {
        'x-ratelimit-remaining-requests': '5',
        'x-ratelimit-reset-requests': '60s',
        'x-ratelimit-reset-tokens': '2s',
      },
      2000,
    ],
    ['a reset of minutes and seconds', { 'x-ratelimit-reset-tokens': '1m12.5s' }, 72_500],
    ['a reset of milliseconds', { 'x-ratelimit-reset-requests': '250ms' }, 250],
    ['a plain reset in seconds', { 'x-ratelimit-reset': '7' }, 7000],
    ['a reset as a moment in seconds', { 'x-ratelimit-reset': `${now / 1000 + 9}` }, 9000],
    ['a reset as a moment in milliseconds', { 'x-ratelimit-reset': `${now + 1234}` }, 1234],
    [
      'the reset of what is used up',
      {
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': '30s',
        'x-ratelimit-remaining-tokens': '1000',
        'x-ratelimit-reset-tokens': '2s',
      },
      30_000,
    ],
    [
      'the first reset when nothing is said to be used up',
      { 'x-ratelimit-reset-requests': '24h', 'x-ratelimit-reset-tokens': '2s' },
      2000,
    ],
  ];
  for (const [name, headers, expected] of cases) {
    it(`reads ${name}`, () => {
      assert.equal(retryAfterMs(new Headers(headers), now), expected);
    });
  }
});

/** Headers as services have been seen to send them, with what they mean to us. */
const samples: [
  name: string,
  headers: Record<string, string>,
  wait: number | undefined,
  limits: RateLimits | undefined,
][] = [
  [
    'OpenAI, in good times',
    {
      'x-ratelimit-limit-requests': '5000',
      'x-ratelimit-limit-tokens': '160000',
      'x-ratelimit-remaining-requests': '4999',
      'x-ratelimit-remaining-tokens': '159976',
      'x-ratelimit-reset-requests': '12ms',
      'x-ratelimit-reset-tokens': '9ms',
    },
    9,
    { limit: 5000, remaining: 4999, resetMs: 12 },
  ],
  [
    'OpenAI, refusing',
    {
      'retry-after': '1',
      'retry-after-ms': '612',
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '1m0s',
    },
    612,
    { limit: 60, remaining: 0, resetMs: 612 },
  ],
  [
    'Groq, whose requests are counted by the day',
    {
      'retry-after': '2',
      'x-ratelimit-limit-requests': '14400',
      'x-ratelimit-limit-tokens': '18000',
      'x-ratelimit-remaining-requests': '14370',
      'x-ratelimit-remaining-tokens': '17997',
      'x-ratelimit-reset-requests': '2m59.56s',
      'x-ratelimit-reset-tokens': '7.66s',
    },
    2000,
    { limit: 14_400, remaining: 14_370, resetMs: 2000 },
  ],
  [
    'OpenRouter, with a moment in milliseconds',
    {
      'x-ratelimit-limit': '50',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(now + 43_200_000),
    },
    43_200_000,
    { limit: 50, remaining: 0, resetMs: 43_200_000 },
  ],
  [
    'Anthropic, with dates',
    {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '49',
      'anthropic-ratelimit-requests-reset': '2026-11-22T12:00:02Z',
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-22T12:00:41Z',
    },
    41_000,
    { limit: 50, remaining: 49, resetMs: 2000 },
  ],
  [
    'Azure, which counts but tells no limit',
    { 'x-ratelimit-remaining-requests': '9', 'x-ratelimit-remaining-tokens': '9985' },
    undefined,
    { remaining: 9 },
  ],
  [
    'Azure, which does not count',
    {
      'x-ratelimit-limit-tokens': '-1',
      'x-ratelimit-remaining-tokens': '-1',
      'x-ratelimit-reset-tokens': '0',
    },
    undefined,
    undefined,
  ],
  [
    'Azure, with a spelling of its own',
    { 'x-rate-limit-reset-tokens': '55', 'x-ratelimit-remaining-requests': '9' },
    55_000,
    { remaining: 9 },
  ],
  [
    'Together, by the second',
    { 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '1' },
    1000,
    { limit: 10, remaining: 3, resetMs: 1000 },
  ],
  [
    'Mistral',
    {
      'x-ratelimit-limit-req-minute': '60',
      'x-ratelimit-limit-tokens-minute': '50000',
      'x-ratelimit-remaining-req-minute': '59',
      'x-ratelimit-remaining-tokens-minute': '47196',
    },
    undefined,
    { limit: 60, remaining: 59 },
  ],
  [
    'Cerebras, with parts of seconds',
    {
      'x-ratelimit-limit-requests-day': '1000000',
      'x-ratelimit-remaining-requests-day': '999997',
      'x-ratelimit-reset-requests-day': '33011.382867',
      'x-ratelimit-remaining-tokens-minute': '0',
      'x-ratelimit-reset-tokens-minute': '11.382867',
    },
    11_383,
    { limit: 1_000_000, remaining: 999_997, resetMs: 33_011_383 },
  ],
  ['Gemini, which says nothing', { 'content-type': 'application/json' }, undefined, undefined],
  [
    'the old drafts of the IETF',
    { 'ratelimit-limit': '100, 100;w=60', 'ratelimit-remaining': '0', 'ratelimit-reset': '50' },
    50_000,
    { limit: 100, remaining: 0, resetMs: 50_000 },
  ],
  [
    'the seventh draft',
    { ratelimit: 'limit=100, remaining=45, reset=30' },
    30_000,
    { limit: 100, remaining: 45, resetMs: 30_000 },
  ],
  [
    'the newest draft, by its tightest policy',
    {
      ratelimit: '"burst";r=45;t=30, "daily";r=12;t=9000, "work";r=1;t=5',
      'ratelimit-policy': '"burst";q=100;w=60, "daily";q=1000;w=86400, "work";q=9;qu="tokens"',
    },
    30_000,
    { limit: 1000, remaining: 12, resetMs: 9_000_000 },
  ],
];

describe('the limits that real services tell', () => {
  for (const [name, headers, wait, limits] of samples) {
    it(`are read from ${name}`, () => {
      assert.deepEqual(rateLimits(new Headers(headers), now), limits);
      assert.equal(retryAfterMs(new Headers(headers), now), wait);
    });
  }

  it('are never guessed from headers that make no sense', () => {
    const names = samples.flatMap(([, headers]) => Object.keys(headers));
    const values = fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }),
      fc.constantFrom('-1', '1e999', 'NaN', '"a";r=x;t=-2', ';;=,', 'limit=,remaining=-3'),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), values), (dictionary) => {
        const reader = { get: (header: string) => dictionary[header] ?? null };
        const wait = retryAfterMs(reader, now);
        assert.ok(wait === undefined || (Number.isInteger(wait) && wait >= 0));
        for (const value of Object.values(rateLimits(reader, now) ?? {})) {
          assert.ok(Number.isFinite(value) && value >= 0);
        }
      }),
    );
  });
});

describe('the wait that an error speaks of', () => {
  const said: [string, number | undefined][] = [
    ['Rate limit reached for gpt-5 … Please try again in 20ms. Visit https://example.com', 20],
    ['Limit 6000, Used 5942 … Please try again in 7m6.384s.', 426_384],
    ['You exceeded your current quota. Please retry in 53.016342224s.', 53_017],
    ['Requests have exceeded the limit. Please retry after 45 seconds.', 45_000],
    ['Try again in 1 hour, 2 minutes', 3_720_000],
    ['Please try again in a while.', undefined],
    ['Please try again in 3 parsecs.', undefined],
    ['Slow down.', undefined],
  ];
  for (const [text, wait] of said) {
    it(`is read from “${text}”`, () => {
      assert.equal(askedWaitMs(new Headers(), now, text), wait);
    });
  }

  it('is the longest where a text speaks of it twice', () => {
    const said =
      '{"message":"Please retry in 53.016342224s.","details":[{"retryDelay": "53s"}],"code":429}';
    assert.equal(askedWaitMs(new Headers(), now, said), 53_017);
  });

  it('comes after the header that says so, and before the bookkeeping', () => {
    const headers = new Headers({ 'x-ratelimit-reset-requests': '12ms' });
    assert.equal(retryAfterMs(headers, now, 'Please try again in 3s.'), 3000);
    assert.equal(askedWaitMs(headers, now), undefined, 'bookkeeping is no wish');
    headers.set('retry-after', '2');
    assert.equal(retryAfterMs(headers, now, 'Please try again in 3s.'), 2000);
  });
});
