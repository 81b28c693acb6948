import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

/**
 * What the connections that this thread opens from now on have received. What a server has sent
 * may be more: some of it is still on its way when a connection ends.
 */
export class Received {
  private readonly sockets: Socket[] = [];
  private readonly note = (message: unknown): void => {
    this.sockets.push((message as { readonly socket: Socket }).socket);
  };

  constructor() {
    subscribe('net.client.socket', this.note);
  }

  get bytes(): number {
    return this.sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  }

  stop(): void {
    unsubscribe('net.client.socket', this.note);
  }
}
