import type { Ref, TargetedKeyboardEvent, VNode } from 'preact';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { clockTime } from './clock-time.ts';
import { useFilmReel } from './use-film-reel.ts';
import type { ClipSource } from './film-reel.ts';
import { firstFrameOf, type Pictures } from './pictures.ts';
import { PlayerCard } from './player-card.tsx';
import { PlayerControls } from './player-controls.tsx';
import { lengthOf, playlistOf } from './playlist.ts';
import type { FilmView, PlayingChoices, SceneShown } from './protocol.ts';
import type { Texts } from './text.ts';
import { useFilledPage } from './filled-page.ts';
import type { Watching } from './watching.ts';

/** What the strip does with a player. */
export interface PlayerHandle {
  toggle(): void;
  goTo(id: string): void;
}

interface FilmPlayerProps {
  readonly view: FilmView;
  readonly scenes: ReadonlyMap<string, SceneShown>;
  readonly pictures: Pictures;
  readonly watching: Watching;
  readonly choices: PlayingChoices;
  readonly texts: Texts;
  /** The cell that it begins at. */
  readonly from: string;
  readonly handle: Ref<PlayerHandle>;
  readonly onChoose: (choices: PlayingChoices) => void;
  /** The film has come to this cell. */
  readonly onPart: (id: string) => void;
  readonly onClose: () => void;
}

/** Seconds that an arrow key leads on or back. */
const stride = 5;

/**
 * Plays the film as far as there is one: the clips that count, one after the other, and a card where there
 * is none.
 */
export function FilmPlayer(props: FilmPlayerProps): VNode {
  const { view, scenes, pictures, watching, choices, texts, from, handle } = props;
  const { onChoose, onPart, onClose } = props;
  const { cells } = view;
  const stage = useRef<HTMLElement>(null);
  const parts = useMemo(() => playlistOf(cells), [cells]);
  const cellOf = useMemo(() => new Map(cells.map((cell) => [cell.id, cell])), [cells]);
  const sourceOf = (id: string): ClipSource => {
    if (cellOf.get(id)?.playable !== true) return 'card';
    const scene = scenes.get(id);
    if (scene === undefined) return 'waiting';
    return scene.clip === undefined ? 'card' : { address: scene.clip };
  };
  const { reel, videos } = useFilmReel(parts, sourceOf, choices, from);
  const fill = useFilledPage(stage);

  const id = reel.current === undefined ? from : reel.current.part?.id;
  const next = reel.current?.next?.id;
  useEffect(() => {
    watching.set(
      'player',
      [id, next].filter((one) => one !== undefined),
    );
  }, [watching, id, next]);
  useEffect(
    () => () => {
      watching.set('player', []);
    },
    [watching],
  );
  const told = useRef(from);
  useLayoutEffect(() => {
    if (id === undefined || id === told.current) return;
    told.current = id;
    onPart(id);
  }, [id]);
  useImperativeHandle(
    handle,
    () => ({
      toggle: () => reel.current?.toggle(),
      goTo: (to) => reel.current?.goTo(to),
    }),
    [],
  );
  useLayoutEffect(() => {
    stage.current?.querySelector<HTMLElement>('.player-play')?.focus();
  }, []);

  const close = (): void => {
    fill.end();
    onClose();
  };
  const at = reel.current?.at ?? 0;
  const acts: Readonly<Record<string, () => void>> = {
    ' ': () => reel.current?.toggle(),
    ArrowLeft: () => reel.current?.seek(at - stride),
    ArrowRight: () => reel.current?.seek(at + stride),
    ArrowUp: () => reel.current?.step(-1),
    ArrowDown: () => reel.current?.step(1),
    Home: () => reel.current?.seek(0),
    End: () => reel.current?.seek(lengthOf(parts)),
    c: () => {
      onChoose({ ...choices, subtitles: !choices.subtitles });
    },
    f: fill.toggle,
    Escape: () => {
      if (fill.isFilled) fill.end();
      else close();
    },
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const target = event.target as Element;
    const act = acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const isItsOwn =
      (event.key === ' ' && target.tagName === 'BUTTON') ||
      (/^(Arrow|Home|End)/.test(event.key) && target.classList.contains('player-volume'));
    if (act === undefined || isItsOwn) return;
    event.preventDefault();
    act();
  };

  const cell = id === undefined ? undefined : cellOf.get(id);
  const scene = id === undefined ? undefined : scenes.get(id);
  const ms = (reel.current?.inPart ?? 0) * 1000;
  const cue = scene?.cues?.find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
  const onScreen = reel.current?.onScreen;
  return (
    <section
      ref={stage}
      class="player"
      data-filled={fill.isFilled}
      aria-label={texts.get('player')}
      style={{ '--aspect': (view.aspect ?? '16:9').replace(':', ' / ') }}
      onKeyDown={onKeyDown}
    >
      <div
        class="player-stage"
        onClick={() => {
          reel.current?.toggle();
        }}
      >
        {videos.map((video, turn) => (
          <video
            key={turn}
            ref={video}
            class="player-video"
            data-on={onScreen === turn}
            preload="auto"
            playsInline
            tabIndex={-1}
            aria-hidden={onScreen !== turn}
          />
        ))}
        {cell !== undefined && onScreen === undefined && (
          <PlayerCard
            cell={cell}
            poster={scene?.poster ?? firstFrameOf(scene) ?? pictures.of(cell)}
            isBroken={reel.current?.isBroken === true}
            texts={texts}
          />
        )}
        {choices.subtitles && cue !== undefined && (
          <p class="player-cue" dir="auto">
            {cue.lines.map((line, index) => (
              <span key={index}>{line}</span>
            ))}
          </p>
        )}
      </div>
      <PlayerControls
        parts={parts}
        at={at}
        valueText={texts.get(
          'positionAt',
          clockTime(at * 1000),
          clockTime(lengthOf(parts) * 1000),
          cell?.number ?? '',
          cell?.title ?? '',
        )}
        current={id}
        playing={reel.current?.playing === true}
        {...{ choices, texts, onChoose }}
        onToggle={() => reel.current?.toggle()}
        onSeek={(second) => reel.current?.seek(second)}
        onFill={fill.toggle}
        onClose={close}
      />
    </section>
  );
}
