import { lookup } from 'node:dns/promises';
import { isPrivateAddress, namesPrivate } from '../net/private-address.ts';
import type { RemoteJob } from '../studios/port.ts';

/**
 * Whether the service that a render was ordered from is itself not on the public internet, such as
 * one on the writer's own network. Only then may its clips come from there.
 */
export async function isPrivateStudio({ data }: RemoteJob): Promise<boolean> {
  const base = data?.base;
  if (base === undefined || !URL.canParse(base)) return false;
  const url = new URL(base);
  if (namesPrivate(url)) return true;
  try {
    const addresses = await lookup(url.hostname, { all: true });
    return addresses.some(({ address }) => isPrivateAddress(address));
  } catch {
    // Known only to a proxy, or not at all.
    return false;
  }
}
