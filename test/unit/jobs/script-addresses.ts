import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ScriptAddresses } from '../../../src/jobs/job-moves.ts';

/** As records of tests name scripts. */
export const scriptAddresses: ScriptAddresses = {
  fileOf: (address) => fileURLToPath(address),
  addressOf: (file) => pathToFileURL(file).href,
};
