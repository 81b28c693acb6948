import { Emitter, type Event } from '../../base/events.ts';
import { t } from '../../base/l10n.ts';
import { showWarning } from '../ui/window.ts';

/** Offers not to wait any longer while a service answers nobody, as a progress message has no place for that. */
export class TryNow {
  private readonly pressed = new Emitter<void>();
  private isOffered = false;

  /** Fires when the writer does not want to wait. */
  readonly onDidPress: Event<void> = this.pressed.event;

  /** @param why the service does not answer; empty once it does */
  readonly trouble = (why: string): void => {
    if (why === '' || this.isOffered) return;
    this.isOffered = true;
    const label = t('Try Now');
    void showWarning(t('{0} It is asked again after a while.', why), label).then((pressed) => {
      // Who has closed the message wants to wait.
      if (pressed !== label) return;
      this.isOffered = false;
      this.pressed.fire();
    });
  };
}
