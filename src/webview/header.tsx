import type { VNode } from 'preact';
import { Icon } from './icon.tsx';
import type { FromPage, ProgressView } from './protocol.ts';
import { clockTime } from './clock-time.ts';
import type { Texts } from './text.ts';
import { useTicking } from './ticking.ts';
import { isRunning, type ViewAge } from './progress-view.ts';

interface HeaderProps {
  readonly view: ProgressView;
  readonly age: ViewAge;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** The one line above the strip: what is written, how far it is, and what can be done about it. */
export function Header({ view, age, texts, post }: HeaderProps): VNode {
  return (
    <header class="header">
      <h1 class="title" title={view.title}>
        {view.title}
      </h1>
      <ul class="facts" role="list" aria-label={texts.get('facts')}>
        {view.total > 0 && <Fact parts={texts.parts('scenes', view.written, view.total)} />}
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
      <Buttons view={view} texts={texts} post={post} />
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

/** A text whose values (its odd parts) stand out. */
function Fact({ parts, hint }: { parts: readonly string[]; hint?: string | undefined }): VNode {
  return (
    <li class="fact" title={hint}>
      {parts.map((part, index) => (index % 2 === 0 ? part : <b key={index}>{part}</b>))}
    </li>
  );
}

/** Elapsed and remaining time, going on by the second while the view itself stands still. */
function Times({ view, age, texts }: Omit<HeaderProps, 'post'>): VNode {
  const running = isRunning(view);
  const since = running ? age.of(view) : 0;
  const elapsed = view.elapsedMs + since;
  useTicking(running, 1000 - (elapsed % 1000));

  return (
    <>
      {view.state !== 'idle' && <Fact parts={texts.parts('elapsed', clockTime(elapsed))} />}
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

function Buttons({ view, texts, post }: Omit<HeaderProps, 'age'>): VNode {
  const paused = view.state === 'paused';
  const active = isRunning(view) || paused;
  // The failure itself offers the way on where it knows one.
  const ended = view.state === 'idle' || view.state === 'cancelled' || view.state === 'failed';
  const canContinue = ended && view.written < view.total && view.error?.action === undefined;
  return (
    <div class="buttons" role="group" aria-label={texts.get('controls')}>
      {active && (
        <Button
          key="main"
          icon={paused ? 'debug-continue' : 'debug-pause'}
          primary={paused}
          onClick={() => {
            post({ type: paused ? 'resume' : 'pause' });
          }}
        >
          {texts.get(paused ? 'resume' : 'pause')}
        </Button>
      )}
      {active && (
        <Button
          key="cancel"
          icon="debug-stop"
          onClick={() => {
            post({ type: 'cancel' });
          }}
        >
          {texts.get('cancel')}
        </Button>
      )}
      {canContinue && (
        <Button
          key="main"
          icon="play"
          primary
          onClick={() => {
            post({ type: 'retry' });
          }}
        >
          {texts.get('writeMissing')}
        </Button>
      )}
    </div>
  );
}

interface ButtonProps {
  readonly icon: string;
  readonly primary?: boolean;
  readonly onClick: () => void;
  readonly children: string;
}

export function Button({ icon, primary = false, onClick, children }: ButtonProps): VNode {
  return (
    <button type="button" class={primary ? 'button primary' : 'button'} onClick={onClick}>
      <Icon name={icon} />
      {children}
    </button>
  );
}
