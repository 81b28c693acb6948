import { parsedJson } from '../base/parsed-json.ts';
import { field, text } from './answer.ts';

/** Places where services put a finished clip, the most telling first. */
const places = [
  'video_url',
  'videoUrl',
  'video_urls',
  'videoUrls',
  'video',
  'videos',
  'result_url',
  'resultUrl',
  'result_urls',
  'resultUrls',
  'output_url',
  'outputUrl',
  'download_url',
  'downloadUrl',
  'file_url',
  'unsigned_urls',
  'url',
  'uri',
  'output',
  'outputs',
  'result',
  'results',
  'task_result',
  'resultJson',
  'info',
  'data',
  'Data',
  'Resp',
  'response',
  'content',
  'task',
  'generation',
  'generations',
  'generateVideoResponse',
  'generatedSamples',
  'generatedVideos',
  'generated_videos',
  'creations',
  'works',
  'artifacts',
  'assets',
  'media',
  'files',
  'file',
  'resource',
  'metadata',
];

/** How deep a clip is looked for; seven levels were seen. */
const deepest = 8;

/** No answer names more; what is longer is no answer. */
const mostAddresses = 100;

interface Found {
  readonly address: string;
  /** Whether its name, place or type says that it is a video. */
  readonly isVideo: boolean;
}

const videoEnding = /\.(mp4|m4v|mov|webm|mkv)$/i;
const otherEnding =
  /\.(jpe?g|png|webp|gif|avif|mp3|wav|m4a|aac|ogg|flac|json|txt|srt|vtt|zip|html?|ply|glb|safetensors)$/i;

/** The addresses of the clip in an answer, the likeliest first; none where there is no clip in it. */
export function clipAddresses(answer: unknown): readonly string[] {
  const found = foundIn(answer);
  const rank = ({ address, isVideo }: Found): number =>
    videoEnding.test(new URL(address).pathname) ? 0 : isVideo ? 1 : 2;
  const likeliest = [...found].sort((a, b) => rank(a) - rank(b));
  return [...new Set(likeliest.map(({ address }) => address))];
}

/** Whether an answer names what can only be a finished clip. */
export function hasClip(answer: unknown): boolean {
  return foundIn(answer).some(({ isVideo }) => isVideo);
}

function foundIn(answer: unknown): readonly Found[] {
  const found: Found[] = [];
  const look = (value: unknown, place: string, isTyped: boolean, depth: number): void => {
    if (depth > deepest || found.length >= mostAddresses) return;
    if (typeof value === 'string') {
      const inner = place === 'resultJson' ? parsedJson(value) : undefined;
      if (inner !== undefined) look(inner, place, isTyped, depth + 1);
      else note(value, place, isTyped);
    } else if (Array.isArray(value)) {
      for (const one of value.slice(0, mostAddresses)) look(one, place, isTyped, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      const type = typeOf(value);
      if (type === 'other') return;
      for (const name of places) {
        look(
          field(value, name),
          name,
          isTyped || type === 'video' || /video/i.test(name),
          depth + 1,
        );
      }
    }
  };
  const note = (value: string, place: string, isTyped: boolean): void => {
    if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) return;
    const { pathname } = new URL(value);
    if (otherEnding.test(pathname)) return;
    // `url` alone may as well lead to the task itself.
    const isNamed = isTyped || /video|result|output|download/i.test(place);
    found.push({ address: value, isVideo: isNamed || videoEnding.test(pathname) });
  };
  look(answer, 'output', false, 0);
  return found;
}

/** What an entry among several files says that it is. */
function typeOf(entry: object): 'video' | 'other' | 'untold' {
  for (const name of ['content_type', 'contentType', 'mime_type', 'mimeType', 'type']) {
    const said = text(field(entry, name))?.toLowerCase() ?? '';
    if (/^(video|mp4)/.test(said)) return 'video';
    if (/^(image|audio|text|thumbnail|cover|last_frame)/.test(said)) return 'other';
  }
  return 'untold';
}
