import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { isInside } from '../../base/inside.ts';
import { realSpellingSync } from '../../base/spellings.ts';
import { picturePlace } from '../../jobs/job-pictures.ts';
import type { PicturePath } from '../../script/script-model.ts';
import { mostPictureBytes } from '../../studios/pictures.ts';

/** What is in the pictures of a script, as they are at one moment or one after it. */
export interface PicturesOfScript {
  /** SHA-256 of a picture's bytes, in hexadecimal; absent where there is none that could be sent. */
  sha256(file: PicturePath): string | undefined;
}

interface Known {
  /** What tells whether a file is another one than before. */
  readonly stamp: string;
  readonly sha256: string;
}

/** What is in pictures: read again only where the disk says that a file is another one. */
export class PictureContents {
  private readonly known = new Map<string, Known>();
  private readonly mayLook: () => boolean;

  /** @param mayLook whether files of the workspace may be looked at for what a script says; where not, nothing is known */
  constructor(mayLook: () => boolean = () => true) {
    this.mayLook = mayLook;
  }

  /**
   * @param folder of the script
   * @param root folder that pictures must be in
   */
  ofScript(folder: string, root: string): PicturesOfScript {
    const looked = new Map<PicturePath, string | undefined>();
    return {
      sha256: (file) => {
        if (!looked.has(file)) {
          const place = picturePlace(file, folder, root);
          const isRead = place !== undefined && this.mayLook();
          looked.set(file, isRead ? this.read(place, root) : undefined);
        }
        return looked.get(file);
      },
    };
  }

  private read(place: string, root: string): string | undefined {
    try {
      const real = realSpellingSync(place);
      const stat = lstatSync(real, { bigint: true });
      if (!stat.isFile() || stat.size > mostPictureBytes) return undefined;
      if (!isInside(realpathSync(root), real)) return undefined;
      const stamp = [stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(' ');
      const before = this.known.get(real);
      if (before?.stamp === stamp) return before.sha256;
      const sha256 = createHash('sha256').update(readFileSync(real)).digest('hex');
      this.known.set(real, { stamp, sha256 });
      return sha256;
    } catch {
      return undefined;
    }
  }
}
