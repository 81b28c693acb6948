import type { VNode } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Compare } from './compare.tsx';
import { ContactSheet } from './contact-sheet.tsx';
import type { LivePreview } from './preview-model.ts';
import { FilmPlayer, type PlayerHandle } from './film-player.tsx';
import { FilmStrip } from './film-strip.tsx';
import { Header } from './header.tsx';
import { Notes } from './notes.tsx';
import { Outage } from './outage.tsx';
import { Problem } from './problem.tsx';
import { JobRows } from './job-rows.tsx';
import { ModeBar } from './mode-bar.tsx';
import type { FilmMode, FilmView, FromPage, PlayingChoices, SceneShown } from './protocol.ts';
import { ScenePanel } from './scene-panel.tsx';
import { StatusLine } from './status-line.tsx';
import { Storyboard } from './storyboard.tsx';
import { useKeptFocus } from './kept-focus.ts';
import { LivePreviews } from './live-previews.tsx';
import type { Pictures } from './pictures.ts';
import type { Texts } from './text.ts';
import type { ViewAge } from './progress-view.ts';
import type { Watching } from './watching.ts';

interface AppProps {
  /** Absent when there is nothing to show. */
  readonly view: FilmView | undefined;
  readonly previews: readonly LivePreview[];
  /** What is known of scenes, by the ids of their cells. */
  readonly scenes: ReadonlyMap<string, SceneShown>;
  readonly pictures: Pictures;
  readonly watching: Watching;
  readonly age: ViewAge;
  /** What a screen reader was last told. */
  readonly announced: string;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  /** How the film is to be played. */
  readonly choices: PlayingChoices;
  readonly onChoose: (choices: PlayingChoices) => void;
  /** How the scenes are to be shown. */
  readonly mode: FilmMode;
  readonly onMode: (mode: FilmMode) => void;
}

export function App(props: AppProps): VNode {
  const { view: told, previews, scenes, pictures, watching, age, announced, texts, post } = props;
  const { choices, onChoose, onMode } = props;
  // Film that waits for a plan is shown in one way only.
  const mode = told === undefined || told.cells.length === 0 ? 'strip' : props.mode;
  const page = useRef<HTMLDivElement>(null);
  useKeptFocus(page);
  const video = useRef<HTMLVideoElement>(null);
  const player = useRef<PlayerHandle>(null);
  const [playing, setPlaying] = useState<{ readonly uri: string; readonly id: string }>();
  const playButton = useRef<HTMLButtonElement>(null);
  const wasClosed = useRef(false);
  const isPlaying = playing !== undefined && playing.uri === told?.uri && told.cells.length > 0;
  // While the film plays, the scene that is on is the one to look at, wherever the editor is.
  const view = isPlaying ? { ...told, current: playing.id } : told;
  const current = view?.cells.find(({ id }) => id === view.current);
  const [comparing, setComparing] = useState<{ readonly id: string; readonly take?: number }>();
  const compared = view?.cells.find(({ id }) => id === comparing?.id);
  // Stable, for hundreds of scenes have it.
  const compare = useCallback((id: string, take?: number): void => {
    setComparing(take === undefined ? { id } : { id, take });
  }, []);
  const stopComparing = useCallback((): void => {
    setComparing(undefined);
  }, []);
  const play = (id: string | undefined): void => {
    if (view !== undefined && id !== undefined) setPlaying({ uri: view.uri, id });
  };
  // Who leaves the player is where they can play the film again.
  useLayoutEffect(() => {
    if (wasClosed.current) playButton.current?.focus();
    wasClosed.current = false;
  }, [isPlaying]);
  /** Whoever comes to another scene on the strip goes there in the film that plays. */
  const postOfStrip = (message: FromPage): void => {
    if (message.type === 'look' || message.type === 'reveal') player.current?.goTo(message.id);
    post(message);
  };
  return (
    <div ref={page} class="page">
      {view ? (
        <>
          <Header
            {...{ view, age, texts, post, playButton }}
            onPlay={
              isPlaying || view.cells.length === 0
                ? undefined
                : () => {
                    play(view.cells[0]?.id);
                  }
            }
          />
          {view.cells.length > 0 && (
            <ModeBar {...{ mode, texts, post, onMode }} stills={hasStills(view)} />
          )}
          {mode === 'strip' ? (
            <FilmStrip
              key={view.uri}
              {...{ view, age, scenes, pictures, watching, texts }}
              post={postOfStrip}
              play={() => {
                if (player.current === null) playOrStop(video.current);
                else player.current.toggle();
              }}
            />
          ) : (
            <StatusLine cell={undefined} {...{ view, age, texts }} />
          )}
          {isPlaying && (
            <FilmPlayer
              handle={player}
              from={playing.id}
              {...{ view, scenes, pictures, watching, choices, texts, onChoose }}
              onPart={(id) => {
                play(id);
                post({ type: 'look', id });
              }}
              onClose={() => {
                wasClosed.current = true;
                setPlaying(undefined);
              }}
            />
          )}
          {view.outage && <Outage {...{ outage: view.outage, view, age, texts, post }} />}
          {view.error && <Problem error={view.error} texts={texts} post={post} />}
          <Notes view={view} texts={texts} />
          {mode === 'strip' && (
            <>
              <LivePreviews previews={previews} texts={texts} />
              <JobRows view={view} texts={texts} post={post} />
              {current && !isPlaying && (
                <ScenePanel
                  cell={current}
                  scene={scenes.get(current.id)}
                  aspect={view.aspect ?? '16:9'}
                  {...{ video, pictures, texts, post }}
                  onPlay={() => {
                    play(current.id);
                  }}
                  onCompare={compare}
                />
              )}
            </>
          )}
          {mode === 'storyboard' && (
            <Storyboard
              key={view.uri}
              {...{ view, scenes, pictures, watching, texts }}
              post={postOfStrip}
              playFilm={isPlaying ? () => player.current?.toggle() : undefined}
            />
          )}
          {mode === 'contactSheet' && (
            <ContactSheet
              key={view.uri}
              {...{ view, scenes, pictures, watching, texts, post }}
              onCompare={compare}
            />
          )}
          {compared && (
            <Compare
              key={compared.id}
              cell={compared}
              takes={scenes.get(compared.id)?.takes ?? []}
              asked={comparing?.take}
              aspect={view.aspect ?? '16:9'}
              {...{ pictures, watching, texts, post }}
              onClose={stopComparing}
            />
          )}
        </>
      ) : (
        <Empty texts={texts} />
      )}
      <p class="unseen" role="status">
        {announced}
      </p>
    </div>
  );
}

function hasStills({ totals }: FilmView): boolean {
  return totals !== undefined && totals.drawn + totals.drawing > 0;
}

function playOrStop(video: HTMLVideoElement | null): void {
  if (video === null) return;
  // What cannot be played says so by itself.
  if (video.paused) video.play().catch(() => undefined);
  else video.pause();
}

function Empty({ texts }: { readonly texts: Texts }): VNode {
  return (
    <section class="empty">
      <h1 class="title">{texts.get('emptyTitle')}</h1>
      <p>{texts.get('emptyHint')}</p>
    </section>
  );
}
