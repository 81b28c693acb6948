import type { VNode } from 'preact';
import { clockTime } from './clock-time.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import type { ViewAge } from './progress-view.ts';
import type { FromPage, ProgressView } from './protocol.ts';
import type { Texts } from './text.ts';
import { useTicking } from './ticking.ts';

interface OutageProps {
  readonly outage: NonNullable<ProgressView['outage']>;
  readonly view: ProgressView;
  readonly age: ViewAge;
  readonly texts: Texts;
  readonly post: (message: FromPage) => void;
}

/** That the service answers nobody, when it is tried again, and what can be done until then. */
export function Outage({ outage, view, age, texts, post }: OutageProps): VNode {
  const left = outage.retryInMs - age.of(view);
  useTicking(left > 0, left % 1000 || 1000);
  const seconds = Math.ceil(left / 1000);
  return (
    <section class="outage" aria-label={texts.get('problem')}>
      <Icon name="debug-disconnect" />
      <div class="problem-message">
        <p>
          {seconds > 0 ? texts.get('outage', clockTime(seconds * 1000)) : texts.get('outageNow')}
        </p>
        <p class="outage-why">{outage.why}</p>
      </div>
      <div class="buttons">
        <Button
          icon="refresh"
          primary
          onClick={() => {
            post({ type: 'tryNow' });
          }}
        >
          {texts.get('tryNow')}
        </Button>
        <Button
          icon="debug-stop"
          onClick={() => {
            post({ type: 'cancel' });
          }}
        >
          {texts.get('stop')}
        </Button>
      </div>
    </section>
  );
}
