import type { VNode } from 'preact';
import { faceOf } from './cell-face.ts';
import { Icon, stateIcons } from './icon.tsx';
import type { Cell, FilmView, RunState } from './protocol.ts';
import { statusText } from './status.ts';
import type { Texts } from './text.ts';
import { useTicking } from './ticking.ts';
import { isRunning, type ViewAge } from './progress-view.ts';

interface StatusLineProps {
  readonly view: FilmView;
  /** The scene under the pointer or the keyboard. */
  readonly cell: Cell | undefined;
  readonly age: ViewAge;
  readonly texts: Texts;
}

const runIcons: Readonly<Record<RunState, string>> = {
  idle: 'circle-small',
  planning: 'list-tree',
  writing: 'edit',
  paused: 'debug-pause',
  failed: 'error',
  cancelled: 'circle-slash',
  done: 'pass-filled',
};

/** How things stand, or what the cell under the pointer is. Always one line high. */
export function StatusLine({ view, cell, age, texts }: StatusLineProps): VNode {
  const resting = isRunning(view) ? (view.restingMs ?? 0) - age.of(view) : 0;
  useTicking(resting > 0, resting % 1000 || 1000);
  if (cell === undefined && resting > 0) {
    const text = texts.get('resting', texts.sec(Math.ceil(resting / 1000)));
    return (
      <p class="status-line" data-state="resting">
        <Icon name="watch" />
        <span class="status-text" title={text}>
          {text}
        </span>
      </p>
    );
  }
  if (cell === undefined) {
    const text = statusText(view, texts);
    const isRendering = view.state === 'done' && (view.totals?.rendering ?? 0) > 0;
    return (
      <p class="status-line" data-state={isRendering ? 'rendering' : view.state}>
        <Icon name={isRendering ? stateIcons.rendering : runIcons[view.state]} />
        <span class="status-text" title={text}>
          {text}
        </span>
      </p>
    );
  }
  const face = faceOf(cell);
  const detail = `${texts.sec(cell.seconds)} · ${texts.get(face)}`;
  const flags = cell.flags?.join(' ');
  return (
    <p class="status-line" data-state={face}>
      <Icon name={stateIcons[face]} />
      <span class="status-text" title={cell.title}>
        <b>{cell.number}</b> {cell.title}
      </span>
      <span class="status-detail" title={detail}>
        {detail}
      </span>
      {flags !== undefined && (
        <span class="status-flags" title={flags}>
          <Icon name="warning" />
          {flags}
        </span>
      )}
    </p>
  );
}
