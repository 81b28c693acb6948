import { isPrivateService } from '../../net/private-address.ts';
import type { RemoteJob } from '../../studios/port.ts';

/**
 * Whether the service that a render was ordered from is itself not on the public internet, such as
 * one on the writer's own network. Only then may its clips come from there.
 */
export async function isPrivateStudio({ data }: RemoteJob): Promise<boolean> {
  const base = data?.base;
  return base !== undefined && URL.canParse(base) && (await isPrivateService(new URL(base)));
}
