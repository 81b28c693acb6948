import { createHash } from 'node:crypto';
import { ignoresCase } from './one-place.ts';
import { formerFile } from './real-file.ts';

/**
 * A name for a place on the disk that is the same for every way to it, as the name of a file or folder:
 * links to its folder are followed as far as that exists, and where the system knows no difference
 * between capital and small letters neither does this.
 *
 * @param place absolute path of what may not be there yet, or be replaced
 */
export async function keyOfPlace(place: string): Promise<string> {
  const real = await formerFile(place);
  return createHash('sha256')
    .update(ignoresCase() ? real.toLowerCase() : real)
    .digest('hex');
}
