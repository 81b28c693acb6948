import { createHash } from 'node:crypto';
import { escapeHtml } from '../../base/html.ts';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { clockTime } from '../../webview/clock-time.ts';
import type { SceneShown } from '../../webview/protocol.ts';
import { formatSeconds } from '../ui/format.ts';

/** One scene on the storyboard. */
export interface StoryboardPanel {
  /** Its place in the story, from 1. */
  readonly number: number;
  readonly title: string;
  readonly seconds: number;
  readonly scene: Pick<
    SceneShown,
    'where' | 'summary' | 'action' | 'dialogue' | 'narration' | 'sound'
  >;
  readonly picture?: StoryboardPicture;
}

export interface StoryboardPicture {
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif';
  readonly bytes: Uint8Array;
}

export interface StoryboardParts {
  readonly title: string;
  /** BCP 47 tag of the language of the script. */
  readonly language: string;
  /** Shape of the pictures, such as `16:9`; anything else counts as that. */
  readonly aspect: string;
  /** What all scenes look like; may be empty. */
  readonly style: string;
  readonly panels: readonly StoryboardPanel[];
}

/**
 * A storyboard as one page that needs nothing else: to be read in any browser, and printed with no row cut in
 * two. All words stand as text, and nothing in it can run or load.
 */
export function storyboardHtml(parts: StoryboardParts): string {
  const { title, panels } = parts;
  const style = styleSheet(parts.aspect);
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const seconds = panels.reduce((sum, panel) => sum + panel.seconds, 0);
  const facts = [t('{0} scenes', panels.length), clockTime(seconds * 1000), parts.style];
  return `<!DOCTYPE html>
<html lang="${escapeHtml(parts.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1 dir="auto">${escapeHtml(title)}</h1>
<p dir="auto">${escapeHtml(factLine(facts))}</p>
</header>
<ol>
${panels.map(panelHtml).join('\n')}
</ol>
</body>
</html>
`;
}

function panelHtml({ number, title, seconds, scene, picture }: StoryboardPanel): string {
  const { where, summary, action, dialogue = [], narration, sound } = scene;
  const facts = factLine([formatSeconds(seconds), where]);
  const words = [
    ...paragraphs(action ?? summary),
    ...dialogue.map(
      ({ speaker, tone, line }) =>
        `<p class="spoken" dir="auto"><b>${escapeHtml(speaker)}</b>${tone === '' ? '' : ` <i>(${escapeHtml(tone)})</i>`} ${escapeHtml(line)}</p>`,
    ),
    ...labelled(t('Narration'), narration),
    ...labelled(t('Sound'), sound),
  ];
  return `<li>
<div class="picture">${picture === undefined ? `<span>${escapeHtml(t('No picture yet'))}</span>` : imageHtml(picture)}</div>
<h2 dir="auto"><span>${number}</span> ${escapeHtml(title)}</h2>
<p class="facts" dir="auto">${escapeHtml(facts)}</p>
${words.join('\n')}
</li>`;
}

function imageHtml({ type, bytes }: StoryboardPicture): string {
  return `<img alt="" src="data:${type};base64,${Buffer.from(bytes).toString('base64')}">`;
}

function paragraphs(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => `<p dir="auto">${escapeHtml(part)}</p>`);
}

function labelled(label: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return [`<p dir="auto"><span class="label">${escapeHtml(label)}:</span> ${escapeHtml(text)}</p>`];
}

/** Its text is named in the page's policy, so all of it stands here. */
function styleSheet(aspect: string): string {
  const [, wide = '16', high = '9'] = /^(\d{1,3}):(\d{1,3})$/.exec(aspect) ?? [];
  const ratio = Number(wide) / Number(high);
  // So many side by side that two rows go on most sheets.
  const columns = ratio >= 1.2 ? 4 : ratio >= 0.8 ? 5 : 6;
  return `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 2rem; background: #fff; color: #1b1b1b; font: 13px/1.45 system-ui, sans-serif; }
header { margin-bottom: 1.5rem; }
h1, h2, p, ol { margin: 0; padding: 0; }
h1 { font-size: 1.7rem; line-height: 1.2; }
header p, .facts, .label, h2 span { color: #5a5a5a; }
ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1.6rem 1.2rem; list-style: none; }
li { min-width: 0; break-inside: avoid; overflow-wrap: anywhere; }
li > * + * { margin-top: 0.35em; }
.picture { display: grid; place-items: center; aspect-ratio: ${wide} / ${high}; overflow: hidden; border: 1px solid #b5b5b5; background: #f3f3f3; color: #5a5a5a; }
.picture img { display: block; width: 100%; height: 100%; object-fit: cover; }
h2 { font-size: 1rem; line-height: 1.3; }
h2 span { font-variant-numeric: tabular-nums; }
.spoken { padding-inline-start: 1.2em; }
@page { size: landscape; margin: 12mm; }
@media print {
  body { margin: 0; font-size: 8.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  header { margin-bottom: 5mm; }
  ol { grid-template-columns: repeat(${columns}, 1fr); gap: 6mm 5mm; }
}
`;
}
