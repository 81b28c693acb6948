import type { VNode } from 'preact';
import { cellLabel, faceOf } from './cell-face.ts';
import { Icon, stateIcons } from './icon.tsx';
import type { Cell } from './protocol.ts';
import { PureComponent } from './pure.ts';
import type { Texts } from './text.ts';

/** Where a cell stands in the bracket that holds its batch together. */
export type Bracket = 'none' | 'start' | 'middle' | 'end' | 'only';

interface FilmCellProps {
  readonly cell: Cell;
  readonly index: number;
  readonly bracket: Bracket;
  /** A scene of its batch is being written. */
  readonly active: boolean;
  /** Tab reaches this cell; the arrow keys reach the others. */
  readonly tabStop: boolean;
  /** Its scene is the one that is shown beneath. */
  readonly current: boolean;
  /** Addresses of its picture, and of its clip while that plays in the cell. */
  readonly picture: string | undefined;
  readonly playing: string | undefined;
  /** It is being dragged, or what is dragged would go beside it. */
  readonly drag: 'dragged' | 'before' | 'behind' | undefined;
  readonly texts: Texts;
}

/** One scene on the strip. */
export class FilmCell extends PureComponent<FilmCellProps> {
  override render(): VNode {
    const { cell, index, bracket, active, tabStop, current, texts } = this.props;
    const { picture, playing, drag } = this.props;
    const { flags } = cell;
    const face = faceOf(cell);
    return (
      <li
        class="film"
        data-bracket={bracket}
        data-active={active}
        data-drag={drag}
        style={{ '--seconds': String(cell.seconds) }}
      >
        <button
          type="button"
          class="frame"
          data-state={face}
          data-pictured={picture !== undefined || playing !== undefined}
          data-index={index}
          tabIndex={tabStop ? 0 : -1}
          aria-label={cellLabel(cell, texts)}
          aria-current={current ? 'true' : undefined}
          title={flags?.join('\n')}
        >
          {picture !== undefined && (
            <img class="frame-picture" src={picture} alt="" decoding="async" />
          )}
          {playing !== undefined && (
            <video class="frame-picture" src={playing} autoPlay muted loop playsInline />
          )}
          <span class="frame-number">{cell.number}</span>
          <Icon name={stateIcons[face]} />
          {flags && <span class="flag" />}
        </button>
      </li>
    );
  }
}
