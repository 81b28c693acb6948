import assert from 'node:assert/strict';
import { statusError } from '../../../src/net/http-errors.ts';
import { meaningOf, refusalKinds, waitAfter, type Refusal } from '../../../src/net/refusal.ts';
import { planFailure } from '../../../src/writing/run/run-failure.ts';

const refusal = (
  status: number | undefined,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Refusal => ({
  status,
  headers: { get: (name) => headers[name] ?? null },
  text: typeof body === 'string' ? body : JSON.stringify(body),
});

describe('what a refusal means', () => {
  const billing = 'Slow down. Buy more at https://host/account/billing.';
  for (const [what, status, body, meaning] of [
    ['a key that is none', 400, { error: { message: 'API key not valid.' } }, 'key'],
    ['a request that is none', 400, { error: { message: 'No such size.' } }, 'request'],
    ['a picture that is not wanted', 403, { detail: 'It was flagged.' }, 'content'],
    ['rights', 403, { detail: 'Not for you.' }, 'rights'],
    ['a code of a filter', 500, { error: { code: 'content_filter' } }, 'content'],
    ['a filter inside a stream', undefined, { message: 'Blocked: content policy.' }, 'content'],
    ['an empty purse', 429, { error: { code: 'insufficient_quota' } }, 'payment'],
    ['an empty purse in words', 429, 'Set up billing first.', 'payment'],
    ['haste, with a way to pay', 429, { code: 'rate_limit', message: billing }, 'rate-limit'],
    ['trouble', undefined, '', 'trouble'],
    ['a page', 502, '<html>billing safety</html>', 'trouble'],
  ] as const) {
    it(`is told by its status and words: ${what}`, () => {
      assert.equal(meaningOf(refusal(status, body)), meaning);
    });
  }

  it('is tried again only where that may help', () => {
    const again = Object.entries(refusalKinds).filter(([, { retryable }]) => retryable);
    assert.deepEqual(
      again.map(([meaning]) => meaning),
      ['rate-limit', 'not-taken', 'trouble'],
    );
  });

  it('says when to come back, but by the bookkeeping of limits only where they are the reason', () => {
    const limits = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' };
    assert.equal(waitAfter(refusal(429, '', limits), 0), 30_000);
    assert.equal(waitAfter(refusal(503, '', limits), 0), undefined);
    assert.equal(waitAfter(refusal(503, 'Please retry in 7s', limits), 0), 7000);
    assert.equal(waitAfter(refusal(503, '<p>Please retry in 7s</p>', limits), 0), undefined);
  });
});

describe("a service's own words", () => {
  const words = 'Too big. Try less. Or pay.';
  const error = statusError(
    { ...refusal(413, { error: words }), status: 413 },
    new URL('https://host.example/v1'),
    [],
    0,
  );

  it('are kept apart from ours', () => {
    assert.equal(error.said, words);
    assert.equal(
      error.message,
      `The request was not accepted by host.example (413). It says: “${words}”`,
    );
  });

  it('are not cut up when more is said', () => {
    assert.equal(
      planFailure(error).message,
      `The video could not be planned. ${error.message} Nothing has been written yet.`,
    );
  });
});
