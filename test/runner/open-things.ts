import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import type { Server, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

interface Opened {
  /** Such as `a server on port 4711`. */
  readonly what: () => string;
  readonly isOpen: () => boolean;
  readonly close: () => void;
  /** The test that was running. */
  readonly by: string;
}

/** Servers, child processes and worker threads that this process opens, and all else that keeps it alive. */
export class OpenThings {
  /** Whose they are. */
  test = 'no test';
  private opened: Opened[] = [];
  private resources = resources();

  constructor() {
    subscribe('tracing:net.server.listen:asyncStart', (message) => {
      this.addServer((message as { readonly server: Server }).server);
    });
    subscribe('child_process', (message) => {
      const { process: child } = message as { readonly process: ChildProcess };
      this.add({
        what: () => `the process ${child.pid} (${child.spawnargs.slice(0, 3).join(' ')})`,
        isOpen: () =>
          child.pid !== undefined && child.exitCode === null && child.signalCode === null,
        close: () => child.kill('SIGKILL'),
      });
    });
    subscribe('worker_threads', (message) => {
      const { worker } = message as { readonly worker: Worker };
      let isOpen = true;
      worker.once('exit', () => {
        isOpen = false;
      });
      this.add({
        what: () => `the worker thread ${worker.threadId}`,
        isOpen: () => isOpen,
        close: () => void worker.terminate(),
      });
    });
  }

  /** What is open from here on counts as known. */
  mark(): void {
    this.opened = [];
    this.resources = resources();
  }

  /** What is open besides what was when it was marked, after it had time to close. */
  async left(withinMs: number): Promise<readonly string[]> {
    const end = Date.now() + withinMs;
    for (;;) {
      const left = this.now();
      if (left.length === 0 || Date.now() > end) return left;
      await pause(5, undefined, { ref: false });
    }
  }

  /** What is open besides what was when it was marked. */
  now(): readonly string[] {
    this.opened = this.opened.filter(({ isOpen }) => isOpen());
    const named = this.opened.map(({ what, by }) => `${what()}, opened by "${by}"`);
    const others = [...resources()].flatMap(([kind, count]) => {
      const more = count - (this.resources.get(kind) ?? 0);
      return more > 0 ? [`${more} × ${kind}`] : [];
    });
    // What does not keep the process alive is no concern, such as a helper of a tool that we use.
    return others.length === 0 ? [] : [...named, ...others];
  }

  /** Close what is tracked and still open. */
  close(by?: string): void {
    for (const one of this.opened) {
      if ((by === undefined || one.by === by) && one.isOpen()) one.close();
    }
  }

  private addServer(server: Server): void {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    this.add({
      what: () => {
        const address = server.address();
        const where = typeof address === 'object' ? `port ${address?.port}` : address;
        return `a server on ${where}`;
      },
      isOpen: () => server.listening,
      close: () => {
        server.close();
        for (const socket of sockets) socket.destroy();
      },
    });
  }

  private add(opened: Omit<Opened, 'by'>): void {
    this.opened.push({ ...opened, by: this.test });
  }
}

/** How many things of each kind keep this process alive. */
function resources(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
