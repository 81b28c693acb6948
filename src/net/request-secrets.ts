/** Headers that say nothing about who is asking; keys are sent in too many to list those. */
export const harmlessHeaders: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'content-type',
  'if-range',
  'range',
  'user-agent',
]);

/** What may be secret in headers: whole values, and what stands behind the name of a scheme. */
export function headerSecrets(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers)
    .filter(([name]) => !harmlessHeaders.has(name.toLowerCase()))
    .flatMap(([, value]) => [value, value.replace(/^(bearer|key|basic)\s+/i, '')]);
}

/**
 * What may be secret in a request, the longest first: the values of all headers that are not known to
 * be harmless, and of all query parameters. Very short values are left out; they would only tear holes
 * into messages.
 */
export function secretsOf(url: URL, headers: Readonly<Record<string, string>>): string[] {
  return [...headerSecrets(headers), ...url.searchParams.values(), url.password]
    .filter((value) => value.length >= 8)
    .sort((a, b) => b.length - a.length);
}
