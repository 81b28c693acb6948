/**
 * Who asks, in every request: many firewalls answer 403 or 406 to those who do not say, and some to
 * libraries that say it for themselves. A test holds it to the manifest.
 */
export const userAgent = 'Scenewright/0.1.0';

/** What every request says of us, unless `headers` say it otherwise, in small or capital letters. */
export function withManners(headers: Readonly<Record<string, string>>): Record<string, string> {
  const named = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return {
    ...(named.has('user-agent') ? {} : { 'user-agent': userAgent }),
    ...(named.has('accept') ? {} : { accept: '*/*' }),
    ...headers,
  };
}
