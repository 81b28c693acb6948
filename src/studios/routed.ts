import { defined } from '../base/defined.ts';
import { ScenewrightError } from '../base/errors.ts';
import type { RemoteJob, StudioContext, VideoStudio } from './port.ts';

export interface Route {
  /** Where new renders are ordered. */
  readonly address: string;
  /** The studio at an address. */
  readonly at: (address: string) => VideoStudio;
  /** The key of an account; absent where it must not be sent to this address. */
  readonly key: (account: string, address: string) => Promise<string | undefined>;
}

/**
 * A studio as the jobs see it. A render stays with the address that it was ordered from, whatever
 * the settings say by now, and what the jobs hand over as a secret is only the id of an account: its
 * key is looked up at the last moment, for the very address that it is sent to.
 */
export function routed({ address, at, key }: Route): VideoStudio {
  const studio = at(address);
  const { id, label, needsAccount, pollMs } = studio;
  const addressOf = ({ data }: RemoteJob): string => data?.base ?? address;

  async function go<T>(
    to: string,
    context: StudioContext,
    act: (studio: VideoStudio, context: StudioContext) => Promise<T>,
  ): Promise<T> {
    const { secret: account, signal } = context;
    if (account === undefined) return await act(at(to), context);
    const secret = await key(account, to);
    if (secret === undefined || secret.trim() === '') throw noKey(to);
    return await act(at(to), { secret, signal });
  }

  return {
    id,
    label,
    needsAccount,
    ...defined({ pollMs }),
    capabilities: (context) => go(address, context, (there, own) => there.capabilities(own)),
    submit: (request, context) => go(address, context, (there, own) => there.submit(request, own)),
    poll: (job, context) => go(addressOf(job), context, (there, own) => there.poll(job, own)),
    result: (job, context) => go(addressOf(job), context, (there, own) => there.result(job, own)),
    ...(studio.thumbnail && {
      thumbnail: (job, context) =>
        go(addressOf(job), context, async (there, own) => there.thumbnail?.(job, own)),
    }),
    ...(studio.cancel && {
      cancel: (job, context) =>
        go(addressOf(job), context, async (there, own) => there.cancel?.(job, own)),
    }),
    ...(studio.upscale && {
      upscale: (request, context) =>
        go(addressOf(request.render), context, (there, own) => {
          // The same adapter at another address can do the same.
          if (there.upscale === undefined) throw noKey(addressOf(request.render));
          return there.upscale(request, own);
        }),
    }),
  };
}

function noKey(address: string): ScenewrightError {
  const where = URL.canParse(address) ? new URL(address).origin : 'this address';
  return new ScenewrightError(
    'account',
    `The account has no key that may be sent to ${where}. Give it one with "Manage Accounts", or add an account for that address, then retry.`,
  );
}
