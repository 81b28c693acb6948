import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ScenewrightError } from '../../../../src/base/errors.ts';
import { readApiWorkflow } from '../../../../src/studios/comfyui/api-workflow.ts';
import { pictureKeys, type Bindings } from '../../../../src/studios/comfyui/binding-keys.ts';
import { inferBindings } from '../../../../src/studios/comfyui/infer-bindings.ts';
import {
  animateDiff,
  cogVideo,
  forTheEditor,
  hunyuan,
  ltx,
  wan,
  wanWrapper,
} from './sample-workflows.ts';

const name = 'comfyui/a.json';

function infer(workflow: unknown): Bindings {
  return inferBindings(readApiWorkflow(JSON.stringify(workflow), name), name);
}

/** `node.input` of all places, to compare them at a glance; of pictures only those that there are. */
function told({ places, ...rest }: Bindings): unknown {
  const named = Object.entries(places)
    .filter(([key, list]) => list.length > 0 || !pictureKeys.some((one) => one === key))
    .map(([key, list]) => [key, list.map(({ node, input }) => `${node}.${input}`).join(' ')]);
  return { ...Object.fromEntries(named), ...rest };
}

describe('where things go in a workflow', () => {
  for (const [what, workflow, expected] of [
    [
      'Wan with two samplers',
      wan,
      {
        prompt: '6.text',
        negative: '7.text',
        seconds: '',
        frames: '59.length',
        width: '59.width',
        height: '59.height',
        seed: '57.noise_seed 58.noise_seed',
        fps: 16,
        longest: 5,
      },
    ],
    [
      'LTX-Video',
      ltx,
      {
        prompt: '6.text',
        negative: '7.text',
        seconds: '',
        frames: '70.length',
        width: '70.width',
        height: '70.height',
        seed: '72.noise_seed',
        fps: 25,
        longest: 5,
      },
    ],
    [
      'HunyuanVideo',
      hunyuan,
      {
        prompt: '44.text',
        negative: '',
        seconds: '',
        frames: '45.length',
        width: '45.width',
        height: '45.height',
        seed: '25.noise_seed',
        fps: 24,
        longest: 5,
      },
    ],
    [
      'AnimateDiff with frames put in between, and values in nodes of their own',
      animateDiff,
      {
        prompt: '10.value',
        negative: '4.text',
        seconds: '',
        frames: '5.batch_size',
        width: '5.width',
        height: '5.height',
        seed: '11.seed',
        fps: 8,
        longest: 5,
      },
    ],
    [
      'CogVideoX',
      cogVideo,
      {
        prompt: '30.prompt',
        negative: '31.prompt',
        seconds: '',
        frames: '63.num_frames',
        width: '70.width',
        height: '70.height',
        seed: '63.seed',
        fps: 8,
        longest: 6,
      },
    ],
    [
      'Wan with the nodes of its wrapper',
      wanWrapper,
      {
        prompt: '16.positive_prompt',
        negative: '16.negative_prompt',
        seconds: '',
        frames: '37.num_frames',
        width: '37.width',
        height: '37.height',
        seed: '27.seed',
        fps: 16,
        longest: 5,
      },
    ],
  ] as const) {
    it(`is found in that of ${what}, and by no id`, () => {
      assert.deepEqual(told(infer(workflow)), expected);
      // Under other ids, in another order, the same is found.
      const renamed = JSON.parse(
        JSON.stringify(Object.fromEntries(Object.entries(workflow).toReversed()))
          .replaceAll(/"(\d+)":/g, '"n$1":')
          .replaceAll(/\["(\d+)",/g, '["n$1",'),
      ) as unknown;
      const found = JSON.stringify(told(infer(renamed))).replaceAll(/n(\d+)\./g, '$1.');
      const { seed, ...others } = JSON.parse(found) as { seed: string };
      const { seed: expectedSeed, ...expectedOthers } = expected;
      assert.deepEqual(others, expectedOthers);
      assert.deepEqual(seed.split(' ').sort(), expectedSeed.split(' ').sort());
    });
  }

  it('is where titles say, before anything else', () => {
    const titled = {
      ...wan,
      '6': { ...(wan['6'] as object), _meta: { title: 'Anything' } },
      '90': {
        class_type: 'PrimitiveStringMultiline',
        inputs: { value: '' },
        _meta: { title: 'scenewright: prompt' },
      },
      '91': {
        class_type: 'PrimitiveFloat',
        inputs: { value: 5 },
        _meta: { title: 'Length SCENEWRIGHT:seconds' },
      },
      '92': {
        class_type: 'Size',
        inputs: { width: 640, height: 360 },
        _meta: { title: 'SCENEWRIGHT:width,height' },
      },
      '93': { class_type: 'SaveVideo', inputs: {}, _meta: { title: 'SCENEWRIGHT:output' } },
    };
    assert.deepEqual(told(infer(titled)), {
      prompt: '90.value',
      negative: '7.text',
      seconds: '91.value',
      frames: '',
      width: '92.width',
      height: '92.height',
      seed: '57.noise_seed 58.noise_seed',
      fps: 16,
      longest: 5,
      output: '93',
    });
  });

  it('is not guessed where several nodes might be meant', () => {
    const twice = {
      ...wan,
      '9': { class_type: 'CLIPTextEncode', inputs: { text: 'a dog' } },
      '58': { ...(wan['58'] as object), inputs: { positive: ['9', 0], negative: ['7', 0] } },
    };
    assert.deepEqual(infer(twice).places.prompt, []);
  });

  it('is not what a workflow works out by itself', () => {
    const computed = {
      ...wan,
      '59': {
        class_type: 'EmptyHunyuanLatentVideo',
        inputs: { width: 832, height: 480, length: ['94', 0] },
      },
      '94': { class_type: 'SimpleMath+', inputs: { value: 'a*16+1', a: ['95', 0], b: 3 } },
      '95': {
        class_type: 'PrimitiveInt',
        inputs: { value: 5 },
        _meta: { title: 'SCENEWRIGHT:seconds' },
      },
    };
    const { places } = infer(computed);
    assert.deepEqual(places.frames, []);
    assert.deepEqual(places.seconds, [{ node: '95', input: 'value' }]);
  });

  for (const [what, title, words] of [
    ['means nothing', 'SCENEWRIGHT:promt', /“promt”.*prompt, negative, seconds/],
    ['is on a node that has nothing of the kind', 'SCENEWRIGHT:prompt', /no input for that/],
  ] as const) {
    it(`is told to be wrong where a title ${what}`, () => {
      const wrong = { ...wan, '90': { class_type: 'Note', inputs: {}, _meta: { title } } };
      assert.throws(() => infer(wrong), { code: 'bad-input', message: words });
    });
  }

  it('says how to export a workflow that was saved for the editor of ComfyUI', () => {
    assert.throws(() => infer(forTheEditor), { code: 'bad-input', message: /Export \(API\)/ });
  });

  for (const text of [
    '',
    'null',
    '[]',
    '{}',
    '"a"',
    '{"1": 5}',
    '{"1": {"inputs": []}}',
    '{"a":',
  ]) {
    it(`takes ${JSON.stringify(text)} for no workflow`, () => {
      assert.throws(() => readApiWorkflow(text, name), {
        code: 'bad-input',
        message: /Export \(API\)/,
      });
    });
  }

  it('takes what is sent to the server for a workflow as well', () => {
    assert.deepEqual(told(infer({ prompt: wan, client_id: 'x' })), told(infer(wan)));
  });

  it('comes to an end with any workflow, however it is linked', () => {
    const ids = fc.constantFrom('1', '2', '3', '4', '__proto__', 'constructor');
    const link = fc.tuple(ids, fc.integer({ min: -1, max: 3 }));
    const inputs = fc.dictionary(
      fc.constantFrom(
        'positive',
        'negative',
        'conditioning',
        'text',
        'value',
        'width',
        'height',
        'length',
        'fps',
        'multiplier',
        'seed',
        'guider',
      ),
      fc.oneof(link, fc.string(), fc.double(), fc.jsonValue()),
    );
    const anyNode = fc.record({
      class_type: fc.constantFrom('CLIPTextEncode', 'KSampler', 'PrimitiveInt', 'RIFE VFI', 'X'),
      inputs,
      _meta: fc.record({ title: fc.constantFrom('a', 'SCENEWRIGHT:prompt', 'SCENEWRIGHT:fps') }),
    });
    fc.assert(
      fc.property(fc.dictionary(ids, anyNode, { minKeys: 1 }), (workflow) => {
        try {
          infer(workflow);
        } catch (error) {
          assert.ok(error instanceof ScenewrightError && error.code === 'bad-input', String(error));
        }
      }),
    );
  });
});
