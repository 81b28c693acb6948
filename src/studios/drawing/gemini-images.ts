import { defined } from '../../base/defined.ts';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { isAboutContent, withWords } from '../../net/service-words.ts';
import type { Money } from '../../money/money.ts';
import { field, firstText, items, text } from '../answer.ts';
import { base64, pictureType } from '../pictures.ts';
import type { DrawRequest, DrawingCapabilities } from '../port.ts';
import { mostOfAnswer, type ServiceCall } from '../service.ts';
import type { DrawnPicture } from './drawn-answer.ts';
import { DrawingStudio, type DrawingKnown, type DrawingSettings } from './drawing-studio.ts';
import { knownReferences } from './known-references.ts';

/** US dollars for a picture of the usual size, by the list prices of November 2026. */
const listPrices: readonly { readonly match: RegExp; readonly amount: number }[] = [
  { match: /nano-banana-2\.1/, amount: 0.0336 },
  { match: /gemini-3-pro-image|nano-banana-pro/, amount: 0.134 },
  { match: /gemini-2\.5-flash-image/, amount: 0.039 },
];

/** Reasons to end, and to block a prompt, that are about what may be shown; see `FinishReason` of the service. */
const contentReasons = /SAFETY|PROHIBITED|BLOCKLIST|RECITATION|SPII|JAILBREAK|MODEL_ARMOR/;

/**
 * Google's models that draw, by `generateContent`: pictures go in beside the words, and one comes back among the parts
 * of the answer. To the base URL `/v1beta` is added.
 */
export class GeminiImagesStudio extends DrawingStudio {
  constructor(known: DrawingKnown, settings: DrawingSettings) {
    // With or without the version, as people copy it.
    const baseUrl = settings.baseUrl.trim().replace(/(\/v1beta)?\/*$/, '');
    super(known, (secret) => ({ 'x-goog-api-key': secret }), { ...settings, baseUrl });
  }

  capabilities(): Promise<DrawingCapabilities> {
    const amount = listPrices.find(({ match }) => match.test(this.model))?.amount;
    const price: Money | undefined = amount === undefined ? undefined : { currency: 'USD', amount };
    return Promise.resolve({
      aspects: ['16:9', '9:16', '1:1'],
      references: knownReferences(this.model) ?? 3,
      seed: true,
      ...defined({ price }),
    });
  }

  protected async order(
    { prompt, aspect, references, seed }: DrawRequest,
    call: ServiceCall,
  ): Promise<unknown> {
    const pictures = references.map(({ type, bytes }) => ({
      inlineData: { mimeType: type, data: base64(bytes) },
    }));
    const json = {
      contents: [{ role: 'user', parts: [...pictures, { text: prompt }] }],
      generationConfig: {
        responseModalities: ['IMAGE'],
        imageConfig: { aspectRatio: aspect },
        ...defined({ seed }),
      },
    };
    const model = encodeURIComponent(this.model.replace(/^models\//, ''));
    const path = `/v1beta/models/${model}:generateContent`;
    return await call.order(path, { json }, {}, undefined, mostOfAnswer);
  }

  /** The last one that is no thought: models that think draw some on the way. */
  protected override drawnIn(answer: unknown): DrawnPicture | undefined {
    const pictures = partsOf(answer).flatMap((part) => {
      const data = text(field(part, 'inlineData', 'data') ?? field(part, 'inline_data', 'data'));
      if (data === undefined || field(part, 'thought') === true) return [];
      const bytes = Buffer.from(data, 'base64');
      return pictureType(bytes) === undefined ? [] : [bytes];
    });
    const last = pictures.at(-1);
    return last === undefined ? undefined : { kind: 'inside', bytes: last };
  }

  /** A model that draws nothing says why, in words of its own or in one of its service's. */
  protected override refusalIn(answer: unknown, call: ServiceCall): ScenewrightError | undefined {
    const feedback = field(answer, 'promptFeedback');
    const candidate = field(answer, 'candidates', 0);
    const ended = firstText(field(feedback, 'blockReason'), field(candidate, 'finishReason'));
    if (ended === undefined) return undefined;
    const spoken = partsOf(answer).flatMap((part) =>
      field(part, 'thought') === true ? [] : (text(field(part, 'text')) ?? []),
    );
    const said = call.quoted(
      firstText(
        field(feedback, 'blockReasonMessage'),
        field(candidate, 'finishMessage'),
        spoken.join(' '),
        ended,
      ),
    );
    const isDeclined = contentReasons.test(ended) || isAboutContent(said ?? '');
    const fact = call.host.say((host) => t('The picture was not drawn by {0}.', host));
    return new ScenewrightError(
      isDeclined ? 'refused' : 'bad-answer',
      withWords(fact, said ?? ''),
      {
        said,
      },
    );
  }
}

function partsOf(answer: unknown): readonly unknown[] {
  return items(field(answer, 'candidates')).flatMap((one) => items(field(one, 'content', 'parts')));
}
