import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cappedRate } from './cases.ts';
import type { Certificate } from './certificate.ts';
import type { ClipServer } from './clip-server.ts';

/** Where a Linux distribution puts it may be outside an ordinary user's PATH. */
const names = ['nginx', '/usr/sbin/nginx', '/usr/local/sbin/nginx'];

export interface Nginx {
  readonly command: string;
  /** Such as `nginx/1.22.1`. */
  readonly version: string;
}

/** The nginx of this machine, if it has one. */
export function findNginx(): Nginx | undefined {
  for (const command of names) {
    const { error, stderr } = spawnSync(command, ['-v'], { encoding: 'utf8' });
    const version = /nginx\/\S+/.exec(stderr)?.[0];
    if (error === undefined && version !== undefined) return { command, version };
  }
  return undefined;
}

/**
 * Serve the clips `<bytes>.mp4` of `folder` on loopback as `/<bytes>/<any name>`. One process under
 * this user, which writes nowhere but into `folder`.
 */
export async function startNginx(
  { command, version }: Nginx,
  folder: string,
  certificate: Certificate | undefined,
): Promise<ClipServer> {
  // nginx cannot be asked to choose a port, and another process may take a chosen one first.
  for (let tries = 1; ; tries++) {
    const ports = await freePorts(certificate === undefined ? 2 : 3);
    const config = path.join(folder, 'nginx.conf');
    await writeFile(config, configuration(folder, ports, certificate));
    const log = path.join(folder, 'nginx.log');
    const child = spawn(command, ['-e', log, '-p', folder, '-c', config], { stdio: 'ignore' });
    if (await answers(child, ports)) {
      const [plain = 0, capped = 0, tls] = ports;
      return {
        name: version,
        lines: {
          plain: `http://127.0.0.1:${plain}`,
          capped: `http://127.0.0.1:${capped}`,
          ...(tls === undefined ? {} : { tls: `https://127.0.0.1:${tls}` }),
        },
        stop: () => stop(child),
      };
    }
    await stop(child);
    if (tries === 3) throw new Error(`nginx does not start:\n${await readFile(log, 'utf8')}`);
  }
}

function configuration(
  folder: string,
  [plain, capped, tls]: readonly number[],
  certificate: Certificate | undefined,
): string {
  const clips = `location ~ "^/(\\d+)/" { default_type video/mp4; alias "${folder}/$1.mp4"; }`;
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    'daemon off;',
    // With no master beside it, the one process stays what it was started as.
    'master_process off;',
    `pid "${folder}/nginx.pid";`,
    'events { worker_connections 512; }',
    'http {',
    ...temporary.map((name) => `  ${name}_temp_path "${folder}/nginx-${name}";`),
    '  access_log off;',
    '  sendfile on;',
    '  tcp_nopush on;',
    '  keepalive_requests 100000;',
    `  server { listen 127.0.0.1:${plain}; ${clips} }`,
    // Steps of a twentieth of a second: it waits after each, but for the last.
    `  server { listen 127.0.0.1:${capped}; limit_rate ${cappedRate};`,
    `    sendfile_max_chunk ${cappedRate / 20}; ${clips} }`,
    ...(certificate === undefined
      ? []
      : [
          `  server { listen 127.0.0.1:${tls} ssl; ssl_certificate "${certificate.certificate}";`,
          `    ssl_certificate_key "${certificate.key}"; ${clips} }`,
        ]),
    '}',
    '',
  ].join('\n');
}

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  for (let i = 0; i < count; i++) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

/** Whether it gets as far as answering at all of its ports. */
async function answers(child: ChildProcess, ports: readonly number[]): Promise<boolean> {
  const ended = (): boolean => child.exitCode !== null;
  for (let tries = 0; tries < 200 && !ended(); tries++) {
    if ((await Promise.all(ports.map(reachable))).every(Boolean)) {
      // What answered may be another process: then this one could not listen, and ends at once.
      await sleep(20);
      return !ended();
    }
    await sleep(10);
  }
  return false;
}

function reachable(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const tell = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', tell(true)).once('error', tell(false));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
