import type { VNode } from 'preact';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { FromPage, ProgressView } from './protocol.ts';
import type { Texts } from './text.ts';

interface ProblemProps {
  readonly error: NonNullable<ProgressView['error']>;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** What went wrong, and its one next action. */
export function Problem({ error, texts, post }: ProblemProps): VNode {
  const { action } = error;
  return (
    <section class="problem" aria-label={texts.get('problem')}>
      <Icon name="error" />
      <p class="problem-message">{error.message}</p>
      {action && (
        <Button
          icon={action === 'account' ? 'key' : 'refresh'}
          primary
          onClick={() => {
            post({ type: action });
          }}
        >
          {texts.get(action)}
        </Button>
      )}
    </section>
  );
}
