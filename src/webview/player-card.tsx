import type { VNode } from 'preact';
import type { Cell } from './protocol.ts';
import type { Texts } from './text.ts';

interface PlayerCardProps {
  readonly cell: Cell;
  readonly poster: string | undefined;
  /** There is a clip, which cannot be played. */
  readonly isBroken: boolean;
  readonly texts: Texts;
}

/** What stands for a scene whose clip is missing: its picture, else its title. */
export function PlayerCard({ cell, poster, isBroken, texts }: PlayerCardProps): VNode {
  return (
    <div class="player-card">
      {poster === undefined ? (
        <p class="player-title">
          <span class="player-number">{cell.number}</span>
          <span dir="auto">{cell.title}</span>
        </p>
      ) : (
        <img class="player-picture" src={poster} alt={cell.title} />
      )}
      {isBroken && <p class="player-broken">{texts.get('notPlayable')}</p>}
    </div>
  );
}
