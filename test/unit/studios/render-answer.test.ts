import assert from 'node:assert/strict';
import { clipPlaces, hasClip } from '../../../src/studios/clip-places.ts';
import {
  idIn,
  renderStanding,
  saysError,
  wordsIn,
  type RenderStanding,
} from '../../../src/studios/render-answer.ts';

const clip = 'https://cdn.example/a.mp4';
const signed = 'https://cdn.example/a?X-Sig=%2F';

/** Answers as services document them or were seen to give: what they say, and where the clip is. */
const bodies: readonly (readonly [unknown, RenderStanding, string?])[] = [
  // The /v1/videos protocol and its dialects.
  [{ id: 'v', status: 'queued', progress: 0 }, 'rendering'],
  [{ id: 'v', status: 'in_progress' }, 'rendering'],
  [{ id: 'v', status: 'completed' }, 'ready'],
  [{ id: 'v', status: 'completed', video_url: clip }, 'ready', clip],
  [{ id: 'v', status: 'completed', url: signed }, 'ready', signed],
  [{ id: 'v', status: 'failed', error: { code: 'x', message: 'Too dark.' } }, 'failed'],
  [{ code: 'success', data: { status: 'NOT_START' } }, 'rendering'],
  [{ code: 'success', message: '', data: { status: 'SUCCESS', result_url: clip } }, 'ready', clip],
  [{ code: 'success', data: { status: 'succeeded', url: clip, error: null } }, 'ready', clip],
  [{ code: 'success', data: { status: 'FAILURE', fail_reason: 'Too dark.' } }, 'failed'],
  [{ status: 'success', data: { status: 'processing' } }, 'rendering'],
  [{ status: 'done', video: { url: clip, duration: 5 } }, 'ready', clip],
  [{ status: 'pending' }, 'rendering'],
  [{ video: { url: clip }, model: 'grok-imagine-video' }, 'untold', clip],
  [{ status: 'completed', output: [clip] }, 'ready', clip],
  [{ status: 'completed', output: clip }, 'ready', clip],
  [{ status: 'completed', data: [{ url: clip }] }, 'ready', clip],
  [{ created: 1, data: [{ url: clip }] }, 'untold', clip],
  // Kling, alone and through Baidu.
  [{ code: 0, message: 'SUCCEED', data: { task_id: 't', task_status: 'submitted' } }, 'rendering'],
  [{ code: 0, data: { task_status: 'processing', task_result: { videos: [] } } }, 'rendering'],
  [
    {
      code: 0,
      data: { task_status: 'succeed', task_result: { videos: [{ id: '1', url: clip }] } },
    },
    'ready',
    clip,
  ],
  [{ code: 0, data: { task_status: 'failed', task_status_msg: 'Too dark.' } }, 'failed'],
  // DashScope.
  [{ request_id: 'q', output: { task_id: 't', task_status: 'PENDING' } }, 'rendering'],
  [{ output: { task_id: 't', task_status: 'SUCCEEDED', video_url: signed } }, 'ready', signed],
  [{ output: { task_id: 't', task_status: 'FAILED', message: 'Too dark.' } }, 'failed'],
  [{ output: { task_id: 't', task_status: 'CANCELED' } }, 'cancelled'],
  [{ output: { task_id: 't', task_status: 'UNKNOWN' } }, 'untold'],
  // Ark.
  [{ id: 'cgt-1', status: 'running', content: null }, 'rendering'],
  [{ id: 'cgt-1', status: 'succeeded', content: { video_url: signed } }, 'ready', signed],
  [{ id: 'cgt-1', status: 'expired' }, 'expired'],
  // MiniMax.
  [{ task_id: 't', status: 'Preparing', base_resp: { status_code: 0 } }, 'rendering'],
  [{ task_id: 't', status: 'Queueing' }, 'rendering'],
  [{ task_id: 't', status: 'Success', file_id: '205' }, 'ready'],
  [{ task_id: 't', status: 'Fail', base_resp: { status_code: 1027 } }, 'failed'],
  [{ file: { file_id: 1, download_url: clip }, base_resp: { status_code: 0 } }, 'untold', clip],
  // Vidu.
  [{ id: 't', state: 'queueing' }, 'rendering'],
  [
    {
      id: 't',
      state: 'success',
      creations: [{ url: clip, cover_url: 'https://cdn.example/c.jpg' }],
    },
    'ready',
    clip,
  ],
  // Runway, Luma, Replicate, fal.
  [{ id: 't', status: 'THROTTLED' }, 'rendering'],
  [{ id: 't', status: 'SUCCEEDED', output: [signed] }, 'ready', signed],
  [{ id: 't', status: 'FAILED', failure: 'x', failureCode: 'SAFETY' }, 'failed'],
  [{ id: 't', state: 'dreaming' }, 'rendering'],
  [{ id: 't', state: 'completed', assets: { video: clip } }, 'ready', clip],
  [{ id: 't', status: 'starting', input: { video_url: clip } }, 'rendering'],
  [
    { id: 't', status: 'succeeded', output: clip, urls: { get: 'https://a.example' } },
    'ready',
    clip,
  ],
  [{ status: 'IN_QUEUE', queue_position: 3 }, 'rendering'],
  [{ video: { url: clip, content_type: 'video/mp4' }, seed: 1 }, 'untold', clip],
  // Google's operations.
  [{ name: 'operations/1', metadata: {} }, 'untold'],
  [{ name: 'operations/1', done: false }, 'rendering'],
  [
    {
      done: true,
      response: { generateVideoResponse: { generatedSamples: [{ video: { uri: signed } }] } },
    },
    'ready',
    signed,
  ],
  [{ done: true, error: { code: 3, message: 'Too dark.' } }, 'failed'],
  // kie.ai and its like.
  [{ code: 200, msg: 'success', data: { successFlag: 0 } }, 'rendering'],
  [{ code: 200, data: { successFlag: 1, response: { resultUrls: [clip] } } }, 'ready', clip],
  [{ code: 200, data: { successFlag: 3, errorMessage: 'Too dark.' } }, 'failed'],
  [
    { code: 200, data: { state: 'success', resultJson: JSON.stringify({ resultUrls: [clip] }) } },
    'ready',
    clip,
  ],
  [{ code: 200, data: { state: 'fail', failMsg: 'Too dark.' } }, 'failed'],
  // HeyGen, Black Forest Labs, Together, others.
  [{ code: 100, data: { status: 'waiting' } }, 'rendering'],
  [{ status: 'Ready', result: { sample: 'x' } }, 'ready'],
  [{ status: 'Request Moderated' }, 'failed'],
  [{ status: 'Content Moderated' }, 'failed'],
  [{ status: 'Task not found' }, 'unknown'],
  [{ status: 'TASK_STATUS_SUCCEED', videos: [{ video_url: clip }] }, 'ready', clip],
  [{ task: { status: 'TASK_STATUS_QUEUED' } }, 'rendering'],
  [{ status: 'GENERATION_SUCCESSFUL' }, 'ready'],
  [{ status: 'finished', files: ['https://cdn.example/a.json', clip] }, 'ready', clip],
  [{ status: 'aborted' }, 'failed'],
  [{ status: 'timeout' }, 'failed'],
  [{ status: 'blocked' }, 'failed'],
  [{ status: 'incomplete' }, 'failed'],
  [{ status: 'NotStarted' }, 'rendering'],
  [{ status: 'not_ready' }, 'rendering'],
  [{ status: 'polishing' }, 'untold'],
  [{ status: 99 }, 'untold'],
  [{}, 'untold'],
];

describe('what services say of a render', () => {
  for (const [body, standing, address] of bodies) {
    it(`${JSON.stringify(body)} is ${standing}`, () => {
      assert.equal(renderStanding(body), standing);
      assert.equal(clipPlaces(body).places[0]?.value, address);
      // What tells how it stands is no error of the asking; and a clip without a word is finished.
      if (standing === 'untold') assert.equal(hasClip(body), address !== undefined);
      assert.ok(standing !== 'untold' || !saysError(body));
      if (JSON.stringify(body).includes('Too dark')) assert.equal(wordsIn(body), 'Too dark.');
    });
  }

  for (const body of [
    { code: 500, msg: 'Too dark.', data: {} },
    { code: 422, msg: 'Too dark.', data: null },
    { code: 'invalid_request', message: 'Too dark.' },
    { error: 'Too dark.' },
    { error: { message: 'Too dark.', type: 'x' } },
    { errors: [{ message: 'Too dark.' }] },
    { success: false, message: 'Too dark.' },
    { base_resp: { status_code: 1004, status_msg: 'Too dark.' } },
    { ErrCode: 500, ErrMsg: 'Too dark.' },
    { detail: 'Too dark.' },
  ]) {
    it(`${JSON.stringify(body)} is an error in the service's words`, () => {
      assert.equal(renderStanding(body), 'untold');
      assert.ok(saysError(body) && !hasClip(body));
      assert.equal(wordsIn(body), 'Too dark.');
    });
  }

  for (const [body, id] of [
    [{ id: 'a' }, 'a'],
    [{ request_id: 'a' }, 'a'],
    [{ request_id: 'q', output: { task_id: 'a', task_status: 'PENDING' } }, 'a'],
    [{ code: 0, request_id: 'q', data: { task_id: 'a' } }, 'a'],
    [{ code: 200, msg: 'success', data: { taskId: 'a' } }, 'a'],
    [{ data: { id: 'a' } }, 'a'],
    [{ data: [{ id: 'a' }] }, 'a'],
    [{ code: 'success', data: 'task-123' }, 'task-123'],
    [{ ErrCode: 0, Resp: { video_id: 17 } }, '17'],
    [{ task_id: 'a', base_resp: { status_code: 0 } }, 'a'],
    [{ code: 500, msg: 'No.', data: {} }, undefined],
    [{ code: 'InvalidParameter', message: 'No.', request_id: 'q' }, undefined],
    [{ data: 'not a name' }, undefined],
  ] as const) {
    it(`${JSON.stringify(body)} names ${id ?? 'no render'}`, () => {
      assert.equal(idIn(body), id);
    });
  }
});
