import type { PageStrings } from './protocol.ts';

export interface PageParts {
  /** The webview's own. */
  readonly cspSource: string;
  /** The address of a file of `dist/webview` as the webview sees it. */
  readonly address: (file: string) => string;
  /** Fresh and unguessable for each page. */
  readonly nonce: string;
  /** BCP 47 tag of the language of `strings`. */
  readonly lang: string;
  /** The same of the language that numbers are written in. */
  readonly locale: string;
  readonly strings: PageStrings;
}

/**
 * The HTML of the film page: nothing may load or run in it but its own three files, and pictures and
 * clips of the folders that it was opened with.
 */
export function pageDocument(parts: PageParts): string {
  const { cspSource, address, nonce, lang, locale, strings } = parts;
  const policy = [
    `default-src 'none'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource}`,
    `media-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  // `<` would let a translation end the script element early.
  const json = JSON.stringify(strings).replaceAll('<', '\\u003c');
  return `<!DOCTYPE html>
<html lang="${escape(lang)}" data-locale="${escape(locale)}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${escape(policy)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Scenewright</title>
    <link rel="stylesheet" href="${escape(address('page.css'))}">
  </head>
  <body>
    <main id="app"></main>
    <script type="application/json" id="strings" nonce="${nonce}">${json}</script>
    <script nonce="${nonce}" src="${escape(address('page.js'))}"></script>
  </body>
</html>
`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
