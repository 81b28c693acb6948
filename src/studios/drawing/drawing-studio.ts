import { defined } from '../../base/defined.ts';
import { ScenewrightError, messageOf } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { parsedJson } from '../../base/parsed-json.ts';
import { orderRefusal } from '../../net/order-refusal.ts';
import { field, number, text } from '../answer.ts';
import type {
  ClipSource,
  DrawRequest,
  DrawingCapabilities,
  PictureStudio,
  PollAnswer,
  RemoteJob,
  StudioContext,
} from '../port.ts';
import { chargedIn, saysError, saysFiltered, wordsIn } from '../render-answer.ts';
import { Service, type ServiceCall, type ServiceOptions } from '../service.ts';
import type { WorkspaceFiles } from '../workspace-files.ts';
import { drawnPicture, type DrawnPicture } from './drawn-answer.ts';
import type { KeptPictures } from './kept-pictures.ts';

/** Everything that a studio for pictures may have to be told. */
export interface DrawingSettings extends Pick<ServiceOptions, 'baseUrl' | 'http' | 'clock'> {
  /** The model, as the service names it; empty where a server has just one. */
  readonly model: string;
  /** Where pictures that come with an answer wait until they are in their place. */
  readonly kept: KeptPictures;
  /** For studios whose models are files of the workspace. */
  readonly files?: WorkspaceFiles;
}

/** What the adapter of a service does; who it is stands in its definition. One without `poll` has drawn at once. */
export type DrawingAdapter = Omit<PictureStudio, keyof DrawingKnown | 'pollMs' | 'poll'> &
  Partial<Pick<PictureStudio, 'poll'>>;

/** What is known of a studio for pictures by its definition. */
export type DrawingKnown = Pick<PictureStudio, 'id' | 'label' | 'needsAccount' | 'mayGoKeyless'>;

/** What adapters have in common of services that answer an order with the picture. */
export abstract class DrawingStudio implements DrawingAdapter {
  private readonly label: string;
  protected readonly model: string;
  protected readonly service: Service;
  private readonly kept: KeptPictures;

  constructor(
    { label }: DrawingKnown,
    key: ServiceOptions['key'],
    { model, kept, ...settings }: DrawingSettings,
  ) {
    this.label = label;
    this.model = model;
    this.kept = kept;
    this.service = new Service({ ...settings, key, makes: 'pictures' });
  }

  abstract capabilities(context: StudioContext): Promise<DrawingCapabilities>;

  /** Send the order, once. */
  protected abstract order(request: DrawRequest, call: ServiceCall): Promise<unknown>;

  /** The picture of an answer. */
  protected drawnIn(answer: unknown): DrawnPicture | undefined {
    return drawnPicture(answer);
  }

  /** Why an answer has no picture, where the service says so in a way of its own. */
  protected refusalIn?(answer: unknown, call: ServiceCall): ScenewrightError | undefined;

  async prepare(context: StudioContext): Promise<void> {
    await this.service.open(context);
  }

  async draw(request: DrawRequest, context: StudioContext): Promise<RemoteJob> {
    const known = await this.recover(request.jobId);
    if (known !== undefined) return known;
    const call = await this.service.open(context);
    const answer = await this.order(request, call);
    const drawn = this.drawnIn(answer);
    if (drawn === undefined) throw this.refusalIn?.(answer, call) ?? noPicture(answer, call);
    const charged = chargedIn(answer);
    const cost = defined({ cost: charged && JSON.stringify(charged) });
    if (drawn.kind === 'inside') {
      await this.keep(request.jobId, drawn.bytes);
      return call.taken(request.jobId, { picture: 'kept', ...cost });
    }
    const url = call.ownClip(drawn.address)?.url;
    // It goes into the record, where no key may be.
    if (url === undefined || call.isSecret(url)) throw noPicture(answer, call);
    return call.taken(request.jobId, { picture: url, ...cost });
  }

  /** It came with the answer to the order, and so did what it costs. */
  poll({ data }: RemoteJob): Promise<PollAnswer> {
    const cost = parsedJson(data?.cost ?? '');
    const [currency, amount] = [text(field(cost, 'currency')), number(field(cost, 'amount'))];
    const charged =
      currency === undefined || amount === undefined ? undefined : { currency, amount };
    return Promise.resolve({ state: 'ready', ...defined({ charged }) });
  }

  async recover(jobId: string): Promise<RemoteJob | undefined> {
    if (!(await this.kept.has(jobId))) return undefined;
    return { remoteId: jobId, data: { base: this.service.base, picture: 'kept' } };
  }

  async result(job: RemoteJob, context: StudioContext): Promise<ClipSource> {
    const picture = job.data?.picture;
    if (picture === undefined || picture === 'kept') {
      return { kind: 'file', path: this.kept.place(job.remoteId) };
    }
    const call = await this.service.open(context);
    // The key of today must not go to the server of yesterday.
    this.service.address('', job);
    const source = call.clip(picture);
    if (source !== undefined) return source;
    throw new ScenewrightError('bad-answer', call.host.say(call.words.nowhere));
  }

  async release({ remoteId }: RemoteJob): Promise<void> {
    await this.kept.forget(remoteId);
  }

  /** @throws ScenewrightError `unclear` where it could not be written down: it is paid for, and gone */
  private async keep(jobId: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.kept.keep(jobId, bytes);
    } catch (cause) {
      throw new ScenewrightError(
        'unclear',
        t(
          'The picture could not be written to the disk: {1} {0} drew it, and it was not ordered again.',
          this.label,
          messageOf(cause),
        ),
        { cause },
      );
    }
  }
}

/** Why an answer has no picture; whether that costs anything is not said. */
function noPicture(answer: unknown, call: ServiceCall): ScenewrightError {
  const said = call.quoted(wordsIn(answer));
  if (saysError(answer) || saysFiltered(answer)) return orderRefusal(call.host, answer, said);
  return new ScenewrightError(
    'unclear',
    call.host.say((host) =>
      t(
        'The order was taken, but the answer of {0} has no picture. It was not sent again; look there before you do.',
        host,
      ),
    ),
  );
}
