import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../src/base/errors.ts';
import { chatError, isAboutTools } from '../../../src/models/chat/chat-errors.ts';
import { spokenWaitMs } from '../../../src/net/rate-limit-headers.ts';
import { coded, named } from './chat-script.ts';

const told = (error: unknown): ScenewrightError => chatError(error, 'Model X');

describe('errors of a chat', () => {
  it('tells a refused consent from a provider that refuses', () => {
    const ours = told(coded('NoPermissions', "Language model 'a/b' cannot be used by 'c.d'."));
    assert.equal(ours.code, 'account');
    assert.match(ours.message, /has not been allowed to use “Model X” for Scenewright\. Continue/u);
    const theirs = told(coded('NoPermissions', 'API error: 401'));
    assert.equal(theirs.code, 'account');
    assert.match(theirs.message, /^The request was not let through .*: API error: 401\. Check/u);
  });

  it('says that a model is gone, however VS Code puts it', () => {
    for (const error of [
      coded('NotFound', 'a/b'),
      coded('NotFound', "Language model 'a/b' is unknown."),
      new Error('Model not found'),
      new Error('Chat provider for model a/b is not registered.'),
      new Error("Language model provider for 'b' not found."),
    ]) {
      const { code, message, retryable } = told(error);
      assert.deepEqual([code, retryable], ['bad-input', false]);
      assert.match(message, /does not offer “Model X” any more.*Choose Writer Model/u);
    }
  });

  it('passes on what GitHub Copilot says about a used-up quota', () => {
    const { code, message, retryable } = told(
      named(
        'ChatQuotaExceeded',
        "You've exhausted your premium model quota. Please [enable additional paid premium requests](https://aka.ms/x) or wait for your allowance to renew.",
      ),
    );
    assert.deepEqual([code, retryable], ['account', false]);
    assert.ok(message.includes("You've exhausted your premium model quota."), message);
    assert.ok(message.includes('Please enable additional paid premium requests or wait'), message);
  });

  it('waits as long as a rate limit asks for, but not for hours', () => {
    const soon = told(
      named('ChatRateLimited', 'Your request was rate-limited. Please wait 17 seconds before …'),
    );
    assert.deepEqual([soon.code, soon.retryable, soon.retryAfterMs], ['rate-limit', true, 17_000]);
    const untold = told(named('ChatRateLimited', 'rate limited'));
    assert.deepEqual(
      [untold.code, untold.retryable, untold.retryAfterMs],
      ['rate-limit', true, undefined],
    );
    const late = told(
      named('ChatRateLimited', 'Please wait 343 hours 21 minutes before trying again.'),
    );
    assert.deepEqual([late.code, late.retryable], ['rate-limit', false]);
  });

  it('knows a limit per minute although it is called a quota', () => {
    const error = told(
      new Error('429: You exceeded your current quota, check billing.\nPlease retry in 3.564s.'),
    );
    assert.deepEqual([error.code, error.retryAfterMs], ['rate-limit', 3564]);
  });

  it('does not go on knocking where it was shut out for too many requests', () => {
    const error = told(
      coded(
        'Blocked',
        'The extension has been temporarily blocked due to making too many requests. Please try again later.',
      ),
    );
    assert.deepEqual([error.code, error.retryable], ['rate-limit', false]);
    assert.match(error.message, /smaller batch size/u);
  });

  it('sorts the rest by what was said', () => {
    const rows: [Error, string, boolean][] = [
      [coded('Blocked', 'Rate limited: slow down'), 'rate-limit', true],
      [coded('Blocked', 'gpt blocked this request with a content filter.'), 'refused', false],
      [coded('Blocked', 'Not for you'), 'account', false],
      [new Error('Response got filtered.'), 'refused', false],
      [new Error('Message exceeds token limit.'), 'bad-input', false],
      [new Error('This request requires more credits. Error code: 402'), 'account', false],
      [new Error('Please sign in to GitHub'), 'account', false],
      [new Error('Invalid JSON for tool call'), 'bad-answer', true],
      [new Error('Response too long.'), 'bad-answer', true],
      [new Error('Sorry, the response hit the length limit.'), 'bad-answer', true],
      [
        new Error(
          'Request Failed: 400 {"error":{"message":"Model is not supported for this request.","code":"model_not_supported","param":"model","type":"invalid_request_error"}}',
        ),
        'bad-input',
        false,
      ],
      [new Error('fetch failed'), 'network', true],
      [new Error(''), 'network', true],
    ];
    for (const [error, code, retryable] of rows) {
      const shown = told(error);
      assert.deepEqual([shown.code, shown.retryable], [code, retryable], error.message);
    }
  });

  it('keeps keys out of messages and causes', () => {
    const key = 'sk-proj-abcdefghijklmnop';
    const error = told(
      new Error(`Incorrect API key provided: ${key}. Authorization: Bearer ${key}`),
    );
    assert.ok(!error.message.includes(key) && !String(error.cause).includes(key), error.message);
  });

  it('makes one readable line of whatever is thrown', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), fc.string(), (thrown, text, code) => {
        for (const error of [thrown, coded(code, text)]) {
          const { message } = told(error);
          assert.ok(message.length > 10 && message.length < 700);
          assert.ok(!/[\r\n]/u.test(message));
        }
      }),
    );
  });

  it('leaves our own errors as they are', () => {
    const own = new ScenewrightError('refused', 'No.');
    assert.equal(told(own), own);
  });
});

describe('whether a failure is about tools', () => {
  it('is told by its words', () => {
    assert.ok(isAboutTools(new Error('this model does not support tools')));
    assert.ok(isAboutTools(new Error('Unknown parameter: tool_choice')));
    assert.ok(isAboutTools(new Error('Invalid schema for function "core"')));
    assert.ok(isAboutTools(new Error('400 {"status": "INVALID_ARGUMENT"}')));
    assert.ok(
      !isAboutTools(new Error('400 API key not valid. {"status": "INVALID_ARGUMENT"}')),
      'that is about the key',
    );
    assert.ok(!isAboutTools(new Error('400 {"error":{"code":"model_not_supported"}}')));
    assert.ok(!isAboutTools(new Error('fetch failed')));
    assert.ok(!isAboutTools(new Error('Invalid JSON for tool call')));
    assert.ok(!isAboutTools(named('ChatQuotaExceeded', 'No more tools for you')));
    assert.ok(!isAboutTools(coded('NoPermissions', 'Tools are not allowed')));
  });
});

describe('patience asked for in a message', () => {
  it('is read in the usual ways of putting it', () => {
    const rows: [string, number | undefined][] = [
      ['Please wait 17 seconds before trying again.', 17_000],
      ['Please wait 2 hours 21 minutes before trying again.', 8_460_000],
      ['Please wait 1 minute and 5 seconds.', 65_000],
      ['Please retry in 3.564818218s.', 3565],
      ['Try again in 250ms', 250],
      ['Rate limit reached. Please try again in 6m0s.', 360_000],
      ['Please wait a moment before trying again.', undefined],
      ['Please wait for your allowance to renew.', undefined],
      ['Retry with gpt-4 turbo', undefined],
      ['429 Too Many Requests', undefined],
    ];
    for (const [message, ms] of rows) assert.equal(spokenWaitMs(message), ms, message);
  });

  it('is never negative, endless or not a number, whatever the message', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), fc.string(), (before, amount, unit) => {
        const ms = spokenWaitMs(`${before} retry in ${amount} ${unit}`);
        assert.ok(ms === undefined || (Number.isFinite(ms) && ms >= 0));
      }),
    );
  });
});
