import type { Hop } from './redirect.ts';
import { harmlessHeaders, headerSecrets } from './request-secrets.ts';

/** Whether a status may mean that there is one credential too many. */
export function isRefusal(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

/** No signature is shorter than this, in characters. */
const shortestSignature = 16;

/** The same request without what says who asks, where its address may speak for itself. */
export function bareOf(hop: Hop): Hop | undefined {
  const own = new Set(headerSecrets(hop.headers));
  const isSigned = [...hop.url.searchParams.values()].some(
    (value) => value.length >= shortestSignature && !own.has(value),
  );
  if (!isSigned) return undefined;
  const headers = Object.entries(hop.headers);
  const bare = headers.filter(([name]) => harmlessHeaders.has(name.toLowerCase()));
  return bare.length === headers.length ? undefined : { ...hop, headers: Object.fromEntries(bare) };
}
