import { ComfyUiStudio } from '../../../src/studios/comfyui.ts';
import { promptIdOf, seedOf } from '../../../src/studios/comfyui/filled-workflow.ts';
import { behavesLikeAStudio, request, type Moment } from './contract.ts';
import { objectInfo, wan } from './comfyui/sample-workflows.ts';

const workflow = JSON.stringify(wan);
const seed = seedOf(request.jobId);

/** The workflow with other values. */
function ordered(changed: Record<string, object>): unknown {
  const nodes = wan as Record<string, { class_type: string; inputs: object; _meta?: object }>;
  return Object.fromEntries(
    Object.entries(nodes).map(([id, { class_type, inputs, _meta = { title: class_type } }]) => [
      id,
      { class_type, inputs: { ...inputs, ...changed[id] }, _meta },
    ]),
  );
}

/** What the server's history has of `r-1`. */
function history({ phase, clip, reason }: Moment): unknown {
  const entry = (status: unknown, outputs: unknown = {}): unknown => ({
    'r-1': { prompt: [1, 'r-1', wan, {}, ['61']], outputs, status },
  });
  switch (phase) {
    case 'strange':
      return entry({ status_str: 'daydreaming', completed: false, messages: [] });
    case 'ready':
      return entry(
        { status_str: 'success', completed: true, messages: [] },
        {
          '61': {
            images: [{ filename: clip, subfolder: 'video', type: 'output' }],
            animated: [true],
          },
        },
      );
    case 'failed':
      return entry({
        status_str: 'error',
        completed: false,
        messages: [['execution_error', { node_id: '57', exception_message: reason }]],
      });
    case 'cancelled':
      return entry({
        status_str: 'error',
        completed: false,
        messages: [['execution_interrupted', { node_id: '57' }]],
      });
    default:
      return {};
  }
}

behavesLikeAStudio('comfyui', {
  make: (baseUrl, tools) =>
    new ComfyUiStudio({
      baseUrl,
      model: 'comfyui/wan.json',
      files: { read: (name) => Promise.resolve(name.endsWith('wan.json') ? workflow : undefined) },
      ...tools,
    }),
  basePath: '/comfy',
  key: { header: 'authorization', value: (key) => `Bearer ${key}` },
  isOrder: ({ method, url }) => method === 'POST' && url.endsWith('/prompt'),
  ordered: {
    prompt: ordered({
      '6': { text: request.prompt },
      '57': { noise_seed: seed },
      '58': { noise_seed: seed },
      // Eight seconds of 16 frames each, as near as steps of four and one more come.
      '59': { width: 480, height: 832, length: 129 },
    }),
    client_id: 'scenewright',
    prompt_id: promptIdOf(request.jobId),
  },
  accepted: () => ({ prompt_id: 'r-1', number: 1, node_errors: {} }),
  reply: ({ method, url }, moment) => {
    if (method === 'POST' && url === '/comfy/queue') return { body: {} };
    if (method !== 'GET') return undefined;
    if (url.startsWith('/comfy/view?')) return { isClip: true };
    if (url.startsWith('/comfy/object_info/')) {
      return { body: objectInfo[url.slice('/comfy/object_info/'.length)] ?? {} };
    }
    if (url === '/comfy/history/r-1') return { body: history(moment) };
    if (url !== '/comfy/queue') return undefined;
    const item = [1, 'r-1', wan, {}, ['61']];
    const isRunning = moment.phase === 'working';
    const isPending = moment.phase === 'queued';
    return {
      body: { queue_running: isRunning ? [item] : [], queue_pending: isPending ? [item] : [] },
    };
  },
  phases: ['ready', 'failed', 'cancelled', 'expired'],
  keepsClips: true,
  cancel: { method: 'POST', path: '/queue' },
});
