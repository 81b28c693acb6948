import { defined } from '../../base/defined.ts';
import { Emitter } from '../../base/events.ts';
import { chosenPrice, type ClipPrice } from '../../money/price.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { RenderChoices } from '../../studios/choices.ts';
import type { StudioCapabilities } from '../../studios/port.ts';
import { capabilitiesMs, type ChosenStudio, type Services } from '../accounts/services.ts';
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

/** What is to be known of the studio of the settings before anything is ordered. */
interface Facts {
  /** Of a clip; absent where nothing is to be paid, or none is known. */
  readonly price?: ClipPrice | undefined;
  /** Whether clips can begin with the last frame of the one before. */
  readonly chains: boolean;
  /** Lengths of clips, in seconds, ascending. */
  readonly seconds: readonly number[];
}

/**
 * What the studio of the settings says of itself, for all that is shown before anything is ordered: what is not known
 * yet is asked for behind, once for each way of rendering, and told when it is here. Nobody waits for a service here.
 */
export class KnownStudio {
  private readonly services: Pick<Services, 'chosen' | 'studio'>;
  private readonly known = new Map<string, Facts | undefined>();
  private readonly learned = new Emitter<void>();

  /** It has said something that nobody could know before. */
  readonly onDidLearn = this.learned.event;

  constructor(services: Pick<Services, 'chosen' | 'studio'>) {
    this.services = services;
  }

  /** The price of a clip of this script; absent where nothing is to be paid, or none is known yet. */
  priceOf(script: ParsedScript): ClipPrice | undefined {
    return this.factsOf(script)?.price;
  }

  /** Lengths that clips of this script can have, in seconds, ascending; none while that is not known. */
  lengthsFor(script: ParsedScript): readonly number[] {
    return this.factsOf(script)?.seconds ?? [];
  }

  /** Whether clips of this script begin with the last frame of the one before, where its scenes go on without a cut. */
  chains(script: ParsedScript): boolean {
    return this.chainsBy(this.factsOf(script));
  }

  /** The same for who can wait for the studio. */
  async chainsForSure(script: ParsedScript): Promise<boolean> {
    const way = wayOf(script);
    await this.ask(way);
    return this.chainsBy(this.known.get(way.key));
  }

  /**
   * Of a studio that does not say, clips are taken to go on from one another: a still can be drawn any time, while one
   * that is drawn is paid for, and breaks the chain.
   */
  private chainsBy(facts: Facts | undefined): boolean {
    if (facts !== undefined) return facts.chains;
    return this.services.studio(settings.video.provider.value)?.holdsItself !== true;
  }

  private factsOf(script: ParsedScript): Facts | undefined {
    const way = wayOf(script);
    if (!this.known.has(way.key)) {
      this.known.set(way.key, undefined);
      void this.ask(way);
    }
    return this.known.get(way.key);
  }

  private async ask({ key, choices }: Way): Promise<void> {
    try {
      const chosen = await this.services.chosen();
      const { canChain } = await import('./chain-plan.ts');
      const isPaid = chosen.accounts.length > 0;
      const capabilities = await capabilitiesOf(chosen, choices);
      this.learn(key, {
        price: isPaid ? priceOfClips(capabilities) : undefined,
        seconds: capabilities.seconds,
        chains: await canChain({ studio: chosen.studio, takes: capabilities.pictures }),
      });
    } catch {
      // Whoever renders is told what is missing; by then it may be there.
      if (this.known.get(key) === undefined) this.known.delete(key);
    }
  }

  private learn(key: string, facts: Facts): void {
    const before = this.known.get(key);
    this.known.set(key, facts);
    if (JSON.stringify(before) !== JSON.stringify(facts)) this.learned.fire();
  }
}

/** A way of rendering, by all that the studio's words depend on. */
interface Way {
  readonly key: string;
  readonly choices: RenderChoices | undefined;
}

function wayOf(script: ParsedScript): Way {
  const { provider, baseUrl, model, price } = settings.video;
  const choices = choicesFor(script);
  const all = [provider, baseUrl, model, price, settings.ffmpegPath].map(({ value }) => value);
  return { key: JSON.stringify([...all, choices]), choices };
}
