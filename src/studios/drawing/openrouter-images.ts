import { defined } from '../../base/defined.ts';
import { isCancelled } from '../../base/errors.ts';
import type { Money } from '../../money/money.ts';
import { aspects, type Aspect } from '../../script/script-model.ts';
import { field, items, number, text } from '../answer.ts';
import { dataUri } from '../pictures.ts';
import type { DrawRequest, DrawingCapabilities, StudioContext } from '../port.ts';
import { Remembered } from '../remembered.ts';
import { bearer, mostOfAnswer, type ServiceCall } from '../service.ts';
import { DrawingStudio, type DrawingKnown, type DrawingSettings } from './drawing-studio.ts';
import { knownReferences } from './known-references.ts';

/** What OpenRouter says of a model is a nicety; nobody waits long for it. */
const listTimeoutMs = 15_000;

/** What OpenRouter says of one model. */
interface Listed {
  readonly aspects: readonly Aspect[];
  readonly references: number;
  readonly seed: boolean;
  readonly price: Money | undefined;
}

/**
 * OpenRouter's `/images`: one protocol for the models of many makers, which answers with the picture. What a model
 * takes and costs is asked of the service itself. A model is named as in `bytedance-seed/seedream-4.5`.
 */
export class OpenRouterImagesStudio extends DrawingStudio {
  private readonly listed: Remembered<Listed | undefined>;

  constructor(known: DrawingKnown, settings: DrawingSettings) {
    super(known, bearer, settings);
    this.listed = new Remembered(this.service.clock);
  }

  async capabilities(context: StudioContext): Promise<DrawingCapabilities> {
    const call = await this.service.open(context);
    const listed = await this.ask(call);
    // Of one that nobody tells of no more is asked than is known of its family.
    if (listed === undefined) return { aspects, references: knownReferences(this.model) ?? 0 };
    const { price, ...taken } = listed;
    return { ...taken, ...defined({ price }) };
  }

  protected async order(
    { prompt, aspect, references, seed }: DrawRequest,
    call: ServiceCall,
  ): Promise<unknown> {
    const takesSeed = (await this.ask(call))?.seed === true;
    const pictures = references.map((picture) => ({
      type: 'image_url',
      image_url: { url: dataUri(picture) },
    }));
    const json = {
      model: this.model,
      prompt,
      aspect_ratio: aspect,
      ...(pictures.length === 0 ? {} : { input_references: pictures }),
      ...defined({ seed: takesSeed ? seed : undefined }),
    };
    return await call.order('/images', { json }, {}, undefined, mostOfAnswer);
  }

  private async ask(call: ServiceCall): Promise<Listed | undefined> {
    try {
      return await this.listed.get(() => askFor(call, this.model));
    } catch (error) {
      if (isCancelled(error)) throw error;
      return undefined;
    }
  }
}

/** The model in `GET /images/models`, and what those who serve it take for a picture. */
async function askFor(call: ServiceCall, model: string): Promise<Listed | undefined> {
  const list = await call.ask(call.address('/images/models'), listTimeoutMs);
  const entry = items(field(list, 'data')).find((one) => field(one, 'id') === model);
  if (entry === undefined) return undefined;
  const taken = field(entry, 'supported_parameters');
  const shapes = items(field(taken, 'aspect_ratio', 'values'));
  const references = field(taken, 'input_references');
  const path = model.split('/').map(encodeURIComponent).join('/');
  const price = await call
    .ask(call.address(`/images/models/${path}/endpoints`), listTimeoutMs)
    .then(priceIn)
    .catch((error: unknown) => {
      if (isCancelled(error)) throw error;
      return undefined;
    });
  return {
    aspects: shapes.length === 0 ? aspects : aspects.filter((one) => shapes.includes(one)),
    references:
      references === undefined
        ? 0
        : (number(field(references, 'max')) ?? knownReferences(model) ?? 1),
    seed: field(taken, 'seed') !== undefined,
    price,
  };
}

/**
 * What a picture costs, whoever of those that serve the model draws it: the dearest. Absent where anybody counts it in
 * tokens or pixels, for which nobody knows beforehand how many there are.
 */
function priceIn(answer: unknown): Money | undefined {
  const prices = items(field(answer, 'endpoints')).map((endpoint) => {
    const made = items(field(endpoint, 'pricing')).filter(
      (line) => field(line, 'billable') === 'output_image',
    );
    const amounts = made.map((line) =>
      ['image', 'request'].includes(text(field(line, 'unit')) ?? '')
        ? number(field(line, 'cost_usd'))
        : undefined,
    );
    return new Set(amounts).size === 1 ? amounts[0] : undefined;
  });
  const known = prices.flatMap((price) => price ?? []);
  if (known.length === 0 || known.length < prices.length) return undefined;
  return { currency: 'USD', amount: Math.max(...known) };
}
