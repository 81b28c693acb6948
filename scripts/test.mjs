import { runPinned } from './bootstrap.mjs';

await runPinned('scripts/test-stages.ts');
