import path from 'node:path';
import type { Enclosure } from '../base/enclosure/enclosure.ts';
import { ScenewrightError } from '../base/errors.ts';
import { exists } from '../base/files.ts';
import { isInside } from '../base/inside.ts';
import { t } from '../base/l10n.ts';

/**
 * Expect that a clip is a file in the folder that it belongs to, be it behind a link: what a link leads
 * to elsewhere is not for a video that may be passed on, and reading a device or pipe never ends.
 *
 * @throws ScenewrightError `bad-input` that names the file
 */
export async function expectClip(file: string, inside: Enclosure): Promise<void> {
  if (await inside.hasFile(file)) return;
  if ((await exists(file)) && !isInside(inside.root, file))
    throw new OutsideError(file, inside.root);
  const name = path.basename(file);
  throw new ScenewrightError(
    'bad-input',
    (await exists(file))
      ? t('{0} is a link that leads out of {1}, or no file at all. Remove it.', name, inside.root)
      : t('{0} is missing.', name),
  );
}

/** A clip is where nothing is read for a film, as the writer has moved it there; it is as good as it was. */
export class OutsideError extends ScenewrightError {
  constructor(file: string, root: string) {
    super(
      'bad-input',
      t(
        '{0} lies outside of {1}. Move it back into that folder in VS Code, then try again.',
        file,
        root,
      ),
    );
  }
}
