import { defined } from '../../base/defined.ts';
import { chosenPrice, type ClipPrice } from '../../money/price.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { RenderChoices } from '../../studios/choices.ts';
import type { StudioCapabilities } from '../../studios/port.ts';
import { capabilitiesMs, type ChosenStudio } from '../accounts/services.ts';
import { settings } from '../settings.ts';
import { choicesFor } from './render-choices.ts';

/** What the chosen studio can do, and for how much; asked of its service, which costs nothing. */
export async function capabilitiesOf(
  { studio, accounts }: ChosenStudio,
  choices: RenderChoices | undefined,
): Promise<StudioCapabilities> {
  const [account] = accounts;
  const signal = AbortSignal.timeout(capabilitiesMs);
  return studio.capabilities({ ...defined({ account }), signal }, choices);
}

/** The price of a clip by the writer's own word, else by the studio's. */
export function priceOfClips(capabilities: StudioCapabilities): ClipPrice | undefined {
  return chosenPrice(settings.video.price.value, capabilities.price);
}

/**
 * What clips cost with the studio of the settings, to be shown: what is not known yet is asked for
 * behind, once for each way of rendering, and known the next time. Nobody waits for a service here.
 */
export class ClipPrices {
  private readonly chosen: () => Promise<ChosenStudio>;
  private readonly known = new Map<string, ClipPrice | undefined>();

  constructor(chosen: () => Promise<ChosenStudio>) {
    this.chosen = chosen;
  }

  /** The price of a clip of this script; absent where nothing is to be paid, or none is known yet. */
  of(script: ParsedScript): ClipPrice | undefined {
    const { provider, baseUrl, model, price } = settings.video;
    const choices = choicesFor(script);
    const way = [provider.value, baseUrl.value, model.value, price.value, choices];
    const key = JSON.stringify(way);
    if (!this.known.has(key)) {
      this.known.set(key, undefined);
      void this.ask(key, choices);
    }
    return this.known.get(key);
  }

  private async ask(key: string, choices: RenderChoices | undefined): Promise<void> {
    try {
      const chosen = await this.chosen();
      if (chosen.accounts.length === 0) return;
      this.known.set(key, priceOfClips(await capabilitiesOf(chosen, choices)));
    } catch {
      // Whoever renders is told what is missing; by then it may be there.
      this.known.delete(key);
    }
  }
}
