import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { escapeHtml } from '../../base/html.ts';

/**
 * The HTML of a prompt's card. It is whole: a frame in VS Code's editor of rendered Markdown can load
 * nothing. Nothing but its own script runs in it, and it may show pictures that it is handed.
 *
 * @param folder of the built card, absolute
 * @param lang BCP 47 tag of the language of what it is told
 */
export async function promptCardHtml(folder: string, lang: string): Promise<string> {
  const [script, style] = await Promise.all(
    ['card.js', 'card.css'].map((name) => readFile(path.join(folder, name), 'utf8')),
  );
  // What VS Code puts before this policy, to measure the frame, is not subject to it.
  const policy = [
    `default-src 'none'`,
    `img-src data:`,
    `style-src 'unsafe-inline'`,
    `script-src 'sha256-${createHash('sha256')
      .update(script ?? '')
      .digest('base64')}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<style>${style ?? ''}</style>
</head>
<body>
<main id="card"></main>
<script>${script ?? ''}</script>
</body>
</html>
`;
}
