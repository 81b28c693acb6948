import { paces, type Pace } from '../../writing/schedule/scheduled-scene.ts';
import type { TokenPrice } from '../../money/price.ts';
import { settings } from '../settings.ts';

/** What the settings say about how a script is written, in the form that the engine takes. */
export interface WritingSettings {
  readonly pace: Pace;
  readonly batchSize: number | 'auto';
  readonly hedge: boolean;
  /** How long a service that answers nobody is waited for, in milliseconds; 0 for not at all. */
  readonly patienceMs: number;
  readonly price: TokenPrice;
  /** Money; 0 for no limit. */
  readonly budget: number;
}

export function writingSettings(): WritingSettings {
  const chosen: string = settings.writer.pace.value;
  const pace = paces.find((known) => known === chosen) ?? 'sliding';
  const price: Partial<TokenPrice> = settings.writer.price.value;
  return {
    pace,
    // Contracts stand in for unwritten neighbours there, so more at once costs no context.
    batchSize:
      pace === 'planned' && !settings.writer.batchSize.isSet
        ? 'auto'
        : settings.writer.batchSize.value,
    hedge: settings.writer.hedge.value,
    patienceMs: settings.writer.patience.value * 60_000,
    price: { input: amount(price.input), output: amount(price.output) },
    budget: settings.writer.budget.value,
  };
}

function amount(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
