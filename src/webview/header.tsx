import type { RefObject, VNode } from 'preact';
import { Button } from './button.tsx';
import { Fact } from './fact.tsx';
import type { FilmView, FromPage, PlainMessage } from './protocol.ts';
import { clockTime } from './clock-time.ts';
import { actsOf, type FilmAct } from './film-actions.ts';
import { FilmTotalsFacts } from './film-totals.tsx';
import type { Texts } from './text.ts';
import { useTicking } from './ticking.ts';
import { isRunning, type ViewAge } from './progress-view.ts';

interface HeaderProps {
  readonly view: FilmView;
  readonly age: ViewAge;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
  /** Play the film; absent where there is none, or it plays already. */
  readonly onPlay: (() => void) | undefined;
  readonly playButton: RefObject<HTMLButtonElement | null>;
}

/** The one line above the strip: what is written, how far it is, and what can be done about it. */
export function Header(props: HeaderProps): VNode {
  const { view, age, texts, post, onPlay, playButton } = props;
  return (
    <header class="header">
      <h1 class="title" title={view.title}>
        {view.title}
      </h1>
      <ul class="facts" role="list" aria-label={texts.get('facts')}>
        {view.total > 0 && <Fact parts={texts.parts('scenes', view.written, view.total)} />}
        <FilmTotalsFacts view={view} texts={texts} />
        <Times view={view} age={age} texts={texts} />
        <Costs view={view} texts={texts} />
        {isRunning(view) && view.places !== undefined && view.places > 1 && (
          <Fact
            parts={texts.parts('places', view.places)}
            hint={view.pace && texts.get(paceTexts[view.pace])}
          />
        )}
        <li class="fact">{view.writer}</li>
      </ul>
      <div class="buttons">
        <Buttons view={view} texts={texts} post={post} />
        {onPlay !== undefined && (
          <Button button={playButton} icon="play-circle" onClick={onPlay}>
            {texts.get('playFilm')}
          </Button>
        )}
      </div>
    </header>
  );
}

const paceTexts = {
  batches: 'paceBatches',
  sliding: 'paceSliding',
  planned: 'pacePlanned',
} as const;

/** Money where the writer gave a price, and tokens; so far, and what is expected in all. */
function Costs({ view, texts }: Pick<HeaderProps, 'view' | 'texts'>): VNode {
  const { tokens, money } = view;
  // One expectation is enough to read; the other is in the hint.
  const expected = money === undefined ? tokens?.expected : undefined;
  const counted = tokens === undefined ? '' : texts.about(tokens.input + tokens.output);
  return (
    <>
      {money && (
        <Fact
          parts={
            money.expected === undefined
              ? texts.parts('cost', texts.money(money.spent))
              : texts.parts('costOf', texts.money(money.spent), texts.money(money.expected))
          }
        />
      )}
      {tokens && (
        <Fact
          parts={
            expected === undefined
              ? texts.parts('tokens', counted)
              : texts.parts('tokensOf', counted, texts.about(expected))
          }
          hint={texts.get('tokensInOut', tokens.input, tokens.output)}
        />
      )}
    </>
  );
}

/** Elapsed and remaining time, going on by the second while the view itself stands still. */
function Times({ view, age, texts }: Pick<HeaderProps, 'view' | 'age' | 'texts'>): VNode {
  const running = isRunning(view);
  const since = running ? age.of(view) : 0;
  const elapsed = view.elapsedMs + since;
  useTicking(running, 1000 - (elapsed % 1000));

  return (
    <>
      {view.state !== 'idle' && (running || elapsed >= 1000) && (
        <Fact parts={texts.parts('elapsed', clockTime(elapsed))} />
      )}
      {(running || view.state === 'paused') && view.remainingMs !== undefined && (
        <Fact parts={remainingParts(view.remainingMs - since, texts)} />
      )}
    </>
  );
}

function remainingParts(milliseconds: number, texts: Texts): readonly string[] {
  return milliseconds < 1000
    ? texts.parts('almostDone')
    : texts.parts('remaining', clockTime(Math.ceil(milliseconds / 1000) * 1000));
}

const acts: Readonly<
  Record<FilmAct, { readonly icon: string; readonly message: PlainMessage; readonly key?: string }>
> = {
  pause: { icon: 'debug-pause', message: 'pause', key: 'main' },
  resume: { icon: 'debug-continue', message: 'resume', key: 'main' },
  cancel: { icon: 'debug-stop', message: 'cancel' },
  write: { icon: 'play', message: 'retry', key: 'main' },
  writeMissing: { icon: 'play', message: 'retry', key: 'main' },
  drawStills: { icon: 'paintcan', message: 'drawStills' },
  stillsComing: { icon: 'paintcan', message: 'jobs' },
  render: { icon: 'device-camera-video', message: 'render' },
  assemble: { icon: 'combine', message: 'assemble' },
};

/** What can be done with the film now; what comes next stands out while nothing runs. */
function Buttons({ view, texts, post }: Pick<HeaderProps, 'view' | 'texts' | 'post'>): VNode {
  const offered = actsOf(view);
  return (
    <div class="button-group" role="group" aria-label={texts.get('controls')}>
      {offered.map((act, index) => (
        <Button
          key={acts[act].key ?? act}
          icon={acts[act].icon}
          primary={index === 0 && act !== 'pause'}
          onClick={() => {
            post({ type: acts[act].message });
          }}
        >
          {texts.get(act)}
        </Button>
      ))}
    </div>
  );
}
