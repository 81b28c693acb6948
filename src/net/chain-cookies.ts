import type { HeaderReader } from './http-types.ts';
import type { Hop } from './redirect.ts';

/**
 * The cookies that are set on the way of one request through its redirects. Each goes back to the
 * origin that set it, and all of them are forgotten with the answer.
 */
export class ChainCookies {
  private readonly byOrigin = new Map<string, Map<string, string>>();

  /** Remember what an answer sets. */
  note({ origin }: URL, headers: HeaderReader): void {
    const set = headers.get('set-cookie');
    if (set === null) return;
    const cookies = this.byOrigin.get(origin) ?? new Map<string, string>();
    this.byOrigin.set(origin, cookies);
    // Several are joined by commas, of which there is another in a date.
    for (const one of set.split(/,(?=\s*[^\s;,=]+=)/)) {
      const [, name = '', value = ''] = /^\s*([^\s;,=]+)=([^;]*)/.exec(one) ?? [];
      if (name === '') continue;
      if (/;\s*max-age=(?:0|-\d+)\s*(?:;|$)/i.test(one)) cookies.delete(name);
      else cookies.set(name, value.trim());
    }
  }

  /** A request with the cookies of its origin, behind those that it has itself. */
  on(hop: Hop): Hop {
    const cookies = [...(this.byOrigin.get(hop.url.origin) ?? [])];
    if (cookies.length === 0) return hop;
    const headers = Object.entries(hop.headers);
    const isCookie = ([name]: readonly [string, string]): boolean =>
      name.toLowerCase() === 'cookie';
    const pairs = [
      ...headers.filter(isCookie).map(([, value]) => value),
      ...cookies.map(([name, value]) => `${name}=${value}`),
    ];
    const others = headers.filter((header) => !isCookie(header));
    return { ...hop, headers: { ...Object.fromEntries(others), cookie: pairs.join('; ') } };
  }
}
