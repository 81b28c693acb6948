/**
 * What a web page says in a few words: its title, else its first heading. Firewalls, proxies and
 * tunnels (Cloudflare, nginx, ngrok) answer with pages where a service's own words were expected, and
 * stores of files (S3 and all that speak like it, Azure) with XML.
 */
export function pageTitle(html: string): string {
  for (const name of ['title', 'h1', 'h2', 'p', 'message', 'code']) {
    const words = textOf(html, name);
    if (words !== '') return words;
  }
  return '';
}

function textOf(html: string, name: string): string {
  const opening = new RegExp(`<${name}(?:\\s[^>]*)?>`, 'i').exec(html);
  if (opening === null) return '';
  const inside = html.slice(opening.index + opening[0].length);
  const end = inside.search(new RegExp(`</${name}`, 'i'));
  return withoutMarkup(inside.slice(0, end === -1 ? mostWords : end));
}

/** Characters of an element without an end. */
const mostWords = 200;

function withoutMarkup(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#x?[\da-f]+|\w+);/gi, (entity, name: string) => characterOf(name) ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  gt: '>',
  lt: '<',
  nbsp: ' ',
  quot: '"',
};

function characterOf(name: string): string | undefined {
  const code = /^#x/i.test(name)
    ? Number.parseInt(name.slice(2), 16)
    : name.startsWith('#')
      ? Number.parseInt(name.slice(1), 10)
      : undefined;
  if (code === undefined) return named[name.toLowerCase()];
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
