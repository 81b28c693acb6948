import { asAnOracle, asOthersDo } from './reference.ts';
import type { Way } from './runs.ts';

/** One scene after the other: what every speed-up is measured against. */
export const oneByOne: Way = { name: 'one by one', pace: 'batches', batchSize: 1 };

export const reference: Way = {
  name: 'reference, batches of 5',
  pace: 'batches',
  batchSize: 5,
  scenes: asOthersDo,
};

export const batches: Way = { name: 'batches, 5', pace: 'batches', batchSize: 5 };

export const sliding: Way = { name: 'sliding, 5', pace: 'sliding', batchSize: 5 };

export function planned(batchSize: number | 'auto', hedge = false): Way {
  return {
    name: `planned, ${batchSize}${hedge ? ' + hedge' : ''}`,
    pace: 'planned',
    batchSize,
    hedge,
  };
}

/** Somebody who knows the limits of the endpoint. */
export const oracle: Way = {
  name: 'oracle',
  pace: 'planned',
  batchSize: 'auto',
  scenes: asAnOracle,
};
