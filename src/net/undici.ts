/**
 * The only door to undici (a test keeps it so): whatever is used of it comes from here, and the
 * process's own dispatchers stay as they were.
 *
 * The order matters and survives bundling: imported modules run before this module's own body, and
 * `global-slots` has no imports that could bring undici in earlier. All of it runs in one go, so no
 * other code can see the slots in between.
 */
import { releaseGlobalSlots } from './undici-globals.ts';
import * as undici from 'undici';

releaseGlobalSlots();

export const { EnvHttpProxyAgent, Headers, Response, fetch } = undici;
export type { Dispatcher } from 'undici';
