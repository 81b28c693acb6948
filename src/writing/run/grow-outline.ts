import { cancelledError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { GrowingPlan, Growth } from '../planning/growing-plan.ts';
import type { WritingEvent } from '../writing-events.ts';
import type { EventQueue } from './event-queue.ts';

/**
 * Bring beats into the document, and wait until they are there.
 *
 * @throws ScenewrightError `cancelled` when nobody takes them any more
 */
export async function growOutline(
  planning: GrowingPlan,
  growth: Growth,
  events: EventQueue<WritingEvent>,
): Promise<void> {
  const taken = await events.deliver({ type: 'outlined', ...growth });
  if (!taken) throw cancelledError(t('The writing'));
  await planning.land();
  if (planning.whole) events.push({ type: 'planned' });
}
