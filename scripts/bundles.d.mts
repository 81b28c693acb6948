import type { BuildOptions } from 'esbuild';

export function bundlesOf(options: { readonly production: boolean }): Record<string, BuildOptions>;
