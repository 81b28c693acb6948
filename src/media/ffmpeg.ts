import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { t } from '../base/l10n.ts';

/** The machine as far as looking for a program goes; the real one unless a test hands in another. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

const thisMachine = (): Machine => ({
  platform: process.platform,
  env: process.env,
  home: homedir(),
});

/**
 * Find ffmpeg. The disk is asked anew each time, which takes less than a millisecond, so that a
 * program installed or removed a moment ago is noticed without a restart.
 *
 * @param setting `scenewright.ffmpegPath`: the program, a folder that holds it, or a bare name to
 * look for on PATH. Empty: `ffmpeg` on PATH, or where package managers put it. PATH is what it was
 * when the editor started, so a fresh install may only be found in the second way.
 * @returns absolute path of the program; undefined when there is none.
 */
export async function findFfmpeg(
  setting: string,
  machine: Machine = thisMachine(),
): Promise<string | undefined> {
  for (const candidate of candidates(setting, machine)) {
    if (await isProgram(candidate)) return candidate;
  }
  return undefined;
}

/** What to tell a writer whose machine has no ffmpeg where it was looked for. */
export function howToGetFfmpeg(setting: string): string {
  return unquoted(setting) === ''
    ? t('install ffmpeg (or name it in the setting scenewright.ffmpegPath)')
    : t(
        'correct the setting scenewright.ffmpegPath (there is no ffmpeg at {0})',
        unquoted(setting),
      );
}

function candidates(setting: string, machine: Machine): readonly string[] {
  const { platform, env, home } = machine;
  const system = platform === 'win32' ? path.win32 : path.posix;
  // A batch file would need a shell to run it, and a shell would read meaning into file names.
  const executable = (name: string): string =>
    platform === 'win32' && !/\.exe$/i.test(name) ? `${name}.exe` : name;
  const named = unquoted(setting).replace(/^~(?=[/\\])/, () => home);
  if (system.isAbsolute(named)) {
    return [named, executable(named), system.join(named, executable('ffmpeg'))];
  }
  // From which folder a relative path counts, nobody could say.
  if (/[/\\]/.test(named)) return [];
  const name = executable(named === '' ? 'ffmpeg' : named);
  const onPath = (env.PATH ?? env.Path ?? '').split(system.delimiter).map(unquoted);
  return (
    [...onPath, ...(named === '' ? usualFolders(machine) : [])]
      // A relative folder on PATH would let a workspace bring its own program.
      .filter((folder) => system.isAbsolute(folder))
      .map((folder) => system.join(folder, name))
  );
}

function usualFolders({ platform, env, home }: Machine): readonly string[] {
  switch (platform) {
    case 'win32':
      return [
        `${env.LOCALAPPDATA ?? ''}\\Microsoft\\WinGet\\Links`,
        `${home}\\scoop\\shims`,
        `${env.ProgramData ?? ''}\\chocolatey\\bin`,
      ];
    case 'darwin':
      return ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin'];
    default:
      return ['/usr/bin', '/usr/local/bin', '/snap/bin', '/home/linuxbrew/.linuxbrew/bin'];
  }
}

/** Windows copies paths in quotes. */
function unquoted(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1');
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
