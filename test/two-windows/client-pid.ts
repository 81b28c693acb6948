import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';

/**
 * Which of these processes is at the other end of a connection on this machine; where the system does
 * not tell, none is.
 */
export async function pidOfClient(
  socket: Socket,
  pids: readonly number[],
): Promise<number | undefined> {
  const wanted = (socket.remotePort ?? 0).toString(16).toUpperCase().padStart(4, '0');
  try {
    const tables = await Promise.all(
      ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8')),
    );
    const inode = tables
      .flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/u)))
      .find((fields) => fields[1]?.endsWith(`:${wanted}`) === true)?.[9];
    if (inode === undefined) return undefined;
    for (const pid of pids) {
      if (await holds(pid, `socket:[${inode}]`)) return pid;
    }
  } catch {
    // There is no such thing here, or the process has just ended.
  }
  return undefined;
}

async function holds(pid: number, what: string): Promise<boolean> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(
    names.map((name) => readlink(`${folder}/${name}`).catch(() => '')),
  );
  return targets.includes(what);
}
