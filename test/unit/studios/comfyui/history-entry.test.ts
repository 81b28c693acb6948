import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readHistoryEntry, fileOf } from '../../../../src/studios/comfyui/history-entry.ts';
import { workflowIn } from '../../../../src/studios/comfyui/api-workflow.ts';
import { nodeErrorWords, nodeErrorsIn } from '../../../../src/studios/comfyui/node-errors.ts';
import { wan } from './sample-workflows.ts';

const file = (filename: string, type = 'output'): unknown => ({ filename, subfolder: '', type });
const entry = (outputs: unknown): unknown => ({
  prompt: [
    1,
    'r-1',
    { ...wan, '70': { class_type: 'VideoUpscale', inputs: { video: ['61', 0] } } },
  ],
  outputs,
  status: { status_str: 'success', completed: true, messages: [] },
});
const found = (outputs: unknown, output?: string): string | undefined =>
  fileOf('video', readHistoryEntry(entry(outputs)), output)?.filename;

describe('what a run of a workflow has made', () => {
  for (const name of ['a.mp4', 'a.WEBM', 'a.mkv', 'a.mov']) {
    it(`is the video ${name}, under whichever key a node puts it`, () => {
      for (const key of ['images', 'gifs', 'video', 'anything']) {
        const others = { images: [file('first.png')], text: ['words'], animated: [true] };
        assert.equal(found({ '8': others, '61': { [key]: [file(name)] } }), name);
      }
    });
  }

  it('is no picture, also where it moves', () => {
    assert.equal(
      found({ '61': { images: [file('a.webp'), file('b.gif')], animated: [true] } }),
      undefined,
    );
  });

  it('is what is kept, before what is only shown on the way', () => {
    const outputs = {
      '60': { gifs: [file('kept.mp4')] },
      '70': { gifs: [file('shown.mp4', 'temp')] },
    };
    assert.equal(found(outputs), 'kept.mp4');
  });

  it('is the last one in the workflow, or that of the node that was named', () => {
    const outputs = { '61': { images: [file('raw.mp4')] }, '70': { images: [file('large.mp4')] } };
    assert.equal(found(outputs), 'large.mp4');
    assert.equal(found(outputs, '61'), 'raw.mp4');
  });

  it('is told by servers of 2023 that say no more than that', () => {
    const { standing } = readHistoryEntry({ outputs: { '61': { gifs: [file('a.mp4')] } } });
    assert.equal(standing, 'done');
  });

  it('may be anything', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (outputs, status, prompt) => {
        const read = readHistoryEntry({ outputs, status, prompt: [1, 'r-1', prompt] });
        fileOf('video', read, '61');
      }),
    );
  });
});

describe('what a server finds wrong with a workflow', () => {
  const workflow = workflowIn(wan);
  const fault = (details: string): unknown => ({
    errors: [{ type: 'value_not_in_list', message: 'Value not in list', details }],
    class_type: 'UNETLoader',
  });

  it('is told of the first few nodes, with their titles, and without the list of all files', () => {
    const details = `unet_name: 'a' not in [${"'b', ".repeat(500)}]`;
    const errors = Object.fromEntries(['37', '56', '57', '58'].map((id) => [id, fault(details)]));
    const words = nodeErrorWords({ error: { message: 'x' }, node_errors: errors }, workflow) ?? '';
    assert.match(words, /^“Load Diffusion Model”: Value not in list: unet_name: 'a' not in/);
    assert.match(words, /; and 1 more$/);
    assert.ok(words.length < 1000);
  });

  it('is told as well where the answer is too long to be read whole', () => {
    const body = JSON.stringify({
      error: {},
      node_errors: { '37': fault("unet_name: 'a' not in [") },
    });
    assert.match(nodeErrorsIn(body.slice(0, -20), workflow) ?? '', /unet_name: 'a' not in/);
  });

  it('is nothing where it finds nothing, or says anything else', () => {
    assert.equal(nodeErrorWords({ prompt_id: 'r-1', node_errors: {} }, workflow), undefined);
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        nodeErrorWords(body, workflow);
        nodeErrorsIn(JSON.stringify(body), workflow);
      }),
    );
  });
});
