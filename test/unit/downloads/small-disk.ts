import { execFileSync } from 'node:child_process';

/**
 * Make a folder a disk of its own. Needs a machine that lets us; elsewhere such a disk cannot be had.
 *
 * @param size as mount takes it, such as `1m`
 */
export function smallDisk(folder: string, size: string): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

/** Take the disk of {@link smallDisk} away again. */
export function unmount(folder: string): void {
  execFileSync('umount', ['-l', folder], { stdio: 'ignore' });
}
