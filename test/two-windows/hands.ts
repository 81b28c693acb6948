import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { Emitter } from '../../src/base/events.ts';
import type { Answer, Ask, Hello } from '../extensions/remote-hand/protocol.ts';

/** Why an answer never came: the extension host is gone. */
export class HostGone extends Error {}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The remote hand in one extension host; of no more use once that has ended. */
export class Hand {
  readonly pid: number;
  readonly workspace: string;
  readonly folders: number;
  private readonly socket: Socket;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;

  constructor({ pid, workspace, folders }: Hello, socket: Socket) {
    this.pid = pid;
    this.workspace = workspace;
    this.folders = folders;
    this.socket = socket;
    socket.once('close', () => {
      for (const { reject } of this.waiting.values()) reject(new HostGone('It has ended.'));
      this.waiting.clear();
    });
  }

  get isAlive(): boolean {
    return !this.socket.destroyed;
  }

  /**
   * @throws HostGone when the extension host has ended before it could answer
   * @throws Error with the message of what went wrong there
   */
  async ask(what: Ask): Promise<unknown> {
    if (!this.isAlive) throw new HostGone('It has ended.');
    const id = ++this.asked;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
    });
    this.socket.write(`${JSON.stringify({ ...what, id })}\n`);
    return answer;
  }

  take({ id, value, error }: Answer): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) waiting?.resolve(value);
    else waiting?.reject(new Error(error));
  }
}

/** Where the remote hands of all extension hosts report. */
export class Hands {
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();
  private readonly came = new Emitter<Hand>();
  /** Fires when an extension host has come up. */
  readonly onDidCome = this.came.event;

  private constructor() {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).once('close', () => this.sockets.delete(socket));
      let hand: Hand | undefined;
      createInterface(socket).on('line', (line) => {
        if (hand !== undefined) hand.take(JSON.parse(line) as Answer);
        else {
          hand = new Hand(JSON.parse(line) as Hello, socket);
          this.came.fire(hand);
        }
      });
    });
  }

  static async listen(): Promise<Hands> {
    const hands = new Hands();
    hands.server.listen(0, '127.0.0.1');
    await once(hands.server, 'listening');
    return hands;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
