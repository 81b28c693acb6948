import assert from 'node:assert/strict';
import { retryAfterMs } from '../../../src/net/hints.ts';

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
