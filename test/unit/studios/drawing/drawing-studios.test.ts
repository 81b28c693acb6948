import { json } from '../../net/loopback.ts';
import { drawsLikeAStudio } from './drawing-contract.ts';

drawsLikeAStudio({
  provider: 'openai-images',
  model: 'gpt-image-2',
  basePath: '/v1',
  key: { header: 'authorization', value: (key) => `Bearer ${key}` },
  isOrder: ({ method }) => method === 'POST',
  answer: (_asked, response, { whim, picture }) => {
    if (whim === 'declines') {
      const message = 'Your request was rejected by the safety system.';
      json(response, { error: { message, code: 'moderation_blocked' } }, 400);
    } else if (whim === 'draws') {
      json(response, { created: 1, data: [{ b64_json: picture.toString('base64') }] });
    } else json(response, { created: 1, data: [] });
  },
  declines: /rejected by the safety system/,
});

drawsLikeAStudio({
  provider: 'openrouter',
  model: 'bytedance-seed/seedream-4.5',
  basePath: '/api/v1',
  key: { header: 'authorization', value: (key) => `Bearer ${key}` },
  isOrder: ({ method, url }) => method === 'POST' && url === '/api/v1/images',
  answer: ({ method }, response, { whim, picture }) => {
    if (method === 'GET') {
      json(response, { data: [] });
    } else if (whim === 'declines') {
      const message = 'Your chosen model requires moderation and your input was flagged';
      json(response, { error: { code: 403, message, metadata: { reasons: ['violence'] } } }, 403);
    } else if (whim === 'draws') {
      const data = [{ b64_json: picture.toString('base64'), media_type: 'image/png' }];
      json(response, { created: 1, data, usage: { cost: 0.04 } });
    } else json(response, { created: 1, data: [{ b64_json: 'PHN2Zy8+' }] });
  },
  declines: /your input was flagged/,
});

drawsLikeAStudio({
  provider: 'gemini',
  model: 'gemini-nano-banana-2.1',
  basePath: '/v1beta',
  key: { header: 'x-goog-api-key', value: (key) => key },
  isOrder: ({ method }) => method === 'POST',
  answer: (_asked, response, { whim, picture }) => {
    const inlineData = { mimeType: 'image/png', data: picture.toString('base64') };
    if (whim === 'declines') {
      json(response, { promptFeedback: { blockReason: 'PROHIBITED_CONTENT' } });
    } else if (whim === 'draws') {
      const parts = [{ text: 'Here it is.' }, { inlineData }];
      json(response, { candidates: [{ content: { parts }, finishReason: 'STOP' }] });
    } else json(response, { candidates: [{ finishReason: 'NO_IMAGE' }] });
  },
  declines: /PROHIBITED_CONTENT/,
});

drawsLikeAStudio({
  provider: 'fal',
  model: 'google/nano-banana-2.1',
  basePath: '',
  key: { header: 'authorization', value: (key) => `Key ${key}` },
  isOrder: ({ method }) => method === 'POST',
  answer: ({ method, url }, response, { whim, picture, url: origin }) => {
    const run = '/google/nano-banana-2.1/requests/r-1';
    if (method === 'POST') {
      json(response, {
        status: 'IN_QUEUE',
        request_id: 'r-1',
        response_url: `${origin}${run}`,
        status_url: `${origin}${run}/status`,
        cancel_url: `${origin}${run}/cancel`,
      });
    } else if (url === `${run}/status`) {
      json(response, { status: 'COMPLETED' });
    } else if (url === '/files/drawn.png') {
      response.writeHead(200, { 'content-type': 'image/png' }).end(picture);
    } else if (url !== run) {
      json(response, {}, 404);
    } else if (whim === 'declines') {
      const msg = 'The content could not be processed because it was flagged by a content checker.';
      json(response, { detail: [{ loc: ['body', 'prompt'], msg, type: 'content_policy' }] }, 422);
    } else if (whim === 'draws') {
      json(response, { images: [{ url: `${origin}/files/drawn.png` }], description: '' });
    } else json(response, { images: [], description: 'Here it is.' });
  },
  declines: /flagged by a content checker/,
});
