import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy on this machine that says itself where each host is: to play services of the internet. */
export class Gate {
  private readonly server: http.Server;

  private constructor(where: (host: string) => string) {
    this.server = http.createServer((asked, answer) => {
      const { method, headers } = asked;
      const { pathname, search, host } = new URL(asked.url ?? '', `http://${headers.host ?? ''}`);
      const behind = http.request(`${where(host)}${pathname}${search}`, { method, headers });
      behind.on('response', (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      });
      behind.on('error', () => answer.destroy());
      answer.on('error', () => behind.destroy());
      asked.pipe(behind);
    });
  }

  /** @param where the origin behind a host */
  static async start(where: (host: string) => string): Promise<Gate> {
    const gate = new Gate(where);
    gate.server.listen(0, '127.0.0.1');
    await once(gate.server, 'listening');
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }
}
