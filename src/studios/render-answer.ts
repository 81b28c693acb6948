import type { Money } from '../money/money.ts';
import { isAboutContent } from '../net/service-words.ts';
import { field, isFine, items, number, reasonIn, stateName, text } from './answer.ts';

/**
 * What answers of text-to-video services say of a render, wherever they put it: how it stands, what it
 * is called, and what is wrong. Pure. Read from the documentation and the public sources of some forty
 * services and gateways in November 2026; see the table in its test.
 */

/** How a render stands by the service's word; `unknown`: the service does not know it. */
export type RenderStanding =
  | 'rendering'
  | 'ready'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | 'unknown'
  /** It says nothing about it, or nothing that is understood. */
  | 'untold';

/** The words that a state's name ends with, as in `TASK_STATUS_SUCCEEDED`; by what they mean. */
const words: Readonly<Record<Exclude<RenderStanding, 'untold'>, readonly string[]>> = {
  ready:
    'complete completed succeed succeeded success successful successfully done finish finished ready ended'.split(
      ' ',
    ),
  failed:
    'fail failed failure error errored abort aborted timeout timed_out time_out blocked moderated incomplete rejected reject refused denied terminated killed crashed nsfw violation content_filtered'.split(
      ' ',
    ),
  cancelled: 'cancelled canceled cancel stopped revoked'.split(' '),
  expired: 'expired deleted removed'.split(' '),
  unknown: 'not_found notfound does_not_exist'.split(' '),
  rendering:
    'queued queue queueing queuing pending processing process progress running starting started start submitted submit submitting waiting wait created preparing prepared generating rendering throttled accepted scheduled staged initialized initializing dispatched active working retrying uploading postprocessing dreaming executing ongoing doing received'.split(
      ' ',
    ),
};

const standings: ReadonlyMap<string, RenderStanding> = new Map(
  (Object.keys(words) as (keyof typeof words)[]).flatMap((standing) =>
    words[standing].map((word) => [word, standing] as const),
  ),
);

/** What a service's word for a state means, in any spelling and with any prefix. */
function standingOf(value: unknown): RenderStanding {
  const spaced = text(value)?.replaceAll(/([a-z])([A-Z])/g, '$1_$2');
  const name = stateName(spaced).replaceAll(/[^a-z_]/g, '');
  if (name === '') return 'untold';
  const parts = name.split('_').filter(Boolean);
  // The longest ending counts: `not_found` is not `found`.
  for (let from = 0; from < parts.length; from++) {
    const found = standings.get(parts.slice(from).join('_'));
    if (found === undefined) continue;
    // `NOT_STARTED` and `not_ready` have not ended, whatever has not happened.
    const isDenied = from > 0 && ['not', 'un', 'pre', 'post'].includes(parts[from - 1] ?? '');
    return isDenied ? 'rendering' : found;
  }
  return 'untold';
}

/** What services wrap what they have to say into. */
const wrappers = [
  'data',
  'output',
  'response',
  'result',
  'task',
  'job',
  'video',
  'generation',
  'prediction',
  'generateVideoResponse',
  'Response',
  'Resp',
  'Result',
  'Data',
];

/** How deep services wrap what they say; three levels were seen. */
const deepest = 4;

/** An answer and all that is wrapped in it, from the outside in. */
function layersOf(answer: unknown): readonly unknown[] {
  const layers: unknown[] = [];
  let level: readonly unknown[] = [answer];
  for (let depth = 0; depth < deepest && level.length > 0; depth++) {
    const objects = level.flatMap((one): readonly unknown[] => {
      const inner = Array.isArray(one) ? items(one)[0] : one;
      return typeof inner === 'object' && inner !== null ? [inner] : [];
    });
    layers.push(...objects);
    level = objects.flatMap((one) => wrappers.map((name) => field(one, name)));
  }
  return layers;
}

const stateFields = [
  'status',
  'state',
  'task_status',
  'taskStatus',
  'TaskStatus',
  'job_status',
  'jobStatus',
  'video_status',
  'Status',
];

/** The words that an answer has for how something stands; numbers mean something else at every service. */
function stateWordsIn(layer: unknown): readonly string[] {
  return stateFields.flatMap((name) => {
    const value = field(layer, name);
    return typeof value === 'string' && /\D/.test(value.trim()) ? value.trim() : [];
  });
}

function standingIn(layer: unknown): RenderStanding | 'strange' | undefined {
  const said = stateWordsIn(layer);
  const standing = said.map(standingOf).find((one) => one !== 'untold');
  return standing ?? (said.length > 0 ? 'strange' : standingByFlag(layer));
}

/** Google's operations are `done` or not; kie.ai counts in `successFlag`. */
function standingByFlag(layer: unknown): RenderStanding | undefined {
  const done = field(layer, 'done');
  if (typeof done === 'boolean') {
    if (!done) return 'rendering';
    return isSaid(field(layer, 'error')) ? 'failed' : 'ready';
  }
  const flag = field(layer, 'successFlag');
  if (typeof flag !== 'number') return undefined;
  return flag === 0 ? 'rendering' : flag === 1 ? 'ready' : 'failed';
}

/**
 * How a render stands by an answer. Where the outside says only that all is well, it may speak of the
 * asking; what is inside it speaks of the render.
 */
export function renderStanding(answer: unknown): RenderStanding {
  let outer: RenderStanding | undefined;
  for (const layer of layersOf(answer)) {
    const said = standingIn(layer);
    if (said === undefined) continue;
    if (said !== 'ready') return said === 'strange' ? (outer ?? 'untold') : said;
    outer = said;
  }
  return outer ?? 'untold';
}

/** The service's own word for how a render stands, where that is none that is understood. */
export function strangeState(answer: unknown): string | undefined {
  return layersOf(answer)
    .flatMap(stateWordsIn)
    .find((word) => standingOf(word) === 'untold');
}

/** How an answer may name the render, the surest first. */
const idFields = [
  'id',
  'video_id',
  'videoId',
  'task_id',
  'taskId',
  'TaskId',
  'job_id',
  'jobId',
  'generation_id',
  'generationId',
  'prediction_id',
  'prompt_id',
  'uuid',
];

/** What may also be the name of nothing but the request; only where nothing else is there. */
const requestFields = ['request_id', 'requestId'];

/** Places where some gateways have the bare name. */
const bareFields = ['data', 'result'];

/** The render's name in the answer to an order, as it stands; check it. */
export function idIn(answer: unknown): unknown {
  const layers = layersOf(answer);
  for (const names of [idFields, bareFields, requestFields]) {
    // A refusal has a name for the request, too.
    if (names === requestFields && saysError(answer)) return undefined;
    for (const layer of layers) {
      for (const name of names) {
        const found = text(field(layer, name));
        if (found === undefined) continue;
        if (names !== bareFields || /^[\w.:-]{6,}$/.test(found)) return found;
      }
    }
  }
  return undefined;
}

/** Whether an answer speaks of a render at all: it names one, has a word for it, or tells how far it is. */
export function speaksOfRender(answer: unknown): boolean {
  if (progressIn(answer) !== undefined || strangeState(answer) !== undefined) return true;
  // Google's operations have a name, and nothing else while they are at work.
  const names = [...idFields, 'name'];
  return layersOf(answer).some((layer) => names.some((name) => text(field(layer, name))));
}

/** Whether a field for an error holds one. */
function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(isSaid);
  if (typeof value !== 'object' || value === null) return value === true || !isFine(value);
  return Object.values(value).some(isSaid);
}

const errorFields = ['error', 'errors', 'Error', 'error_message', 'errorMessage', 'error_msg'];
const codeFields = ['code', 'errcode', 'err_code', 'errCode', 'ErrCode', 'error_code', 'errorCode'];
const wordFields = ['msg', 'message', 'Message', 'ErrMsg', 'errmsg', 'detail', 'description'];

/**
 * Whether an answer says that something is wrong. Status words are not looked at: what a service
 * says of the render itself comes before this.
 */
export function saysError(answer: unknown): boolean {
  return layersOf(answer).some((layer) => {
    if (errorFields.some((name) => isSaid(field(layer, name)))) return true;
    const verdict = [field(layer, 'success'), field(layer, 'ok')];
    if (verdict.includes(false)) return true;
    const base = field(layer, 'base_resp', 'status_code');
    if (base !== undefined && base !== null && !isFine(base)) return true;
    const said = wordFields
      .map((name) => text(field(layer, name)))
      .find((one) => one !== undefined);
    const isBadCode = codeFields.some((name) => !isFine(field(layer, name)));
    if (isBadCode) return said === undefined || !isFine(said);
    // FastAPI has nothing but these words.
    return isSaid(field(layer, 'detail'));
  });
}

/** How far a render is by an answer, as it stands. */
export function progressIn(answer: unknown): unknown {
  const told = layersOf(answer).map((layer) => field(layer, 'progress'));
  return told.find((one) => one !== undefined && one !== null);
}

/** The service's own words about what is wrong: those nearest to the render. */
export function wordsIn(answer: unknown): string | undefined {
  const said = layersOf(answer).map((layer) => reasonIn(layer));
  return said.findLast((one) => one !== undefined) ?? reasonIn(answer);
}

/** What a service says that it has taken for what it made, in US dollars as those that say so count; absent otherwise. */
export function chargedIn(answer: unknown): Money | undefined {
  const told = layersOf(answer).map((layer) => number(field(layer, 'usage', 'cost')));
  const amount = told.find((one) => one !== undefined && one >= 0);
  return amount === undefined ? undefined : { currency: 'USD', amount };
}

/** Fields that say that what was made was held back; the values are at whichever depth. */
const filterFields =
  /^(rai_?media_?filtered_?(count|reasons)|rai_?(text_?filtered_?reason|error_?message)|has_?nsfw_?(concepts|contents?)|is_?nsfw|nsfw|filtered|moderated|flagged|blocked|(is_)?censored)$/i;
const finishFields = /^finish_?reason$/i;
const filterFinish = /safety|filter|moderat|prohibit|blocklist|recitation|rai|content/i;

/** Whether an answer says that what was made was held back for its content. */
export function saysFiltered(answer: unknown): boolean {
  if (isAboutContent(wordsIn(answer) ?? '')) return true;
  return layersOf(answer).some((layer) =>
    Object.entries(layer as object).some(([name, value]) => {
      if (finishFields.test(name)) return filterFinish.test(text(value) ?? '');
      // xAI's only says no.
      if (name === 'respect_moderation') return value === false;
      return filterFields.test(name) && isSaid(value);
    }),
  );
}

/** Whether an answer that is a refusal by its status tells the end of a render by its words. */
export function isVerdict(answer: unknown): boolean {
  return idIn(answer) !== undefined && renderStanding(answer) === 'failed';
}
