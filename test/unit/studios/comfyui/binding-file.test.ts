import assert from 'node:assert/strict';
import { readApiWorkflow } from '../../../../src/studios/comfyui/api-workflow.ts';
import {
  bindingFileOf,
  bindingText,
  withBindingFile,
} from '../../../../src/studios/comfyui/binding-file.ts';
import type { Bindings } from '../../../../src/studios/comfyui/binding-keys.ts';
import { inferBindings } from '../../../../src/studios/comfyui/infer-bindings.ts';
import { animateDiff, cogVideo, hunyuan, ltx, wan, wanWrapper } from './sample-workflows.ts';

const file = 'a.bindings.json';
const workflow = readApiWorkflow(JSON.stringify(wan), 'a.json');
const inferred = inferBindings(workflow, 'a.json');

function corrected(text: string): Bindings {
  return withBindingFile(workflow, inferred, text, file);
}

describe('the file of bindings', () => {
  it('lies beside its workflow', () => {
    assert.equal(bindingFileOf('comfyui/wan.json'), 'comfyui/wan.bindings.json');
    assert.equal(bindingFileOf('comfyui/wan.JSON'), 'comfyui/wan.bindings.json');
  });

  for (const [what, json] of Object.entries({
    wan,
    ltx,
    hunyuan,
    animateDiff,
    cogVideo,
    wanWrapper,
  })) {
    it(`says of ${what} what was inferred, by the names that a writer sees`, () => {
      const read = readApiWorkflow(JSON.stringify(json), 'a.json');
      const found = inferBindings(read, 'a.json');
      const text = bindingText(read, found);
      const none: Bindings = {
        places: {
          prompt: [],
          negative: [],
          seconds: [],
          frames: [],
          width: [],
          height: [],
          seed: [],
          firstFrame: [],
          lastFrame: [],
          references: [],
        },
      };
      assert.deepEqual(withBindingFile(read, none, text, file), found);
    });
  }

  it('names nodes by title or class, and by id only where these are not enough', () => {
    const { prompt, frames, seed } = JSON.parse(bindingText(workflow, inferred)) as Record<
      string,
      unknown
    >;
    assert.deepEqual(prompt, [{ node: 'CLIP Text Encode (Positive Prompt)', input: 'text' }]);
    assert.deepEqual(frames, [{ node: 'EmptyHunyuanLatentVideo', input: 'length' }]);
    assert.deepEqual(seed, [
      { node: '57', input: 'noise_seed' },
      { node: '58', input: 'noise_seed' },
    ]);
  });

  it('counts before what is inferred, and only for what it says', () => {
    const { places, fps, longest } = corrected(
      '\uFEFF{ "prompt": { "node": "7", "input": "text" }, "seed": [], "longest": 9 }',
    );
    assert.deepEqual(places.prompt, [{ node: '7', input: 'text' }]);
    assert.deepEqual(places.seed, []);
    assert.deepEqual(places.frames, inferred.places.frames);
    assert.deepEqual([fps, longest], [16, 9]);
  });

  for (const [text, words] of [
    ['[', /not JSON/],
    ['[]', /not JSON/],
    ['{ "promt": [] }', /no “promt”, only prompt,/],
    ['{ "prompt": ["6"] }', /list of places/],
    ['{ "prompt": [{ "node": "Prompt", "input": "text" }] }', /no node “Prompt”/],
    ['{ "prompt": [{ "node": "CLIPTextEncode", "input": "text" }] }', /several nodes/],
    ['{ "prompt": [{ "node": "6", "input": "words" }] }', /no input “words”/],
    ['{ "prompt": [{ "node": "6", "input": "constructor" }] }', /no input “constructor”/],
    ['{ "fps": "16" }', /number above 0/],
    ['{ "longest": 0 }', /number above 0/],
    ['{ "output": "Nobody" }', /no node “Nobody”/],
  ] as const) {
    it(`is told to be wrong, with its name and what to do, where it is ${text}`, () => {
      assert.throws(
        () => corrected(text),
        (error: { code: string; message: string }) => {
          assert.equal(error.code, 'bad-input');
          assert.match(error.message, words);
          assert.match(error.message, /a\.bindings\.json cannot be used.*delete it/);
          return true;
        },
      );
    });
  }
});
