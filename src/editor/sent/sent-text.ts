import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { escapeInline } from '../../script/markdown/inline-text.ts';
import type { Span } from '../../script/markdown/block-types.ts';
import type { SentOrder } from './what-is-sent.ts';

/** A page that shows an order, and where on it files are named. */
export interface SentText {
  readonly text: string;
  readonly links: readonly (Span & { readonly file: string })[];
}

/**
 * An order as a page of Markdown. What comes from the script stands there as it is sent, and is no markup.
 *
 * @param shorten a path as the writer knows it
 */
export function sentText(
  title: string,
  order: SentOrder,
  shorten: (file: string) => string,
): SentText {
  const links: SentText['links'][number][] = [];
  let text = '';
  const paragraph = (words: string): void => {
    if (words !== '') text += `${words}\n\n`;
  };
  const heading = (words: string): void => {
    paragraph(`## ${words}`);
  };
  const item = (label: string, file: string): void => {
    const lead = `- ${oneLine(label)}: `;
    const path = shorten(file).replace(/[\r\n]/gu, ' ');
    const start = text.length + lead.length;
    links.push({ start, end: start + path.length, file });
    text += `${lead}${path}\n`;
  };

  paragraph(`# ${oneLine(title)}`);
  paragraph(order.studio === undefined ? '' : t('This is what {0} gets.', oneLine(order.studio)));
  for (const words of order.problems) {
    paragraph(`> **${t('As it is, nothing would be ordered.')}** ${oneLine(words)}`);
  }
  paragraph(order.note === undefined ? '' : `> ${oneLine(order.note)}`);
  paragraph(factLine([t('{0} s', order.seconds), order.aspect, oneLine(order.asked)]));

  heading(t('Prompt'));
  const fence = fenceFor(order.prompt);
  paragraph(`${fence}text\n${order.prompt}\n${fence}`);

  const { firstFrame, lastFrame, references, dropped } = order;
  if (firstFrame !== undefined || lastFrame !== undefined || references.length > 0) {
    heading(t('Pictures'));
    if (firstFrame !== undefined) item(t('First frame'), firstFrame);
    if (lastFrame !== undefined) item(t('Last frame'), lastFrame);
    for (const { name, file } of references) item(name, file);
    text += '\n';
  }
  if (dropped.length > 0) {
    heading(t('Left out'));
    paragraph(dropped.map((words) => `- ${oneLine(words)}`).join('\n'));
  }
  return { text: `${text.trimEnd()}\n`, links };
}

function oneLine(words: string): string {
  return escapeInline(words.replace(/\s+/gu, ' ').trim());
}

/** Longer than any run of its sign in the text. */
function fenceFor(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
}
