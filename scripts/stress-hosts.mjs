import { runPinned } from './bootstrap.mjs';

await runPinned('test/two-windows/main.ts');
