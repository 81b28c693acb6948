import type { Aspect } from '../../script/script-model.ts';
import type { DrawRequest, DrawingCapabilities, PictureStudio } from '../port.ts';
import { bearer, type ServiceCall } from '../service.ts';
import { DrawingStudio, type DrawingSettings } from './drawing-studio.ts';

/** In pixels: the sizes that all of these models know. What is too tall or too low is cut when it is used. */
const sizes: Readonly<Record<Aspect, string>> = {
  '16:9': '1536x1024',
  '9:16': '1024x1536',
  '1:1': '1024x1024',
};

/** Pictures that one order may bring along. */
const mostReferences = 16;

/** A picture may be in the answer itself, in base64, and there is but one in it. */
const mostOfAnswer = 64 * 1024 * 1024;

/**
 * The `/images` protocol: `/images/generations` in JSON, and with pictures to go by `/images/edits` as a form. It has
 * no field that all servers agree on for how the picture comes back, so none is sent, and either way is read. The base
 * URL is as in `https://host/v1`.
 */
export class OpenAiImagesStudio extends DrawingStudio {
  constructor(known: Pick<PictureStudio, 'id' | 'label'>, settings: DrawingSettings) {
    super(known, bearer, settings);
  }

  capabilities(): Promise<DrawingCapabilities> {
    return Promise.resolve({ aspects: ['16:9', '9:16', '1:1'], references: mostReferences });
  }

  protected async order(
    { jobId, prompt, aspect, references }: DrawRequest,
    call: ServiceCall,
  ): Promise<unknown> {
    const words = { ...(this.model === '' ? {} : { model: this.model }), prompt };
    const size = sizes[aspect];
    // Where the service honours it, even an order that was lost on the way is made only once.
    const once = { 'idempotency-key': jobId };
    if (references.length === 0) {
      const json = { ...words, n: 1, size };
      return await call.order('/images/generations', { json }, once, undefined, mostOfAnswer);
    }
    const form = { ...words, n: '1', size, 'image[]': references };
    return await call.order('/images/edits', { form }, once, undefined, mostOfAnswer);
  }
}
