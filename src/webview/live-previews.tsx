import type { VNode } from 'preact';
import type { LivePreview } from './preview-model.ts';
import { Icon, stateIcons } from './icon.tsx';
import type { Texts } from './text.ts';

interface LivePreviewsProps {
  readonly previews: readonly LivePreview[];
  readonly texts: Texts;
}

/** The scenes being written, with their first lines. Every preview is equally high, whatever is on it. */
export function LivePreviews({ previews, texts }: LivePreviewsProps): VNode | null {
  if (previews.length === 0) return null;
  return (
    <section class="live" aria-labelledby="live">
      <h2 class="heading" id="live">
        {texts.get('live')}
      </h2>
      <ul class="previews" role="list">
        {previews.map(({ cell, text, attempt }) => (
          <li key={cell.id} class="preview" data-state={cell.state}>
            <h3 class="preview-title">
              <Icon name={stateIcons[cell.state]} />
              <b>{cell.number}</b>
              <span class="preview-name" title={cell.title}>
                {cell.title}
              </span>
              {attempt > 1 && <span class="attempt">{texts.get('attempt', attempt)}</span>}
            </h3>
            <p class="preview-text">{text || <i>{texts.get('waiting')}</i>}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
