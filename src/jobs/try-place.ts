import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { diskError } from '../base/disk-error.ts';
import { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';

/** The place of a clip: its path, and the folder that it must really be in. */
interface Place {
  readonly file: string;
  readonly root: string;
}

/** Written on trial, in bytes: as much as a disk gives out at once. */
const trialBytes = 64 * 1024;

/**
 * Do in the folder of each clip what its coming takes, before it is paid for: make the folder, write a
 * file with a name as long as any that a clip has on its way, rename it, and remove it.
 *
 * @throws ScenewrightError `disk` that names what is in the way
 */
export async function tryPlaces(places: readonly Place[]): Promise<void> {
  const tried = new Set<string>();
  for (const place of places) {
    const inside = new Enclosure(place.root);
    try {
      await inside.expectFree(place.file);
      // One for all of a folder, by the longest name.
      const key = JSON.stringify([path.dirname(place.file), place.file.length]);
      if (!tried.has(key)) await write(inside, place.file);
      tried.add(key);
    } catch (error) {
      throw notOrdered(diskError(error, place.file));
    }
  }
}

async function write(inside: Enclosure, file: string): Promise<void> {
  // As long as the longest beside a clip, and never taken for one of those.
  const trial = `${file}.${randomBytes(6).toString('hex')}.test.json.tmp`;
  const renamed = trial.slice(0, -1);
  await inside.prepare(file);
  const handle = await inside.create(trial);
  try {
    await handle.writeFile(Buffer.alloc(trialBytes)).finally(() => handle.close());
    await inside.move(trial, renamed);
  } finally {
    await inside.remove(trial).catch(() => undefined);
    await inside.remove(renamed).catch(() => undefined);
  }
}

function notOrdered(error: unknown): unknown {
  if (!(error instanceof ScenewrightError)) return error;
  const { code, retryable, advice, cause } = error;
  return new ScenewrightError(code, t('{0} Nothing was ordered.', error.fact), {
    retryable,
    advice,
    cause: cause ?? error,
  });
}
