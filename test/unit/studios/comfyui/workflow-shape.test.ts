import assert from 'node:assert/strict';
import fc from 'fast-check';
import { field } from '../../../../src/studios/answer.ts';
import { readApiWorkflow } from '../../../../src/studios/comfyui/api-workflow.ts';
import { withBindingFile } from '../../../../src/studios/comfyui/binding-file.ts';
import { filledWorkflow } from '../../../../src/studios/comfyui/filled-workflow.ts';
import { inferBindings } from '../../../../src/studios/comfyui/infer-bindings.ts';
import {
  framesFor,
  shapeOf,
  sizeFor,
  type BoundWorkflow,
  type InputInfo,
} from '../../../../src/studios/comfyui/workflow-shape.ts';
import { aspects } from '../../../../src/script/script-model.ts';
import { request } from '../contract.ts';
import { animateDiff, cogVideo, hunyuan, ltx, objectInfo, wan } from './sample-workflows.ts';

const name = 'comfyui/a.json';
const told: InputInfo = (classType, input) =>
  field(objectInfo[classType], classType, 'input', 'required', input);
const nothing: InputInfo = () => undefined;

/** @param file the file of bindings, where there is one */
function bind(json: unknown, file?: object): BoundWorkflow {
  const workflow = readApiWorkflow(JSON.stringify(json), name);
  const inferred = inferBindings(workflow, name);
  const bindings =
    file === undefined
      ? inferred
      : withBindingFile(workflow, inferred, JSON.stringify(file), 'a.bindings.json');
  return { name, workflow, bindings };
}

describe('what a workflow can do', () => {
  for (const [what, workflow, seconds, frames] of [
    ['Wan, in steps of four', wan, [1, 2, 3, 4, 5], 81],
    ['LTX-Video, in steps of eight', ltx, [1, 2, 3, 4, 5], 129],
    ['HunyuanVideo', hunyuan, [1, 2, 3, 4, 5], 121],
    [
      'AnimateDiff, in single pictures before others are put in between',
      animateDiff,
      [1, 2, 3, 4, 5],
      40,
    ],
    ['CogVideoX, up to its own length', cogVideo, [1, 2, 3, 4, 5, 6], 41],
  ] as const) {
    it(`is told of ${what}`, () => {
      const shape = shapeOf(bind(workflow), told, [8]);
      assert.deepEqual([shape.seconds, shape.aspects, shape.note], [seconds, aspects, undefined]);
      assert.deepEqual(shape.price, { currency: 'USD', perClip: 0, perSecond: 0 });
      assert.equal(framesFor(bind(workflow), told, 5), frames);
    });
  }

  it('never asks for frames that a model does not take', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          [wan, 4] as const,
          [ltx, 8] as const,
          [hunyuan, 4] as const,
          [cogVideo, 4] as const,
        ),
        fc.constantFrom(told, nothing),
        fc.integer({ min: 1, max: 60 }),
        ([workflow, step], info, seconds) => {
          const bound = bind(workflow);
          const frames = framesFor(bound, info, seconds);
          assert.equal(frames % step, 1);
          assert.ok(frames >= 1);
          const off = Math.abs(frames - seconds * (bound.bindings.fps ?? 0));
          assert.ok(off <= step / 2 || frames === 1, `${seconds} s are ${frames} frames`);
        },
      ),
    );
  });

  it('is no more than what the server takes', () => {
    const few: InputInfo = () => ['INT', { min: 1, max: 41, step: 4 }];
    assert.deepEqual(shapeOf(bind(wan), few, [8]).seconds, [1, 2]);
    assert.equal(framesFor(bind(wan), few, 5), 41);
  });

  it('is the workflow’s own length where there is no input for it, and that is said', () => {
    const { seconds, note } = shapeOf(bind(wan, { frames: [] }), told, [8]);
    assert.deepEqual(seconds, [5]);
    assert.match(note ?? '', /a\.json has no input for the length: its clips are 5 s long/);
  });

  it('is what the setting says where nothing tells the length, with what to do about it', () => {
    const silent = { '1': { class_type: 'TextToVideo', inputs: { prompt: 'a cat' } } };
    const { seconds, note, aspects: shapes } = shapeOf(bind(silent), nothing, [4, 8]);
    assert.deepEqual([seconds, shapes], [[4, 8], aspects]);
    assert.match(note ?? '', /SCENEWRIGHT:seconds/);
  });

  it('is the workflow’s own shape where there are no inputs for the size, and that is said', () => {
    const { aspects: shapes, note } = shapeOf(bind(wan, { width: [], height: [] }), told, [8]);
    assert.deepEqual(shapes, ['16:9']);
    assert.match(note ?? '', /832 × 480/);
  });

  it('is a choice of lengths where a node has one', () => {
    const choice = {
      '1': { class_type: 'Kling', inputs: { prompt: 'a cat', duration: 5 } },
    };
    const info: InputInfo = (_class, input) => (input === 'duration' ? [['5', '10']] : undefined);
    assert.deepEqual(shapeOf(bind(choice), info, [8]).seconds, [5, 10]);
  });

  it('is longer or shorter where the file of bindings says so', () => {
    assert.deepEqual(
      shapeOf(bind(wan, { longest: 8 }), told, [8]).seconds,
      [1, 2, 3, 4, 5, 6, 7, 8],
    );
    assert.equal(framesFor(bind(wan, { fps: 24, frameStep: 6 }), told, 5), 121);
  });

  it('takes a seed and what is not to be seen where there are places for them', () => {
    assert.deepEqual(shapeOf(bind(wan), told, [8]).takes, { seed: true, negativePrompt: true });
    assert.deepEqual(shapeOf(bind(hunyuan), told, [8]).takes, {
      seed: true,
      negativePrompt: false,
    });
    const choices = { seed: 7, negativePrompt: 'fog' };
    const nodes = filledWorkflow(bind(wan), told, { ...request, choices });
    assert.equal(field(nodes, '57', 'inputs', 'noise_seed'), 7);
    assert.equal(field(nodes, '7', 'inputs', 'text'), 'fog');
  });

  it('is another picture with each order, and the same with the same one', () => {
    const seed = (jobId: string): unknown =>
      field(filledWorkflow(bind(wan), told, { ...request, jobId }), '57', 'inputs', 'noise_seed');
    assert.equal(seed('a'), seed('a'));
    assert.notEqual(seed('a'), seed('b'));
  });

  it('leaves everything else in a workflow as it is', () => {
    const nodes = filledWorkflow(bind(ltx), told, request);
    for (const [id, { inputs }] of Object.entries(ltx as Record<string, { inputs: object }>)) {
      if (!['6', '70', '72'].includes(id)) assert.deepEqual(field(nodes, id, 'inputs'), inputs, id);
    }
  });

  it('has as many pixels in any shape, in the workflow’s own multiples', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 64 }),
        fc.integer({ min: 16, max: 64 }),
        fc.constantFrom(...aspects),
        (wide, high, aspect) => {
          const own = { width: wide * 32, height: high * 32 };
          const { width, height } = sizeFor(own, aspect);
          assert.deepEqual([width % 32, height % 32], [0, 0]);
          const pixels = (width * height) / (own.width * own.height);
          assert.ok(pixels > 0.85 && pixels < 1.15, `${pixels}`);
          assert.deepEqual(sizeFor({ width, height }, aspect), { width, height });
        },
      ),
    );
    assert.deepEqual(sizeFor({ width: 832, height: 480 }, '9:16'), { width: 480, height: 832 });
    assert.deepEqual(sizeFor({ width: 832, height: 480 }, '16:9'), { width: 832, height: 480 });
  });
});
