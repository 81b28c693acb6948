import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { cappedRate } from './cases.ts';
import type { Certificate } from './certificate.ts';
import type { ClipServer } from './clip-server.ts';

/** What the server process is told on its command line, as JSON. */
export interface PacedOptions {
  /** Bytes a second of each connection of the capped line. */
  readonly rate: number;
  /** Clips of these sizes have media of zeros. */
  readonly zeros: readonly number[];
  readonly certificate?: Certificate;
}

/** The ports that it tells when it listens. */
export interface PacedPorts {
  readonly plain: number;
  readonly capped: number;
  readonly tls?: number;
}

/**
 * Our own server, where there is no nginx; and always where it matters that a capped connection
 * takes exactly as long as its bytes, down to the last one.
 */
export async function startPacedServer(options: Partial<PacedOptions> = {}): Promise<ClipServer> {
  const all: PacedOptions = { rate: cappedRate, zeros: [], ...options };
  const program = path.join(import.meta.dirname, 'paced-server.ts');
  const child = fork(program, [JSON.stringify(all)], { execArgv: [] });
  const [ports] = (await once(child, 'message')) as [PacedPorts];
  return {
    name: 'a server in Node, for want of nginx',
    lines: {
      plain: `http://127.0.0.1:${ports.plain}`,
      capped: `http://127.0.0.1:${ports.capped}`,
      ...(ports.tls === undefined ? {} : { tls: `https://127.0.0.1:${ports.tls}` }),
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
