import assert from 'node:assert/strict';
import fc from 'fast-check';
import { EndpointWindow, type Answered } from '../../../src/models/openai/endpoint-window.ts';

const endpoint = 'http://127.0.0.1:11434/v1';

function answer(estimate: number, inputTokens: number, changes: Partial<Answered> = {}): Answered {
  return {
    estimate,
    usage: { inputTokens, outputTokens: 300 },
    asked: undefined,
    cutOff: false,
    thought: false,
    said: 300,
    ...changes,
  };
}

const windows = fc.constantFrom(2048, 4096, 8192, 16_384, 32_768);
/** What a tokenizer counts for each token that was estimated. */
const densities = fc.double({ min: 0.8, max: 1.15, noNaN: true });

describe('the window of an endpoint', () => {
  it('is found out from a count that Ollama has cut, and what fits soon after', () => {
    fc.assert(
      fc.property(
        windows,
        densities,
        fc.boolean(),
        fc.double({ min: 1.5, max: 4, noNaN: true }),
        (window, density, keepsHalf, over) => {
          const subject = new EndpointWindow(endpoint, 'tiny');
          const estimate = Math.ceil((window * over) / density);
          const send = (tokens: number): boolean => {
            const whole = Math.ceil(tokens * density);
            const kept = keepsHalf ? window / 2 + 2 : window;
            return subject.answered(answer(tokens, whole > window ? kept : whole));
          };
          assert.equal(send(estimate), true);
          assert.equal(subject.tokens, window);
          // How dense its tokens are shows only once it has read all of a prompt.
          const fits = [1, 2, 3].some(() => !send(subject.promptRoom(600) ?? 0));
          assert.ok(fits);
          assert.equal(subject.tokens, window);
        },
      ),
    );
  });

  it('is never taken for smaller because of what a service has in its cache', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.integer({ min: 1500, max: 30_000 }),
            fc.double({ min: 0, max: 1, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 60,
          },
        ),
        densities,
        (requests, density) => {
          const subject = new EndpointWindow(endpoint, 'tiny');
          const counts = new Set<number>();
          for (const [estimate, share] of requests) {
            const counted = Math.ceil(estimate * density * share);
            // What by chance comes out as a window's own number cannot be told from one.
            if (isTelling(counted) || counts.has(Math.round(counted / 10))) continue;
            counts.add(Math.round(counted / 10));
            counts.add(Math.round(counted / 10) + 1);
            counts.add(Math.round(counted / 10) - 1);
            subject.answered(answer(estimate, counted));
          }
          assert.equal(subject.tokens, undefined);
        },
      ),
    );
  });

  it('leaves room for a prompt of what it tells, however dense its tokens are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2048, max: 131_072 }),
        fc.double({ min: 0.8, max: 3, noNaN: true }),
        fc.integer({ min: 0, max: 1500 }),
        (window, density, answerTokens) => {
          const subject = new EndpointWindow(endpoint, 'tiny');
          subject.refused({ about: 'context', window, prompt: Math.ceil(9000 * density) }, 9000);
          const room = subject.promptRoom(answerTokens) ?? Infinity;
          assert.ok(Math.max(0, room) * density + answerTokens <= window || room < 0);
        },
      ),
    );
  });

  it('is at most what was sent where a refusal says no number', () => {
    const subject = new EndpointWindow(endpoint, 'tiny');
    subject.refused({ about: 'context' }, 6000);
    subject.refused({ about: 'context' }, 6000);
    assert.equal(subject.tokens, 4200, 'refusals of requests sent at once say the same');
  });

  it('is where an answer ended that was not asked to end', () => {
    const subject = new EndpointWindow(endpoint, 'tiny');
    const usage = { inputTokens: 3493, outputTokens: 603 };
    subject.answered(answer(3600, 3493, { usage, cutOff: true }));
    assert.equal(subject.tokens, 4096);
  });

  it('is what the service writes at most where an answer ended at a number of its own', () => {
    const subject = new EndpointWindow(endpoint, 'tiny');
    const usage = { inputTokens: 1500, outputTokens: 8192 };
    subject.answered(answer(1500, 1500, { usage, cutOff: true }));
    assert.equal(subject.tokens, undefined);
    assert.equal(subject.answerTokens, 8192);
  });

  describe('told by the server', () => {
    it('replaces what was learned where it is that of the loaded model', () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      subject.refused({ about: 'context', window: 4096 }, 6000);
      subject.told({ window: 16_384, state: 'loaded' });
      assert.equal(subject.tokens, 16_384);
    });

    it('never grows by a list of models, which knows nothing of this account', () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      subject.refused({ about: 'context', window: 6000 }, 8000);
      subject.told({ window: 131_072, state: 'listed' });
      assert.equal(subject.tokens, 6000);
    });

    it('is asked once for all, again once the model is loaded, and then from time to time', async () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      let asked = 0;
      const ask = (): Promise<object> => {
        asked++;
        return Promise.resolve(
          asked === 1 ? { window: 4096, state: 'assumed' } : { window: 8192, state: 'loaded' },
        );
      };
      await Promise.all([1, 2, 3].map(() => subject.inquire(ask, 0, true)));
      await subject.inquire(ask, 1, true);
      assert.equal(asked, 1);
      assert.equal(subject.isAssumed, true);
      subject.answered(answer(1000, 1000));
      await subject.inquire(ask, 2, true);
      assert.equal(asked, 2);
      assert.equal(subject.tokens, 8192);
      await subject.inquire(ask, 60_000, true);
      assert.equal(asked, 2);
      await subject.inquire(ask, 400_000, true);
      assert.equal(asked, 3);
    });

    it('is not waited for where the server is a distant one', async () => {
      const subject = new EndpointWindow('https://models.example.com/v1', 'tiny');
      const { promise, resolve } = Promise.withResolvers<object>();
      await subject.inquire(() => promise, 0, false);
      assert.equal(subject.tokens, undefined);
      resolve({ window: 8192, state: 'listed' });
      await promise;
      assert.equal(subject.tokens, 8192);
    });

    it('is done without where asking fails', async () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      await subject.inquire(() => Promise.reject(new Error('no')), 0, true);
      assert.equal(subject.tokens, undefined);
    });
  });

  describe('asking for a length', () => {
    const most = 3000;

    it('is done in the parameter that the endpoint takes', () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      assert.deepEqual(subject.lengthFor(1000, most, false), {
        parameter: 'max_tokens',
        tokens: most,
      });
      subject.refusedParameter('max_tokens');
      subject.refusedParameter('max_tokens');
      assert.equal(subject.lengthFor(1000, most, false)?.parameter, 'max_completion_tokens');
      subject.refusedParameter('max_completion_tokens');
      assert.equal(subject.lengthFor(1000, most, false), undefined);
    });

    it('begins at OpenAI with the parameter that all of its models take', () => {
      const subject = new EndpointWindow('https://api.openai.com/v1', 'gpt-4.1');
      assert.equal(subject.lengthFor(1000, most, false)?.parameter, 'max_completion_tokens');
    });

    it('never reaches over the window', () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      subject.told({ window: 4096, state: 'loaded' });
      assert.equal(subject.lengthFor(2000, most, false)?.tokens, 4096 - 2000 - 40);
    });

    const thinkers = [
      'o3-mini',
      'gpt-5',
      'openai/gpt-oss-20b',
      'deepseek-r1:8b',
      'deepseek-reasoner',
      'qwen3:8b',
      'qwq-32b',
      'magistral-small',
      'glm-4.6',
      'kimi-k2-thinking',
      'minimax-m2',
      'grok-4',
      'gemini-2.5-flash',
      'Qwen/Qwen3-30B-A3B',
    ];
    for (const model of thinkers) {
      it(`is left out for ${model}, which thinks`, () => {
        const subject = new EndpointWindow(endpoint, model);
        assert.equal(subject.lengthFor(1000, most, false), undefined);
        assert.equal(subject.lengthFor(1000, most, true)?.tokens, most, 'unless it is set');
      });
    }
    for (const model of [
      'gpt-4o',
      'llama3.2:3b',
      'qwen2.5:7b',
      'mistral-nemo',
      'gemma-3',
      'claude-sonnet-4',
      'phi-4',
    ]) {
      it(`is done for ${model}`, () => {
        assert.ok(new EndpointWindow(endpoint, model).lengthFor(1000, most, false));
      });
    }

    it('is left out once a model was seen to think, and prompts leave room for its thoughts', () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      subject.told({ window: 8192, state: 'loaded' });
      const before = subject.promptRoom(600) ?? 0;
      const usage = { inputTokens: 1000, outputTokens: 1500 };
      subject.answered(answer(1000, 1000, { usage, thought: true, said: 300 }));
      assert.equal(subject.lengthFor(1000, most, false), undefined);
      assert.equal(subject.promptRoom(600), before - 1200);
    });

    it('grows where answers end at it again and again, and is left out in the end', () => {
      const subject = new EndpointWindow(endpoint, 'tiny');
      const usage = { inputTokens: 1000, outputTokens: most };
      const lengths: (number | undefined)[] = [];
      for (let i = 0; i < 5; i++) {
        const asked = subject.lengthFor(1000, most, false)?.tokens;
        lengths.push(asked);
        const written = { ...usage, outputTokens: asked ?? 9999 };
        subject.answered(answer(1000, 1000, { usage: written, asked, cutOff: true }));
      }
      assert.deepEqual(lengths, [most, most, most * 4, most * 4, undefined]);
    });
  });
});

/** Whether a count is the number of a window, or what Ollama keeps of one. */
function isTelling(counted: number): boolean {
  return [counted, counted - 2].some((one) => Math.abs(one - 2 ** Math.round(Math.log2(one))) <= 1);
}
