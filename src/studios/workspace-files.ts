import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { readRegular } from '../base/enclosure/regular-file.ts';
import { ScenewrightError } from '../base/errors.ts';
import { isInside } from '../base/inside.ts';
import { t } from '../base/l10n.ts';

/** Files of the writer's workspace; what is in them may be a stranger's. */
export interface WorkspaceFiles {
  /**
   * The text of a file.
   *
   * @param name its path in the workspace
   * @returns `undefined` where there is none
   * @throws ScenewrightError `bad-input` where it cannot be read, or is not in the workspace
   */
  read(name: string): Promise<string | undefined>;
}

/** The largest file that is read, in bytes; published workflows have some hundred thousand at most. */
const mostBytes = 4 * 1024 * 1024;

/**
 * Files of some folders, by their path in one of them. What is named may be a stranger's word, and the
 * folder what a stranger packed: nothing is read that does not really lie in it.
 */
export class FilesOfFolders implements WorkspaceFiles {
  private readonly folders: () => readonly string[];

  /** @param folders absolute; the first that has the file counts */
  constructor(folders: () => readonly string[]) {
    this.folders = folders;
  }

  async read(name: string): Promise<string | undefined> {
    const found = await this.find(name);
    if (found === undefined) return undefined;
    const bytes = await readRegular(found.real, mostBytes);
    if (bytes === undefined) throw notReadable(name);
    return bytes.toString('utf8');
  }

  /** The folder that a file is in; `undefined` where there is none. @throws as {@link read} */
  async folderOf(name: string): Promise<string | undefined> {
    return (await this.find(name))?.folder;
  }

  private async find(
    name: string,
  ): Promise<{ readonly folder: string; readonly real: string } | undefined> {
    for (const folder of this.folders()) {
      const file = path.join(folder, name);
      if (path.isAbsolute(name) || !isInside(folder, file)) throw notInside(name);
      const real = await realpath(file).catch(() => undefined);
      if (real === undefined) continue;
      if (!isInside(await realpath(folder), real)) throw notInside(name);
      return { folder, real };
    }
    return undefined;
  }
}

function notInside(name: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('{0} is not in the workspace, so it is not read. Nothing was sent.', name),
  );
}

function notReadable(name: string): ScenewrightError {
  return new ScenewrightError(
    'bad-input',
    t('{0} cannot be read, or is far too large for a workflow. Nothing was sent.', name),
  );
}
