import { parsedJson } from '../base/parsed-json.ts';
import { text } from './answer.ts';
import { isVideoInText } from './clip-in-text.ts';

/**
 * Where the clip is in an answer. Services put it under some hundred names, so it is not looked for by
 * a list of them: everything is looked at but what is known to be something else, and the likeliest
 * goes first. Pure. Read from the documentation and the public sources of some fifty services and gateways in
 * November 2026; see the table in its test.
 */
export interface ClipPlace {
  /** An address as it stands, `whole` on the web or relative to the service; or the clip itself, as text. */
  readonly kind: 'whole' | 'relative' | 'inside';
  readonly value: string;
  /** Whether its name, place or type says that it is a video. */
  readonly isVideo: boolean;
  /** Whether it is less than the clip: a preview, or with a mark in it. */
  readonly isAside: boolean;
}

export interface ClipPlaces {
  /** The likeliest first. */
  readonly places: readonly ClipPlace[];
  /** How many clips there are where the first one is. */
  readonly clips: number;
}

/** How deep a clip is looked for; seven levels were seen. */
const deepest = 10;

/** No answer has more in it; what is larger is no answer. */
const mostFields = 5000;
const mostPlaces = 100;

/** Fields that hold what was handed in, what leads elsewhere, or what is no video; see {@link plain}. */
const otherField =
  /^(inputs?|requests?|req|params?|parameters|payload|arguments|config|options|settings|webhooks?.*|callbacks?.*|links?|logs?|docs?|metrics|usage|user.*|get|cancel|stop|self|web|status.*|state|response_?url|polling_?url|query_?url|fetch.*|name|file_?name|title|id|.*_id|negative.*|model.*|err.*|message|msg|schema)$|prompt|input|upload|reference|(^|_)source|(^|_)orig(in|inal)(_|$)|cover|poster|thumb|avatar|(first|last|start|end)_(frame|image)|gif|audio|music|voice|speech|subtitle|transcript|srt$|vtt$|last_frame/;

/** A still may be of a video; a field of stills is none. */
const stillField = /image|img|picture|photo|icon|logo|frame/;

/** Less than the clip, whatever else there is. */
const asideField =
  /preview|water_?marke?d?(_|$)|low_?res|(^|_)(low|min|mini|draft|progress|stream|streaming|hls|proxy)(_|$)/;

const withoutMark = /(without|no|non|remove|un)_?water_?mark/;

const videoField = /video|movie|film|clip|mp4|creation/;
const resultField = /result|output|download|generat|finished|final/;
const addressField =
  /url|uri|href|path|link|src|address|resource|file|video|output|result|download|content/;

/** Fields that may say why it failed; some gateways have the address there once it has not. */
const wordsThatLead = /^(fail_?reason|message|msg)$/;

const videoEnding = /\.(mp4|m4v|mov|webm|mkv)$/i;
const otherEnding =
  /\.(jpe?g|png|webp|gif|avif|bmp|svg|mp3|wav|m4a|aac|ogg|flac|json|txt|srt|vtt|zip|html?|ply|glb|safetensors|m3u8|mpd)$/i;

/** What is around a field that says something about it. */
interface Around {
  /** As the answer spells it, in one spelling; see {@link plain}. */
  readonly name: string;
  readonly isVideo: boolean;
  readonly isAside: boolean;
  /** Whether it is named as the one without a mark, beside one that has it. */
  readonly isUnmarked: boolean;
  /** The list that it is in, and its position there. */
  readonly list: object | undefined;
  readonly index: number;
  readonly depth: number;
}

interface Found extends ClipPlace {
  readonly isUnmarked: boolean;
  readonly list: object | undefined;
  readonly index: number;
}

/** Where the clip of an answer is; nowhere where there is none in it. */
export function clipPlaces(answer: unknown): ClipPlaces {
  const found = new Search().find(answer);
  const likeliest = [...found].sort((a, b) => rankOf(a) - rankOf(b));
  const [first] = likeliest;
  const beside = found.filter(({ list, isVideo }) => isVideo && list === first?.list);
  const clips = first?.list === undefined ? 1 : new Set(beside.map(({ index }) => index)).size;
  const seen = new Set<string>();
  const places = likeliest.filter(({ value }) => !seen.has(value) && seen.add(value));
  return { places, clips: first === undefined ? 0 : Math.max(1, clips) };
}

/** Whether an answer names what can only be a finished clip. */
export function hasClip(answer: unknown): boolean {
  return clipPlaces(answer).places.some(({ isVideo }) => isVideo);
}

/** What is surely a video goes before what may be one, and the clip before what is less. */
function rankOf({ kind, value, isVideo, isAside, isUnmarked }: Found): number {
  const path = pathOf(value);
  const likelihood = /\.mp4$/i.test(path) ? 0 : videoEnding.test(path) ? 1 : isVideo ? 2 : 3;
  return (isAside ? 20 : 0) - (isUnmarked ? 5 : 0) + (kind === 'relative' ? 10 : 0) + likelihood;
}

class Search {
  private readonly found: Found[] = [];
  private fields = 0;

  find(answer: unknown): readonly Found[] {
    const nowhere = {
      isVideo: false,
      isAside: false,
      isUnmarked: false,
      list: undefined,
      index: 0,
      depth: 0,
    };
    this.look(answer, { name: 'output', ...nowhere });
    return this.found;
  }

  private look(value: unknown, around: Around): void {
    if (around.depth > deepest || this.found.length >= mostPlaces) return;
    if (++this.fields > mostFields) return;
    if (typeof value === 'string') this.read(value, around);
    else if (Array.isArray(value)) {
      const list = around.list ?? value;
      for (const [at, one] of value.slice(0, mostPlaces).entries()) {
        // Of lists within lists the outer one counts: one clip may have many addresses.
        const index = around.list === undefined ? at : around.index;
        this.look(one, { ...around, list, index, depth: around.depth + 1 });
      }
    } else if (typeof value === 'object' && value !== null) this.enter(value, around);
  }

  private enter(value: object, around: Around): void {
    const type = typeOf(value);
    if (type === 'other') return;
    for (const [key, inner] of Object.entries(value)) {
      const name = plain(key);
      if (!mayHold(name, inner)) continue;
      const isUnmarked = withoutMark.test(name);
      this.look(inner, {
        name,
        isVideo: around.isVideo || type === 'video' || videoField.test(name),
        isAside: !isUnmarked && (around.isAside || asideField.test(name)),
        isUnmarked: isUnmarked || around.isUnmarked,
        list: around.list,
        index: around.index,
        depth: around.depth + 1,
      });
    }
  }

  private read(value: string, around: Around): void {
    const inner = /^\s*[{[]/.test(value) ? parsedJson(value) : undefined;
    if (inner !== undefined) {
      this.look(inner, { ...around, depth: around.depth + 1 });
      return;
    }
    const { isAside, isUnmarked, list, index } = around;
    const place = { isAside, isUnmarked, list, index };
    if (isVideoInText(value)) {
      this.found.push({ ...place, kind: 'inside', value, isVideo: true });
      return;
    }
    const kind = kindOf(value.trim(), around.name);
    if (kind === undefined) return;
    const path = pathOf(value);
    if (otherEnding.test(path)) return;
    // `url` alone may as well lead to the task itself.
    const isNamed = around.isVideo || resultField.test(around.name);
    const isVideo = isNamed || videoEnding.test(path);
    this.found.push({ ...place, kind, value: value.trim(), isVideo });
  }
}

/** `videoUrl`, `video-url` and `VIDEO_URL` are the same: `video_url`. */
function plain(name: string): string {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .replaceAll(/[\s-]/g, '_')
    .toLowerCase();
}

function mayHold(name: string, inner: unknown): boolean {
  if (wordsThatLead.test(name)) return typeof inner === 'string' && /^https?:\/\//i.test(inner);
  if (otherField.test(name)) return withoutMark.test(name);
  return !stillField.test(name) || videoField.test(name);
}

function kindOf(value: string, name: string): 'whole' | 'relative' | undefined {
  if (/^https?:\/\//i.test(value)) return URL.canParse(value) ? 'whole' : undefined;
  // Without a scheme it is one of the web by its two slashes, or one of the service.
  if (/^\/\/[\w-]+(\.[\w-]+)+(:\d+)?\//.test(value)) return 'relative';
  const isPath = /^(\.?\/)?[^\s:?#\\/]+(\/[^\s:?#\\]*)*(\?\S*)?$/.test(value);
  if (!isPath || !addressField.test(name)) return undefined;
  return value.startsWith('/') || videoEnding.test(pathOf(value)) ? 'relative' : undefined;
}

function pathOf(address: string): string {
  return URL.canParse(address, 'https://service')
    ? new URL(address, 'https://service').pathname
    : '';
}

/** What an entry among several files says that it is. */
function typeOf(entry: object): 'video' | 'other' | 'untold' {
  for (const [key, value] of Object.entries(entry)) {
    if (!/^((content|mime|media|file|video|output)_?)?(type|format)$/.test(plain(key))) continue;
    const said = text(value)?.toLowerCase() ?? '';
    if (/^(video|mp4|webm)/.test(said)) return 'video';
    if (/^(image|audio|text|thumbnail|cover|poster|gif|json|last_frame|first_frame)/.test(said)) {
      return 'other';
    }
  }
  return 'untold';
}
