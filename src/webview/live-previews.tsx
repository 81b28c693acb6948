import type { VNode } from 'preact';
import type { Sheet } from './previewed-scenes.ts';
import { Icon, stateIcons } from './icon.tsx';
import type { Texts } from './text.ts';

interface SheetsProps {
  readonly sheets: readonly Sheet[];
  readonly texts: Texts;
}

/** The scenes on the desk with their first lines. Every sheet is equally high, whatever is on it. */
export function Sheets({ sheets, texts }: SheetsProps): VNode | null {
  if (sheets.length === 0) return null;
  return (
    <section class="live" aria-labelledby="live">
      <h2 class="heading" id="live">
        {texts.get('live')}
      </h2>
      <ul class="sheets" role="list">
        {sheets.map(({ cell, text, attempt }) => (
          <li key={cell.id} class="sheet" data-state={cell.state}>
            <h3 class="sheet-title">
              <Icon name={stateIcons[cell.state]} />
              <b>{cell.number}</b>
              <span class="sheet-name">{cell.title}</span>
              {attempt > 1 && <span class="attempt">{texts.get('attempt', attempt)}</span>}
            </h3>
            <p class="sheet-text">{text || <i>{texts.get('waiting')}</i>}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
