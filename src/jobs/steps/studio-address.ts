import { defined } from '../../base/defined.ts';
import { isPrivateService } from '../../net/private-address.ts';
import type { RemoteJob } from '../../studios/port.ts';
import { renderOf, type JobRecord, type RenderTerms } from '../job.ts';

/**
 * Whether the service that a render was ordered from is itself not on the public internet, such as
 * one on the writer's own network. Only then may its clips come from there.
 */
export async function isPrivateStudio({ data }: RemoteJob): Promise<boolean> {
  const base = data?.base;
  return base !== undefined && URL.canParse(base) && (await isPrivateService(new URL(base)));
}

/**
 * Where and with which model a studio has to be asked for a job: a render stays with the address that
 * it was ordered from, whatever the settings say by now. What nothing is known of is absent.
 */
export function agreedTerms(record: JobRecord): Partial<RenderTerms> {
  const { terms } = record;
  const { remote } = renderOf(record);
  return defined({ address: remote?.data?.base ?? terms?.address, model: terms?.model });
}
