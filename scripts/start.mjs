import { runPinned } from './bootstrap.mjs';

await runPinned('test/demo/main.ts');
