import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './icon.tsx';
import type { FromPage, ProgressView } from './protocol.ts';
import { clockTime, type Texts } from './text.ts';
import { isRunning, type ViewAge } from './view.ts';

interface HeaderProps {
  readonly view: ProgressView;
  readonly age: ViewAge;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** The one line above the strip: what is written, how far it is, and what can be done about it. */
export function Header({ view, age, texts, post }: HeaderProps): VNode {
  const { tokens } = view;
  return (
    <header class="header">
      <h1 class="title" title={view.title}>
        {view.title}
      </h1>
      <ul class="facts" role="list" aria-label={texts.get('facts')}>
        {view.total > 0 && <Fact parts={texts.parts('scenes', view.written, view.total)} />}
        <Times view={view} age={age} texts={texts} />
        {tokens && (
          <Fact
            parts={texts.parts('tokens', texts.about(tokens.input + tokens.output))}
            hint={texts.get('tokensInOut', tokens.input, tokens.output)}
          />
        )}
        <li class="fact">{view.writer}</li>
      </ul>
      <Buttons view={view} texts={texts} post={post} />
    </header>
  );
}

/** A text whose values (its odd parts) stand out. */
function Fact({ parts, hint }: { parts: readonly string[]; hint?: string }): VNode {
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
  const [, redraw] = useState(0);

  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(
      () => {
        redraw((count) => count + 1);
      },
      1000 - (elapsed % 1000),
    );
    return () => {
      clearTimeout(timer);
    };
  });

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
