import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { clipPlaces, hasClip } from '../../../src/studios/clip-places.ts';
import { videoInText } from '../../../src/studios/clip-in-text.ts';

const clip = 'https://cdn.example/a.mp4';
const other = 'https://cdn.example/b.mp4';
const bare = 'https://cdn.example/files/17?X-Amz-Signature=ab%2Fc';
const base64 = mp4(2000).toString('base64');
const still = 'https://cdn.example/c.jpg';
const noEnding = 'https://cdn.example/still';

/** Finished renders as services document them or were seen to answer, and what has to be fetched. */
const bodies: readonly (readonly [service: string, body: unknown, wanted: string])[] = [
  ['kie.ai', { data: { resultJson: JSON.stringify({ resultUrls: [clip] }) } }, clip],
  ['kie.ai, Veo', { data: { response: { resultUrls: [bare], originUrls: [other] } } }, bare],
  ['302.ai', { data: { video: { url: clip, cover: still } } }, clip],
  ['AI/ML API', { id: 'x', video: { url: bare, content_type: 'video/mp4' } }, bare],
  ['CometAPI', { data: { status: 'SUCCESS', fail_reason: clip, progress: '100%' } }, clip],
  ['APIMart', { data: { result: { videos: [{ url: [clip], expires_at: 1 }] } } }, clip],
  ['new-api', { task_id: 't', status: 'succeeded', url: clip, metadata: { fps: 30 } }, clip],
  ['one-api', { data: { data: { output: { video_url: bare } } } }, bare],
  ['WaveSpeed', { data: { outputs: [clip], urls: { get: 'https://api.example/v3/x' } } }, clip],
  ['SiliconFlow', { results: { videos: [{ url: bare }], seed: 1 } }, bare],
  ['Novita', { task: { status: 'x' }, images: [], videos: [{ video_url: clip }] }, clip],
  ['DeepInfra', { video_url: '/model/inference/a.mp4', seed: 1 }, '/model/inference/a.mp4'],
  ['Together', { outputs: { cost: 1, video_url: bare } }, bare],
  ['Segmind', { video: base64, status: 'COMPLETED' }, base64],
  ['PiAPI', { data: { output: { works: [{ video: { resource: clip } }] } } }, clip],
  [
    'PiAPI, Kling',
    {
      data: {
        input: { image_url: still, video_url: other },
        output: {
          works: [
            {
              content_type: 'video',
              cover: { resource: still },
              video: { resource: other, resource_without_watermark: clip },
            },
          ],
        },
      },
    },
    clip,
  ],
  ['SGLang', { status: 'completed', url: null, file_path: '/out/a.mp4' }, '/out/a.mp4'],
  ['vLLM-Omni', { data: [{ b64_json: base64 }] }, base64],
  ['MiniMax', { file: { file_id: 1, filename: 'x.mp4', download_url: bare } }, bare],
  ['Vidu', { creations: [{ id: 'c', url: bare, cover_url: noEnding }] }, bare],
  ['Kling', { data: { task_result: { videos: [{ id: '1', url: bare, duration: '5' }] } } }, bare],
  ['DashScope', { output: { orig_prompt: clip, video_url: bare } }, bare],
  ['Ark', { content: { video_url: bare, last_frame_url: 'https://cdn.example/l' } }, bare],
  ['Runway', { id: 'r', status: 'SUCCEEDED', output: [bare] }, bare],
  ['Luma', { assets: { video: bare, image: noEnding, progress_video: null } }, bare],
  ['xAI', { video: { url: bare, duration: 8, respect_moderation: true } }, bare],
  ['grok2api', { video: { url: '/v1/videos/x/content' } }, '/v1/videos/x/content'],
  ['flow2api', { media: { name: 'm', encodedVideo: base64 } }, base64],
  ['Vertex', { response: { videos: [{ bytesBase64Encoded: base64 }] } }, base64],
  ['Gemini, Veo', { response: { generatedVideos: [{ video: { uri: bare } }] } }, bare],
  ['Zhipu', { video_result: [{ url: bare, cover_image_url: noEnding }] }, bare],
  ['TopView', { result: { previewVideoUrl: other, finishedVideoUrl: clip } }, clip],
  ['HeyGen', { data: { video_url: bare, thumbnail_url: noEnding, gif_url: other } }, bare],
  ['D-ID', { result_url: bare, source_url: other, audio_url: 'https://cdn.example/x' }, bare],
  ['PixVerse', { Resp: { id: 1, url: clip, status: 1 } }, clip],
  ['ModelsLab', { status: 'success', output: [clip], proxy_links: [other] }, clip],
  ['RunPod', { status: 'COMPLETED', output: `data:video/mp4;base64,${base64}` }, base64],
  ['Freepik', { data: { generated: [bare], status: 'COMPLETED' } }, bare],
  ['Tencent', { Response: { Status: 'DONE', ResultVideoUrl: bare } }, bare],
  ['Jimeng', { data: { resp_data: JSON.stringify({ urls: [clip], images: [still] }) } }, clip],
  ['Leonardo', { g: { images: [], generated: [{ id: 'x', motionMP4URL: clip }] } }, clip],
  ['Higgsfield', { jobs: [{ results: { min: { url: other }, raw: { url: clip } } }] }, clip],
  ['GeekAI', { task_status: 'success', video_result: [{ url: bare }] }, bare],
  ['Replicate', [still, clip], clip],
  ['fal', { video: { url: bare, file_name: 'output.mp4' }, thumbnail: { url: still } }, bare],
  ['Stability', { finish_reason: 'SUCCESS', video: base64, seed: 1 }, base64],
  [
    'Nova',
    {
      files: [
        { type: 'json', url: bare },
        { type: 'video', url: `${bare}&v` },
      ],
    },
    `${bare}&v`,
  ],
  ['previews', { previews: [{ url: 'https://cdn.example/p.webm' }], files: [still, clip] }, clip],
  ['without a scheme', { video_url: '//cdn.example/a.mp4' }, '//cdn.example/a.mp4'],
];

describe('where the clip is in an answer', () => {
  for (const [service, body, wanted] of bodies) {
    it(`is found in one of ${service}`, () => {
      const [first] = clipPlaces(body).places;
      const isInside = first?.kind === 'inside';
      assert.equal(isInside ? videoInText(first.value).toString('base64') : first?.value, wanted);
      assert.ok(hasClip(body));
    });
  }

  for (const body of [
    { input: { video_url: clip }, image_url: clip },
    { request: { video: clip }, params: { url: clip } },
    { status_url: clip, response_url: clip, urls: { get: clip }, webhook_url: clip },
    { cover: { url: still }, gif_url: 'https://cdn.example/a' },
    { error: { message: `See ${clip}` }, message: 'outputs/x.mp4' },
    { video: { content_type: 'video/mp4', file_name: 'a.mp4', size: '1280x720', ratio: '16:9' } },
    { video: null, output: [], url: '', result: 'AAAAIGZ0eXBpc29t' },
    { output: 'file:///tmp/x.mp4', url: 'gs://bucket/x.mp4', video: 's3://bucket/x.mp4' },
  ]) {
    it(`is nowhere in ${JSON.stringify(body)}`, () => {
      assert.deepEqual(clipPlaces(body), { places: [], clips: 0 });
    });
  }

  for (const [clips, body] of [
    [1, { video: { url: clip, download_url: other } }],
    [1, { output: [still, clip] }],
    [2, { output: [clip, other] }],
    [2, { data: { task_result: { videos: [{ url: clip }, { url: other }] } } }],
    [1, { videos: [{ url: [clip, other] }] }],
    [1, { results: [{ url: clip, preview_url: other }] }],
  ] as const) {
    it(`counts ${clips} in ${JSON.stringify(body)}`, () => {
      assert.equal(clipPlaces(body).clips, clips);
    });
  }

  it('is found wherever and however deep the address of a video is', () => {
    const wrapped = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 6 },
        fc.constant(clip),
        fc
          .constantFrom('data', 'result', 'Response', 'x1', 'video')
          .chain((name) => tie('value').map((value) => ({ [name]: value, image: still, id: 'x' }))),
        tie('value').map((value) => [value]),
      ),
    })).value;
    fc.assert(
      fc.property(wrapped, (body) => {
        assert.equal(clipPlaces(body).places[0]?.value, clip);
      }),
    );
  });

  it('is looked for within bounds', () => {
    const wide = Array.from({ length: 300 }, () => Array.from({ length: 300 }, () => clip));
    assert.ok(clipPlaces({ wide }).places.length <= 100);
    let deep: unknown = clip;
    for (let level = 0; level < 5000; level++) deep = { data: deep };
    assert.deepEqual(clipPlaces(deep).places, []);
  });
});
