import { t } from '../../base/l10n.ts';
import { plainMoney } from '../../money/money.ts';
import type { BudgetQuestion } from '../../money/budget-guard.ts';
import { showError } from '../ui/window.ts';

/**
 * Ask whether a script may cost more than its budget. The run waits meanwhile; nothing is begun.
 *
 * @param signal takes the question back as answered with no, such as when the run is cancelled
 */
export async function askAboutBudget(
  title: string,
  { spent, expected, budget }: BudgetQuestion,
  signal: AbortSignal,
): Promise<boolean> {
  const goOn = t('Go On');
  const takenBack = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener(
      'abort',
      () => {
        resolve(undefined);
      },
      { once: true },
    );
  });
  const answer = await Promise.race([
    takenBack,
    // Only errors stay until they are answered, and the run stands still until then.
    showError(
      t(
        '“{0}” has cost {1} so far and will probably come to {2}, more than the budget of {3}. Everything written is kept.',
        title,
        plainMoney(spent),
        plainMoney(expected),
        plainMoney(budget),
      ),
      goOn,
      t('Stop'),
    ),
  ]);
  return answer === goOn;
}
