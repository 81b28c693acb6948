import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chooseModel, modelKey, vendorOf } from '../../../src/models/chat/chat-choice.ts';

const gpt = { vendor: 'copilot', id: 'gpt-5-mini' };
const nested = { vendor: 'openrouter', id: 'anthropic/claude' };

describe('the choice of a VS Code model', () => {
  it('is the one that the settings name', () => {
    assert.equal(chooseModel([gpt, nested], 'copilot/gpt-5-mini'), gpt);
    assert.equal(chooseModel([gpt, nested], ' openrouter/anthropic/claude '), nested);
  });

  it('is the only one where none is named, and never a guess between several', () => {
    assert.equal(chooseModel([gpt], ''), gpt);
    assert.throws(
      () => chooseModel([gpt, nested], ''),
      /Several.*copilot\/gpt-5-mini and openrouter\/anthropic\/claude.*Choose Writer Model/u,
    );
  });

  it('says what there is instead of a model that is gone', () => {
    assert.throws(
      () => chooseModel([gpt], 'copilot/gpt-4'),
      /does not offer the model “copilot\/gpt-4”.*there are copilot\/gpt-5-mini\./u,
    );
  });

  it('says how to come by models where there are none', () => {
    assert.throws(() => chooseModel([], ''), /No language model is available.*Sign in to GitHub/u);
    assert.throws(
      () => chooseModel([], 'copilot/gpt-4'),
      /“copilot\/gpt-4” cannot write.*Sign in to GitHub/u,
    );
  });

  it('names no more models than one reads', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ vendor: 'v', id: `m${i}` }));
    assert.throws(() => chooseModel(many, ''), /v\/m7 and 32 more\)/u);
  });

  it('finds every model by its own key, whatever its id', () => {
    const vendors = fc.stringMatching(/^[a-z][a-z-]{0,10}$/u);
    const ids = fc.stringMatching(/^[\w.:/-]{1,20}$/u);
    fc.assert(
      fc.property(fc.array(fc.record({ vendor: vendors, id: ids }), { minLength: 1 }), (models) => {
        for (const model of models) {
          assert.deepEqual(chooseModel(models, modelKey(model)), model);
          assert.equal(vendorOf(modelKey(model)), model.vendor);
        }
      }),
    );
  });
});
