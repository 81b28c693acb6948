import type { VNode } from 'preact';
import { clockTime } from './clock-time.ts';
import { Fact } from './fact.tsx';
import { isRunning } from './progress-view.ts';
import type { FilmView } from './protocol.ts';
import type { Texts } from './text.ts';

interface FilmTotalsFactsProps {
  readonly view: FilmView;
  readonly texts: Texts;
}

/** How long the film is, and what of it is rendered and paid for; what is nothing is not said. */
export function FilmTotalsFacts({ view, texts }: FilmTotalsFactsProps): VNode | null {
  const { totals } = view;
  if (totals === undefined || view.total === 0) return null;
  const {
    seconds,
    wanted,
    drawn,
    drawing,
    rendered,
    stale,
    rendering,
    failed,
    spent,
    unclear,
    toCome,
  } = totals;
  const isWriting = isRunning(view) || view.state === 'paused';
  return (
    <>
      {!isWriting && (
        <Fact
          parts={texts.parts('length', clockTime(seconds * 1000), clockTime(wanted * 1000))}
          hint={texts.get('lengthHint')}
        />
      )}
      {drawn > 0 && <Fact parts={texts.parts('drawnCount', drawn)} />}
      {drawing > 0 && <Fact parts={texts.parts('drawingCount', drawing)} />}
      {rendered > 0 && <Fact parts={texts.parts('renderedCount', rendered)} />}
      {rendering > 0 && <Fact parts={texts.parts('renderingCount', rendering)} />}
      {stale > 0 && <Fact parts={texts.parts('staleCount', stale)} />}
      {failed > 0 && <Fact parts={texts.parts('failedCount', failed)} />}
      {spent !== undefined && <Fact parts={texts.parts('spent', spent)} />}
      {unclear !== undefined && (
        <Fact parts={texts.parts('unclear', unclear)} hint={texts.get('unclearHint')} />
      )}
      {toCome !== undefined && !isWriting && <Fact parts={texts.parts('toCome', toCome)} />}
    </>
  );
}
