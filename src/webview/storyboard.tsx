import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { cellLabel, faceOf } from './cell-face.ts';
import { useCellList, useCurrentInSight } from './cell-list.ts';
import { Icon, stateIcons } from './icon.tsx';
import type { Pictures } from './pictures.ts';
import type { Cell, FilmView, FromPage, SceneShown } from './protocol.ts';
import { PureComponent } from './pure.ts';
import { SeenAndHeard } from './scene-words.tsx';
import { useWatchSeen } from './sight.ts';
import type { Texts } from './text.ts';
import type { Watching } from './watching.ts';

interface StoryboardProps {
  readonly view: FilmView;
  readonly scenes: ReadonlyMap<string, SceneShown>;
  readonly pictures: Pictures;
  readonly watching: Watching;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  /** Play or stop the film that plays; absent where none does. */
  readonly playFilm: (() => void) | undefined;
}

/**
 * The film as a director pins it to the wall: a picture of every scene, with what is seen and heard in it.
 * One walks along it as {@link useCellList} says.
 */
export function Storyboard(props: StoryboardProps): VNode {
  const { view, scenes, pictures, watching, texts, post, playFilm } = props;
  const { cells, current } = view;
  const list = useRef<HTMLUListElement>(null);
  useCurrentInSight(list, cells, current);
  useWatchSeen(list, cells, watching, (seen) => {
    pictures.see(seen);
  });
  const walk = useCellList({
    ...{ list, view, watching, post },
    onSpace: (_cell, play) => {
      (playFilm ?? play)();
    },
  });
  return (
    <ul
      ref={list}
      class="board"
      role="list"
      aria-label={texts.get('modeStoryboard')}
      style={{ '--aspect': (view.aspect ?? '16:9').replace(':', ' / ') }}
      {...walk.handlers}
    >
      {cells.map((cell, index) => (
        <BoardCard
          key={cell.id}
          cell={cell}
          index={index}
          scene={scenes.get(cell.id)}
          tabStop={index === walk.tabStop}
          current={cell.id === current}
          drag={walk.dragOf(cell)}
          picture={pictures.of(cell)}
          playing={cell.id === walk.playing ? scenes.get(cell.id)?.clip : undefined}
          texts={texts}
        />
      ))}
    </ul>
  );
}

interface BoardCardProps {
  readonly cell: Cell;
  readonly index: number;
  /** Absent until the extension has told of it. */
  readonly scene: SceneShown | undefined;
  /** Tab reaches this card; the arrow keys reach the others. */
  readonly tabStop: boolean;
  readonly current: boolean;
  readonly drag: 'dragged' | 'before' | 'behind' | undefined;
  /** Addresses of its picture, and of its clip while that plays in the card. */
  readonly picture: string | undefined;
  readonly playing: string | undefined;
  readonly texts: Texts;
}

/** One scene on the storyboard. */
class BoardCard extends PureComponent<BoardCardProps> {
  override render(): VNode {
    const { cell, index, scene, tabStop, current, drag, picture, playing, texts } = this.props;
    const face = faceOf(cell);
    return (
      <li class="board-card" data-drag={drag}>
        <button
          type="button"
          class="board-head"
          data-state={face}
          data-index={index}
          tabIndex={tabStop ? 0 : -1}
          aria-current={current ? 'true' : undefined}
          title={cell.flags?.join('\n')}
        >
          <span class="board-picture">
            {picture !== undefined && <img src={picture} alt="" decoding="async" />}
            {playing !== undefined && <video src={playing} autoPlay muted loop playsInline />}
            {picture === undefined && playing === undefined && <Icon name={stateIcons[face]} />}
          </span>
          <span class="unseen">{cellLabel(cell, texts)}</span>
          <span class="board-title" aria-hidden="true">
            <span class="scene-number">{cell.number}</span>
            <span class="board-name" dir="auto">
              {cell.title}
            </span>
            {cell.flags && <Icon name="warning" />}
          </span>
        </button>
        <div class="board-words">
          <p class="board-facts">
            <span class="scene-state" data-state={face}>
              <Icon name={stateIcons[face]} />
              {texts.get(face)}
            </span>
            <span>{texts.sec(cell.seconds)}</span>
            {scene !== undefined && scene.where !== '' && <span dir="auto">{scene.where}</span>}
          </p>
          {scene && <SeenAndHeard scene={scene} texts={texts} />}
        </div>
      </li>
    );
  }
}
