import { parsedJson } from '../base/parsed-json.ts';
import type { RefusedAnswer } from '../net/refusal.ts';
import { field, text } from './answer.ts';
import type { PollAnswer, RemoteJob } from './port.ts';
import type { Service, ServiceCall } from './service.ts';
import { onlyHeard } from './told-of-render.ts';

/** The headers in which fal wants its key. */
export function falKey(secret: string): Readonly<Record<string, string>> {
  return { authorization: `Key ${secret}` };
}

/** An endpoint as it is named in addresses. */
export function falEndpointName(typed: string): string {
  return typed.trim().replaceAll(/^\/+|\/+$/g, '');
}

/** Statuses of a result that say nothing about the order: who asks, how often, and server trouble. */
const notTheOrder: ReadonlySet<number> = new Set([401, 402, 403, 404, 407, 408, 409, 425, 429]);

/**
 * fal's queue, whatever is made in it. An order that failed is `COMPLETED` like any other; only fetching
 * its result tells. The addresses for status, result and cancel leave out the endpoint's last parts, so those that
 * fal names are used, as long as they are its own.
 */
export class FalQueue {
  private readonly service: Service;
  private readonly endpoint: string;

  /** @param endpoint of orders whose record does not say it */
  constructor(service: Service, endpoint: string) {
    this.service = service;
    this.endpoint = endpoint;
  }

  async order(
    endpoint: string,
    input: Readonly<Record<string, unknown>>,
    call: ServiceCall,
  ): Promise<RemoteJob> {
    const answer = await call.order(`/${endpoint}`, { json: input });
    const id = call.named(answer);
    const built = this.built(endpoint, id);
    const own = (name: string, otherwise: string): string =>
      call.own(text(field(answer, name)), otherwise);
    return call.taken(id, {
      endpoint,
      status: own('status_url', built.status),
      response: own('response_url', built.response),
      cancel: own('cancel_url', built.cancel),
    });
  }

  /** @param finished what comes of an order that fal calls completed, by its result */
  async poll(
    job: RemoteJob,
    call: ServiceCall,
    finished = (answer: unknown): PollAnswer => call.finished(answer),
  ): Promise<PollAnswer> {
    return await call.poll(this.named(job, 'status', call), async (answer) => {
      const told = call.told(answer);
      if (told.state !== 'ready') return told;
      const error = field(answer, 'error');
      return error === undefined || error === null
        ? await this.outcome(job, call, finished)
        : call.failed(answer);
    });
  }

  /** What a finished order has made, as fal describes it. */
  async result(job: RemoteJob, call: ServiceCall): Promise<unknown> {
    return await call.ask(this.named(job, 'response', call));
  }

  async cancel(job: RemoteJob, call: ServiceCall): Promise<void> {
    await call.cancel(this.named(job, 'cancel', call), 'PUT');
  }

  /** Whether a finished order has brought anything, or is a failure. */
  private async outcome(
    job: RemoteJob,
    call: ServiceCall,
    finished: (answer: unknown) => PollAnswer,
  ): Promise<PollAnswer> {
    const answer = await call.look(this.named(job, 'response', call));
    // Accepted, but not there yet: the status ran ahead.
    if (answer.status === 202) {
      return onlyHeard(call);
    }
    if (answer.status < 300) return finished(parsedJson(answer.text));
    if (!isVerdict(answer)) throw call.refusal(answer);
    return call.failed(parsedJson(answer.text));
  }

  private named(job: RemoteJob, what: 'status' | 'response' | 'cancel', call: ServiceCall): string {
    const built = this.built(job.data?.endpoint ?? this.endpoint, job.remoteId, job);
    return call.own(job.data?.[what], built[what]);
  }

  private built(
    endpoint: string,
    id: string,
    job?: RemoteJob,
  ): Readonly<Record<'status' | 'response' | 'cancel', string>> {
    const app = endpoint.split('/').slice(0, 2).join('/');
    const response = this.service.address(`/${app}/requests/${encodeURIComponent(id)}`, job);
    return { response, status: `${response}/status`, cancel: `${response}/cancel` };
  }
}

/**
 * Whether a result's error is about the order: its input was refused, or its runner failed, which
 * fal marks with the kind of error; anything else may be a bad moment of the server.
 */
function isVerdict({ status, headers, text: body }: RefusedAnswer): boolean {
  if (status < 400) return false;
  if (status < 500) return !notTheOrder.has(status);
  return (
    headers.get('x-fal-error-type') !== null || field(parsedJson(body), 'error_type') !== undefined
  );
}
