import { constants, type Stats } from 'node:fs';
import { lstat, mkdir, realpath, rm, stat, unlink, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { ScenewrightError } from '../errors.ts';
import { isNotThere, renameNew, renameOver, writeFileAtomic } from '../files.ts';
import { isInside } from '../inside.ts';
import { t } from '../l10n.ts';
import { createRegular, expectSame, openRegular, orClose, readRegular } from './regular-file.ts';

/**
 * A folder of the writer's, such as the workspace, whose content may be a stranger's: links in it must
 * not lead what is written to where nobody would look for it. Everything that is written into such a
 * folder is written by this.
 *
 * Links to folders are followed as long as they stay inside, links in the place of a file never: they
 * are replaced. Where a folder really lies is looked at right before each step and, where a file was
 * opened, right after it. That holds against what a clone, an archive or a checkout brings, also in the
 * midst of a download. A program of the writer's own that races against it needs no help of ours.
 *
 * A name that is one on a file system is one here: nothing is folded or normalised.
 */
export class Enclosure {
  readonly root: string;

  /** @param root absolute; it may be a link itself, for the writer has opened it by that name */
  constructor(root: string) {
    this.root = root;
  }

  /**
   * Make the folder of a file, where it is missing, inside.
   *
   * @throws ScenewrightError `disk` where that would be outside, or where something is in the way
   */
  async prepare(file: string): Promise<void> {
    // One by one, so that not even an empty folder appears outside.
    for (const folder of await this.missingFolders(file)) {
      await mkdir(folder).catch((error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      });
      await this.expectReal(folder, file);
    }
    await this.check(file);
  }

  /**
   * Expect that the folder of a file is there and really lies inside.
   *
   * @throws ScenewrightError `disk`; the system's own `ENOENT` where it is not there
   */
  async check(file: string): Promise<void> {
    if (!isInside(this.root, file)) throw outside(file, this.root);
    try {
      await this.expectReal(path.dirname(file), file);
    } catch (error) {
      // For a closer look, and better words, there is time when it has failed.
      await this.missingFolders(file);
      throw error;
    }
  }

  /**
   * Make a file that is not there, in a folder that is.
   *
   * @throws ScenewrightError `disk`; the system's own `EEXIST` where anything has its name
   */
  async create(file: string, flags = 0): Promise<FileHandle> {
    await this.check(file);
    const handle = await createRegular(file, flags);
    try {
      await this.confirm(handle, file);
      return handle;
    } catch (error) {
      // It is empty and ours, unless something else has its name by now.
      const isOurs = await expectSame(handle, file).then(
        () => true,
        () => false,
      );
      await handle.close();
      if (isOurs) await rm(file, { force: true });
      throw error;
    }
  }

  /** Like {@link create}, in place of what has its name; a folder stays. */
  async createAnew(file: string, flags = 0): Promise<FileHandle> {
    try {
      return await this.create(file, flags);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await this.clear(file);
    return await this.create(file, flags);
  }

  /**
   * Open a file of ours to read and write it, or make it. What cannot be one (a link, a pipe, a file
   * that also has a name elsewhere, one that cannot be written) is replaced by an empty file.
   *
   * @throws ScenewrightError `disk`
   */
  async openOwn(file: string): Promise<FileHandle> {
    await this.check(file);
    const found = await statOf(file);
    // A clone brings no hard links, but an archive may.
    if (found?.isFile() === true && found.nlink <= 1) {
      try {
        const handle = await openRegular(file, constants.O_RDWR);
        return await orClose(handle, () => this.confirm(handle, file));
      } catch (error) {
        const { code = '' } = error as NodeJS.ErrnoException;
        if (!['EACCES', 'EPERM'].includes(code)) throw error;
      }
    }
    return await this.createAnew(file);
  }

  /**
   * Write a file whole or not at all, in place of what has its name; its folder is made.
   *
   * @throws ScenewrightError `disk`; the system's own error
   */
  async write(file: string, content: string | Uint8Array): Promise<void> {
    await this.prepare(file);
    await expectNoFolder(file);
    // Renamed in one folder, from a name that nobody can know: it cannot get anywhere else.
    await writeFileAtomic(file, content, (temporary) => this.create(temporary));
  }

  /**
   * Rename a file, in place of what has the new name. A link is renamed itself.
   *
   * @throws ScenewrightError `disk`; the system's own error
   */
  async move(from: string, to: string): Promise<void> {
    const isOneFolder = path.dirname(from) === path.dirname(to);
    await Promise.all([isOneFolder || this.check(from), this.check(to), expectNoFolder(to)]);
    await renameOver(from, to);
  }

  /**
   * Rename a file to a name in its own folder that nothing has.
   *
   * @returns `false` where anything has it
   * @throws ScenewrightError `disk`; the system's own error
   */
  async moveNew(from: string, to: string): Promise<boolean> {
    await this.check(to);
    try {
      await renameNew(from, to);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return false;
    }
  }

  /**
   * Remove a file, or a folder of ours with all that is in it; a link itself, and never what it leads
   * to. It may be gone already.
   *
   * @throws ScenewrightError `disk` where it is not inside
   */
  async remove(file: string, { recursive = false } = {}): Promise<void> {
    if ((await statOf(file)) === undefined) return;
    await this.check(file);
    await rm(file, { force: true, recursive });
  }

  /**
   * Expect that a file can be put in a place: that no folder has its name.
   *
   * @throws ScenewrightError `disk`
   */
  async expectFree(file: string): Promise<void> {
    await this.missingFolders(file);
    await expectNoFolder(file);
  }

  /** All of a file that is inside; nothing where there is none, or one of more than `most` bytes. */
  async read(file: string, most: number): Promise<Buffer | undefined> {
    await this.check(file);
    return await readRegular(file, most);
  }

  /** Whether this is a file that may be read: one that lies inside, if need be behind a link. */
  async hasFile(file: string): Promise<boolean> {
    try {
      const real = await realpath(file);
      return (await this.holds(real)) && (await stat(real)).isFile();
    } catch {
      return false;
    }
  }

  private async confirm(handle: FileHandle, file: string): Promise<void> {
    await Promise.all([this.check(file), expectSame(handle, file)]);
  }

  private async clear(file: string): Promise<void> {
    await expectNoFolder(file);
    await unlink(file).catch((error: unknown) => {
      if (!isNotThere(error)) throw error;
    });
  }

  private async holds(real: string): Promise<boolean> {
    const root = await realpath(this.root);
    return real === root || isInside(root, real);
  }

  /**
   * Look at every folder on the way to a file.
   *
   * @returns those that are missing, the outermost first
   */
  private async missingFolders(file: string): Promise<string[]> {
    if (!isInside(this.root, file)) throw outside(file, this.root);
    const names = path.relative(this.root, path.dirname(file)).split(path.sep).filter(Boolean);
    const missing: string[] = [];
    let at = this.root;
    for (const name of names) {
      at = path.join(at, name);
      const found = missing.length > 0 ? undefined : await statOf(at);
      if (found === undefined) missing.push(at);
      else if (found.isSymbolicLink()) await this.expectGoodLink(at, file);
      else if (!found.isDirectory()) throw inTheWay(at, 'no folder');
    }
    return missing;
  }

  private async expectReal(folder: string, file: string): Promise<void> {
    const [root, real] = await Promise.all([realpath(this.root), realpath(folder)]);
    if (real !== root && !isInside(root, real)) throw outside(file, this.root);
  }

  private async expectGoodLink(link: string, file: string): Promise<void> {
    const real = await realpath(link).catch((error: unknown) => {
      throw new ScenewrightError(
        'disk',
        t(
          '{0} is a link that leads nowhere, so nothing was written to {1}. Remove the link, then retry.',
          link,
          file,
        ),
        { cause: error },
      );
    });
    if (!(await this.holds(real))) throw outside(file, this.root, link);
    if (!(await stat(real)).isDirectory()) throw inTheWay(link, 'no folder');
  }
}

async function statOf(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (isNotThere(error)) return undefined;
    throw error;
  }
}

async function expectNoFolder(file: string): Promise<void> {
  if ((await statOf(file))?.isDirectory() === true) throw inTheWay(file, 'a folder');
}

function inTheWay(place: string, what: 'a folder' | 'no folder'): ScenewrightError {
  return new ScenewrightError(
    'disk',
    what === 'a folder'
      ? t(
          '{0} is a folder, so nothing can be written under its name. Move it away, then retry.',
          place,
        )
      : t('{0} is no folder, so nothing can be written into it. Move it away, then retry.', place),
  );
}

function outside(file: string, root: string, link?: string): ScenewrightError {
  const why = link === undefined ? '' : t(', because {0} is a link that leads out of it', link);
  return new ScenewrightError(
    'disk',
    t(
      '{0} would lie outside {1}{2}. Nothing was written. Remove the link or choose another folder inside, then retry.',
      file,
      root,
      why,
    ),
  );
}
