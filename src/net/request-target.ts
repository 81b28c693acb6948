/**
 * What a request asks for at its server: the path as browsers and curl send it, and the query in the
 * very bytes in which it was named, for a signature in it often holds for no other spelling. Only what
 * can stand in no request is escaped.
 *
 * @param named the address, whole or relative, that `url` was made of
 */
export function requestTarget(url: URL, named: string): string {
  const found = /^[^?#]*(\?[^#]*)/.exec(named.replace(/[\t\r\n]/g, '').trim());
  // Without one of its own it may have that of the address before it.
  return `${url.pathname}${found === null ? url.search : escaped(found[1] ?? '')}`;
}

/** Without the parameters that have one of these values; all others stay byte for byte. */
export function withoutValues(target: string, values: ReadonlySet<string>): string {
  const [path = '', ...rest] = target.split('?');
  if (rest.length === 0) return target;
  const pairs = rest.join('?').split('&');
  const kept = pairs.filter((pair) => !valuesOf(pair).some((value) => values.has(value)));
  if (kept.length === pairs.length) return target;
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** As forms read it, and as it reads where a plus is a plus. */
function valuesOf(pair: string): string[] {
  const value = pair.slice(pair.indexOf('=') + 1);
  return [value, value.replaceAll('+', '%2B')].flatMap((one) => [
    ...new URLSearchParams(`value=${one}`).values(),
  ]);
}

function escaped(query: string): string {
  return query.replace(/[^\x21\x23-\x3b\x3d\x3f-\x7e]+/g, (some) =>
    Array.from(
      Buffer.from(some),
      (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  );
}
