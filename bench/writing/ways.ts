import { asOthersDo } from './reference.ts';
import type { Way } from './runs.ts';

/** One scene after the other. */
export const oneByOne: Way = { name: 'one by one', pace: 'batches', batchSize: 1 };

export const reference: Way = {
  name: 'reference, batches of 5',
  pace: 'batches',
  batchSize: 5,
  write: asOthersDo,
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
