import { t } from '../../base/l10n.ts';
import { settings } from '../settings.ts';
import { textStep } from '../ui/steps.ts';
import { addressFault } from './account-questions.ts';
import { settleAccount, type AccountUse } from './add-account.ts';
import type { AccountTools } from './add-server.ts';
import { askForModel, offerOf, testedAccount } from './choose-model.ts';

/** Where models are, and the one that is to write. */
export interface Endpoint {
  readonly baseUrl: string;
  readonly model: string;
  /** The account whose key the endpoint has looked at and found good; absent where it has looked at none. */
  readonly tested: string | undefined;
}

const title = (): string => t('OpenAI-Compatible Endpoint');

/**
 * Let the writer say where models are, see to it that there is a key for it where one is needed, and have
 * them choose among what is offered there, which tests the key before anything is written with it.
 * `undefined` when they left.
 */
export async function askForEndpoint(tools: AccountTools): Promise<Endpoint | undefined> {
  let baseUrl = settings.writer.baseUrl.value;
  for (;;) {
    const address = await textStep({
      title: title(),
      step: 1,
      totalSteps: 2,
      hasBack: false,
      prompt: t('Address of the service; most end in /v1'),
      value: baseUrl,
      validate: addressFault,
    });
    if (address === undefined || address === 'back') return undefined;
    baseUrl = address.answer.trim();
    const use: AccountUse = { provider: 'openai', address: baseUrl };
    await settleAccount(tools, use);
    const offer = await offerOf(tools, use, (signal) => tools.offers(baseUrl, signal));
    if (offer === 'left') return undefined;
    const offered = offer?.models ?? [];
    const chosen = await askForModel(
      {
        title: title(),
        step: 2,
        totalSteps: 2,
        hasBack: true,
        present: settings.writer.model.value,
        prompt: t('The model, as the service names it'),
        placeHolder: t('Which of its {0} models writes?', offered.length),
      },
      offered.map((name) => ({ name })),
    );
    if (chosen === undefined) return undefined;
    if (chosen === 'back') continue;
    return { baseUrl, model: chosen.answer, tested: testedAccount(tools, use, offer) };
  }
}
