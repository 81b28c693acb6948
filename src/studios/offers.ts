import { parsedJson } from '../base/parsed-json.ts';
import { field, items, text } from './answer.ts';
import type { StudioContext } from './port.ts';
import { isOnline, onlineStudio } from './registry.ts';
import { runwayModelNames } from './runway-models.ts';
import { bearer, Service, type ServiceCall, type ServiceOptions } from './service.ts';

/** What a studio makes, for which it may have other models. */
export type Offering = 'clips' | 'pictures';

/** One of the models that a studio offers. */
export interface OfferedModel {
  /** As orders name it. */
  readonly name: string;
  /** As the studio calls it for people; absent where that is the same. */
  readonly title?: string;
}

export interface StudioOffer {
  readonly models: readonly OfferedModel[];
  /** Whether the studio has looked at the key and found it good; many show their list to everybody. */
  readonly isKeyGood: boolean;
}

export interface OfferQuestion extends Pick<ServiceOptions, 'baseUrl' | 'http'> {
  /** The studio's id, as in the settings. */
  readonly studio: string;
  readonly offering: Offering;
}

/** How a studio tells what it offers. */
interface Catalogue {
  /** Where its list is: a path behind the base URL, or a whole address, where no key is sent. */
  readonly list?: string;
  /** What a list that comes in pieces is asked for next; absent where it is whole. */
  readonly more?: (answer: unknown) => string | undefined;
  /** The models in an answer, or those that are known without one. */
  readonly models: (answer: unknown) => readonly OfferedModel[];
  /** A page that only the owner of a key is shown, where the list says nothing of it. */
  readonly keyPage?: string;
}

/** How long a studio may take over one answer, in milliseconds. */
const patienceMs = 15_000;

/** Of a list that comes in pieces, so many at most. */
const mostPieces = 10;

/**
 * Ask a studio which models it offers, and by that whether it takes the key. Nothing is ordered.
 *
 * @returns `undefined` where it has no list of models
 * @throws ScenewrightError `account` where it does not take the key, `network` where it does not answer,
 *   `bad-input` where that is no address
 */
export async function studioOffer(
  { studio, offering, baseUrl, http }: OfferQuestion,
  context: StudioContext,
): Promise<StudioOffer | undefined> {
  const catalogue = catalogueOf(studio, offering, baseUrl);
  if (catalogue === undefined) return undefined;
  const key = isOnline(studio) ? onlineStudio(studio).key : bearer;
  const service = new Service({ baseUrl, http, key, makes: offering });
  const call = await service.open(context);
  const models = await modelsOf(catalogue, call);
  if (models.length === 0) return undefined;
  const isKeyGood =
    context.account !== undefined && (await isGood(catalogue, service, call, context.signal));
  return { models: sorted(models), isKeyGood };
}

/** Each list by the studio's own documentation; of the studios that are not here nobody knows any. */
function catalogueOf(studio: string, offering: Offering, baseUrl: string): Catalogue | undefined {
  switch (studio) {
    case 'openai-videos':
      return { list: '/models', models: (answer) => named(field(answer, 'data'), 'id') };
    case 'openai-images':
      return {
        list: '/models',
        // The list has all that the service does.
        models: (answer) =>
          fitting(named(field(answer, 'data'), 'id'), /image|dall-e|flux|diffusion|seedream/iu),
      };
    case 'openrouter':
      return {
        list: offering === 'clips' ? '/videos/models' : '/images/models',
        models: (answer) => named(field(answer, 'data'), 'id', 'name'),
        keyPage: '/key',
      };
    case 'gemini':
      return {
        list: '/v1beta/models?pageSize=1000',
        models: (answer) =>
          fitting(
            named(field(answer, 'models'), 'name', 'displayName').map(({ name, ...rest }) => ({
              name: name.replace(/^models\//u, ''),
              ...rest,
            })),
            offering === 'clips' ? /omni|veo|video/iu : /image|banana/iu,
          ),
      };
    case 'fal':
      return falCatalogue(offering, baseUrl);
    case 'replicate':
      return {
        list: '/collections/text-to-video',
        models: (answer) =>
          items(field(answer, 'models')).flatMap((model) => {
            const [owner, name] = [text(field(model, 'owner')), text(field(model, 'name'))];
            return owner === undefined || name === undefined ? [] : [{ name: `${owner}/${name}` }];
          }),
      };
    case 'runway':
      return {
        models: () => runwayModelNames.map((name) => ({ name })),
        keyPage: '/v1/organization',
      };
    default:
      return undefined;
  }
}

/** fal's list is at an address of its own, which shows it to everybody; another server than fal's is asked itself. */
function falCatalogue(offering: Offering, baseUrl: string): Catalogue {
  const isFal = URL.canParse(baseUrl) && /(^|\.)fal\.run$/u.test(new URL(baseUrl).hostname);
  const category = offering === 'clips' ? 'text-to-video' : 'text-to-image';
  const list = `${isFal ? 'https://api.fal.ai' : ''}/v1/models?status=active&limit=100&category=${category}`;
  return {
    list,
    more: (answer) => {
      const next = text(field(answer, 'next_cursor'));
      return next === undefined ? undefined : `${list}&cursor=${encodeURIComponent(next)}`;
    },
    models: (answer) =>
      items(field(answer, 'models')).flatMap((model) => {
        const name = text(field(model, 'endpoint_id'));
        const title = text(field(model, 'metadata', 'display_name'));
        return name === undefined ? [] : [titled(name, title)];
      }),
  };
}

async function modelsOf(
  { list, more, models }: Catalogue,
  call: ServiceCall,
): Promise<readonly OfferedModel[]> {
  if (list === undefined) return models(undefined);
  const found: OfferedModel[] = [];
  let next: string | undefined = list;
  for (let piece = 0; next !== undefined && piece < mostPieces; piece++) {
    const answer: unknown = await read(call, next);
    found.push(...models(answer));
    next = more?.(answer);
  }
  return [...new Map(found.map((model) => [model.name, model])).values()];
}

/** Where everybody is shown the list, it says nothing of a key. */
async function isGood(
  { list, keyPage }: Catalogue,
  service: Service,
  call: ServiceCall,
  signal: AbortSignal,
): Promise<boolean> {
  if (keyPage !== undefined) return (await read(call, keyPage)) !== undefined;
  if (list === undefined || URL.canParse(list)) return false;
  const nobody = await service.open({ signal });
  const answer = await nobody.look(nobody.address(list), patienceMs);
  return !isOk(answer) && nobody.refusal(answer).code === 'account';
}

/**
 * @returns `undefined` where the service has nothing there, or nothing that can be read
 * @throws ScenewrightError where it does not answer, or does not take the key
 */
async function read(call: ServiceCall, place: string): Promise<unknown> {
  const address = URL.canParse(place) ? place : call.address(place);
  const answer = await call.look(address, patienceMs);
  if (isOk(answer)) return parsedJson(answer.text);
  const refusal = call.refusal(answer);
  if (refusal.code === 'account') throw refusal;
  return undefined;
}

function isOk({ status }: { readonly status: number }): boolean {
  return status >= 200 && status <= 299;
}

function named(list: unknown, name: string, title?: string): readonly OfferedModel[] {
  return items(list).flatMap((entry) => {
    const found = text(field(entry, name))?.trim();
    if (found === undefined || found === '') return [];
    return [titled(found, title === undefined ? undefined : text(field(entry, title)))];
  });
}

function titled(name: string, title: string | undefined): OfferedModel {
  return title === undefined || title.trim() === '' ? { name } : { name, title: title.trim() };
}

/** Those whose name says that they are meant; all, where none does. */
function fitting(models: readonly OfferedModel[], names: RegExp): readonly OfferedModel[] {
  const meant = models.filter(({ name }) => names.test(name));
  return meant.length === 0 ? models : meant;
}

function sorted(models: readonly OfferedModel[]): readonly OfferedModel[] {
  return [...models].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
}
