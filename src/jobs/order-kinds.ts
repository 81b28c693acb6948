import { defined } from '../base/defined.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import type { Money } from '../money/money.ts';
import type { PictureStudio, RemoteJob, StudioContext, VideoStudio } from '../studios/port.ts';
import {
  renderOf,
  type JobOrder,
  type JobRecord,
  type JobStage,
  type JobState,
  type OrderKind,
} from './job.ts';
import { orderPictures } from './job-pictures.ts';
import type { Order, OrderState } from './order.ts';
import { upscaledPath } from './paths.ts';
import { subjectOf } from './subject.ts';

/** Who orders go to. */
export type AnyStudio = VideoStudio | PictureStudio;

/** All that tells one kind of order from another. */
interface OrderRules {
  /** Behind the job's id: what services and half-fetched files know it by. */
  readonly suffix: string;
  /** How the job stands while this is its current order; for the render, once the poster is tried. */
  readonly states: Readonly<Record<OrderState, JobState>>;
  /** What a view says that went wrong, and at what. */
  stage(order: Order): JobStage | undefined;
  /** Where it goes. */
  file(record: JobRecord): string;
  /** What one costs by the service's list; absent where no service tells. */
  price(record: JobRecord): Money | undefined;
  /** Whether it surely goes to a service, and is not made on this machine instead. */
  readonly isAlwaysSent: boolean;
  /** Whether a pause of the job ends with it. */
  readonly endsPause: boolean;
  /** Hand it in. */
  send(
    studio: AnyStudio,
    record: JobRecord,
    name: string,
    context: StudioContext,
  ): Promise<RemoteJob>;
  readonly words: {
    /** What is to be said when the service could not do it, for that reason. */
    readonly refused: (record: JobRecord, reason: string) => string;
    /** The same, where it would not do it any other time either, for reasons of content. */
    readonly declined: (record: JobRecord, reason: string) => string;
    /** That what it made is still at the service, and what a retry does. */
    readonly kept: () => string;
    /** What is to be said when the window ended between the order and its answer. */
    readonly lost: () => string;
    /** What is to be said once the service has it no more; absent where the state says it. */
    readonly expired?: () => string;
  };
}

const renderStates: OrderRules['states'] = {
  queued: 'queued',
  submitting: 'submitting',
  accepted: 'rendering',
  ready: 'ready',
  fetching: 'downloading',
  saved: 'done',
  skipped: 'cancelled',
  failed: 'failed',
  cancelled: 'cancelled',
  expired: 'expired',
  unclear: 'unclear',
};

/** What a job is for: it stands first, in the job's own place, for the job's own price. */
const madeFirst = {
  suffix: '',
  states: renderStates,
  stage: ({ stage }) => (stage === 'service' ? 'render' : stage),
  file: ({ file }) => file,
  price: ({ price }) => price,
  isAlwaysSent: true,
  endsPause: false,
} satisfies Omit<OrderRules, 'send' | 'words'>;

const rules: Readonly<Record<OrderKind, OrderRules>> = {
  render: {
    ...madeFirst,
    send: async (studio, record, jobId, context) => {
      const { scene, number, scriptTitle, style, aspect, prompt, choices, sceneLabel } = record;
      const { seconds } = scene;
      const request = { jobId, scene, number, scriptTitle, style, aspect, seconds, prompt };
      const pictures = await orderPictures(subjectOf(record), record.pictures);
      return await forClips(studio).submit(
        { ...request, ...defined({ choices, pictures, sceneLabel }) },
        context,
      );
    },
    words: {
      refused: ({ number: scene }, reason) =>
        t('The render failed: {1}. A retry orders scene {0} anew.', scene, reason),
      declined: ({ number: scene }, reason) =>
        t(
          'The content was declined: {1}. A retry would be declined as well; change the prompt of scene {0} in the script, then render it.',
          scene,
          reason,
        ),
      kept: () => t('The clip is kept at the service; a retry only fetches it again.'),
      lost: () =>
        t(
          'The editor closed while this render was being ordered, so it may or may not have been taken. Look at the service before you order it again.',
        ),
    },
  },
  upscale: {
    suffix: '-4k',
    states: {
      queued: 'upscaling',
      submitting: 'upscaling',
      accepted: 'upscaling',
      ready: 'upscaling',
      fetching: 'upscaling',
      saved: 'done',
      skipped: 'done',
      failed: 'done',
      cancelled: 'done',
      expired: 'done',
      unclear: 'unclear',
    },
    // The clip itself is here whatever becomes of this.
    stage: ({ error }) => (error === undefined ? undefined : 'upscale'),
    file: ({ file }) => upscaledPath(file),
    price: () => undefined,
    isAlwaysSent: false,
    endsPause: true,
    send: async (studio, record, jobId, context) => {
      const larger = forClips(studio);
      if (larger.upscale === undefined) {
        throw new ScenewrightError('bad-input', t('{0} does not enlarge clips.', studio.label));
      }
      const render = remoteOf(record, renderOf(record));
      const seconds = record.clipSeconds ?? record.scene.seconds;
      return await larger.upscale({ jobId, render, seconds }, context);
    },
    words: {
      refused: ({ number: scene }, reason) =>
        t('The enlargement failed: {1}. A retry orders that of scene {0} anew.', scene, reason),
      declined: ({ number: scene }, reason) =>
        t(
          'The content was declined: {1}. A retry of enlarging scene {0} would be declined as well.',
          scene,
          reason,
        ),
      kept: () => t('The enlarged clip is kept at the service; a retry only fetches it again.'),
      lost: () =>
        t(
          'The editor closed while this enlargement was being ordered, so it may or may not have been taken. The clip is here. Look at the service before you order it again.',
        ),
      expired: () => t('The enlargement has expired at the service. A retry orders it anew.'),
    },
  },
  picture: {
    ...madeFirst,
    send: async (studio, record, jobId, context) => {
      const { scene, number, scriptTitle, style, aspect, prompt, drawing: kind = 'still' } = record;
      const pictures = await orderPictures(subjectOf(record), record.pictures);
      const { references = [] } = pictures ?? {};
      const request = { jobId, scene, number, scriptTitle, style, aspect, prompt };
      const begins = defined({ seed: record.choices?.seed });
      return await forPictures(studio).draw({ ...request, kind, references, ...begins }, context);
    },
    words: {
      refused: (record, reason) =>
        t('The drawing failed: {1}. A retry orders {0} anew.', subjectOf(record), reason),
      declined: (record, reason) =>
        t(
          'The content was declined: {1}. A retry would be declined as well; change the words for {0} in the script, then draw it again.',
          subjectOf(record),
          reason,
        ),
      kept: () => t('The picture is kept at the service; a retry only fetches it again.'),
      lost: () =>
        t(
          'The editor closed while this picture was being ordered, so it may or may not have been taken. Look at the service before you order it again.',
        ),
    },
  },
};

function forClips(studio: AnyStudio): VideoStudio {
  if ('submit' in studio) return studio;
  throw new ScenewrightError('internal', t('{0} makes no clips.', studio.label));
}

function forPictures(studio: AnyStudio): PictureStudio {
  if ('draw' in studio) return studio;
  throw new ScenewrightError('internal', t('{0} draws no pictures.', studio.label));
}

/** What an order costs: as the service said once it had made it, else by its list; absent where neither tells. */
export function priceOfOrder(record: JobRecord, order: JobOrder): Money | undefined {
  const listed = rulesOf(order).price(record);
  return record.isOwnPrice === true ? listed : (order.charged ?? listed);
}

/** The same of what a job was begun for: its render or picture, without what came after. */
export function priceOfJob(record: JobRecord): Money | undefined {
  return priceOfOrder(record, renderOf(record));
}

export function rulesOf({ kind }: Pick<JobOrder, 'kind'>): OrderRules {
  return rules[kind];
}

/**
 * What the service and the half-fetched file know an order by: a name of its own for each that is
 * paid for, and the same for as long as it may be the same one. Services take no name twice, so these
 * must never change.
 */
export function orderName({ id }: Pick<JobRecord, 'id'>, order: JobOrder): string {
  const name = `${id}${rulesOf(order).suffix}`;
  return order.attempt === 0 ? name : `${name}-${order.attempt + 1}`;
}

/** What the service calls an order; one that was accepted has it. */
export function remoteOf(record: JobRecord, { remote }: Order): RemoteJob {
  if (remote !== undefined) return remote;
  throw new ScenewrightError(
    'internal',
    t(
      'The record of {0} does not say what the service calls it. Remove the job and order it again.',
      subjectOf(record),
    ),
  );
}
