import type { Aspect } from '../../script/script-model.ts';
import { defined } from '../../base/defined.ts';
import { namesPrivate } from '../../net/private-address.ts';
import type { DrawRequest, DrawingCapabilities } from '../port.ts';
import { bearer, mostOfAnswer, type ServiceCall } from '../service.ts';
import { DrawingStudio, type DrawingKnown, type DrawingSettings } from './drawing-studio.ts';

/** In pixels: the sizes that all of these models know. What is too tall or too low is cut when it is used. */
const sizes: Readonly<Record<Aspect, string>> = {
  '16:9': '1536x1024',
  '9:16': '1024x1536',
  '1:1': '1024x1024',
};

/** Pictures that one order may bring along. */
const mostReferences = 16;

/**
 * The `/images` protocol: `/images/generations` in JSON, and with pictures to go by `/images/edits` as a form. It has
 * no field that all servers agree on for how the picture comes back, so none is sent, and either way is read. Nor has
 * it one for a seed: OpenAI refuses it, and the servers that people run themselves take it. The base URL is as in
 * `https://host/v1`.
 */
export class OpenAiImagesStudio extends DrawingStudio {
  constructor(known: DrawingKnown, settings: DrawingSettings) {
    super(known, bearer, settings);
  }

  capabilities(): Promise<DrawingCapabilities> {
    const seed = this.takesSeed();
    return Promise.resolve({ aspects: ['16:9', '9:16', '1:1'], references: mostReferences, seed });
  }

  private takesSeed(): boolean {
    return URL.canParse(this.service.base) && namesPrivate(new URL(this.service.base));
  }

  protected async order(
    { jobId, prompt, aspect, references, seed }: DrawRequest,
    call: ServiceCall,
  ): Promise<unknown> {
    const words = { ...(this.model === '' ? {} : { model: this.model }), prompt };
    const size = sizes[aspect];
    const start = this.takesSeed() ? seed : undefined;
    // Where the service honours it, even an order that was lost on the way is made only once.
    const once = { 'idempotency-key': jobId };
    if (references.length === 0) {
      const json = { ...words, n: 1, size, ...defined({ seed: start }) };
      return await call.order('/images/generations', { json }, once, undefined, mostOfAnswer);
    }
    const begins = start === undefined ? {} : { seed: String(start) };
    const form = { ...words, n: '1', size, ...begins, 'image[]': references };
    return await call.order('/images/edits', { form }, once, undefined, mostOfAnswer);
  }
}
