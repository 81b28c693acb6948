import { defined } from '../base/defined.ts';
import { isCancelled } from '../base/errors.ts';
import { parsedJson } from '../base/parsed-json.ts';
import type { ClipPrice } from '../money/price.ts';
import { field, text } from './answer.ts';
import { possible, type RenderChoices } from './choices.ts';
import { modelInput, type ModelInput } from './model-input.ts';
import { priceInWords } from './price-in-words.ts';
import type { ServiceCall } from './service.ts';

/** What one of fal's endpoints says about itself. */
export interface FalEndpoint {
  readonly input: ModelInput;
  /** The page for people, where it could be had: only it tells the price. */
  readonly page: string;
}

/** A description is a nicety; nobody waits long for it. */
const describeTimeoutMs = 15_000;

/** Where endpoints are described that are served by fal's own queue; anybody may read there. */
const falHost = 'fal.ai';

/**
 * Read how an endpoint describes itself: the schema of its queue, and its page. Both are public, and
 * the key is not sent there.
 *
 * @param base where it is ordered from; a server that is not fal's own is asked for both itself
 * @param knownReferences how many references it takes, should it not say that
 * @returns absent where the schema cannot be had
 */
export async function describeFalEndpoint(
  call: ServiceCall,
  base: string,
  endpoint: string,
  knownReferences?: number,
): Promise<FalEndpoint | undefined> {
  const { protocol, hostname } = new URL(base);
  const site = /(^|\.)fal\.run$/.test(hostname) ? `${protocol}//${falHost}` : base;
  const id = encodeURIComponent(endpoint);
  const path = endpoint.split('/').map(encodeURIComponent).join('/');
  const [schema, page] = await Promise.all([
    read(call, `${site}/api/openapi/queue/openapi.json?endpoint_id=${id}`),
    read(call, `${site}/models/${path}/llms.txt`).catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      return '';
    }),
  ]);
  const input = inputIn(parsedJson(schema), knownReferences);
  return input === undefined ? undefined : { input, page };
}

/** How clear a clip is ordered where the writer has not said it, the best first. */
const preferred = ['1080p', '720p', '768p', '480p'];

/**
 * The resolution that is ordered, said out loud so that what is made is what the price is for: the
 * writer's, else the endpoint's own; 1080p where that costs no more.
 */
export function resolutionOf(
  { input, page }: FalEndpoint,
  choices: RenderChoices | undefined,
): string | undefined {
  const options = input.takes.resolutions ?? [];
  const named = (name: string | undefined): string | undefined =>
    options.find((one) => one.toLowerCase() === name?.toLowerCase());
  const chosen = possible(choices, input.takes).resolution;
  if (chosen !== undefined) return chosen;
  const usual =
    named(input.resolution) ?? preferred.map(named).find((one) => one !== undefined) ?? options[0];
  const full = named('1080p');
  if (full === undefined || full === usual) return usual;
  const [more, less] = [full, usual].map((one) => priceOf({ input, page }, choices, one));
  const costsNoMore =
    more !== undefined && more.perSecond === less?.perSecond && more.perClip === less.perClip;
  return costsNoMore ? full : usual;
}

/** What a clip costs, where the page says that for sure. */
export function priceOf(
  { input, page }: FalEndpoint,
  choices: RenderChoices | undefined,
  resolution: string | undefined,
): ClipPrice | undefined {
  const sound = possible(choices, input.takes).sound ?? input.hasSound;
  return priceInWords(page, { sound, ...defined({ resolution }) }, input.seconds);
}

async function read(call: ServiceCall, address: string): Promise<string> {
  const answer = await call.look(address, describeTimeoutMs);
  if (answer.status < 200 || answer.status > 299) throw call.refusal(answer);
  return answer.text;
}

/** The schema of what is posted, in an OpenAPI document; it is named after the endpoint. */
function inputIn(document: unknown, knownReferences?: number): ModelInput | undefined {
  const schemas = field(document, 'components', 'schemas');
  const paths = Object.values(field(document, 'paths') ?? {}) as unknown[];
  const posted = paths
    .map((path) =>
      field(path, 'post', 'requestBody', 'content', 'application/json', 'schema', '$ref'),
    )
    .find((reference) => text(reference) !== undefined);
  const names = Object.keys(schemas ?? {});
  const name = text(posted)?.split('/').at(-1) ?? names.find((one) => one.endsWith('Input'));
  return name === undefined
    ? undefined
    : modelInput(field(schemas, name), schemas, knownReferences);
}
