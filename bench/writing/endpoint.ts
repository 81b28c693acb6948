import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Message, Reply, Seen, EndpointConditions } from './endpoint-conditions.ts';

type Told<M> = M extends Message ? Omit<M, 'call'> : never;

/**
 * An OpenAI-compatible endpoint on loopback, in a process of its own. Several runs may use it at
 * once; each has its own address and meets its own {@link EndpointConditions}.
 */
export class Endpoint {
  private readonly child: ChildProcess;
  private readonly port: number;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private calls = 0;
  private runs = 0;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.port = port;
    child.on('message', (reply: Reply) => {
      this.waiting.get(reply.call)?.(reply);
      this.waiting.delete(reply.call);
    });
  }

  static async start(): Promise<Endpoint> {
    const child = fork(path.join(import.meta.dirname, 'server.ts'), { execArgv: [] });
    const [port] = (await once(child, 'message')) as [number];
    return new Endpoint(child, port);
  }

  /** Begin a run under these conditions. */
  async begin(conditions: EndpointConditions): Promise<EndpointRun> {
    const run = ++this.runs;
    await this.tell({ type: 'begin', run, conditions });
    return {
      baseUrl: `http://127.0.0.1:${this.port}/${run}/v1`,
      end: async () => {
        const { seen } = await this.tell({ type: 'end', run });
        if (seen === undefined) throw new Error('The endpoint does not know this run.');
        return seen;
      },
    };
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }

  private tell(message: Told<Message>): Promise<Reply> {
    const call = ++this.calls;
    return new Promise((resolve) => {
      this.waiting.set(call, resolve);
      this.child.send({ ...message, call });
    });
  }
}

export interface EndpointRun {
  readonly baseUrl: string;
  /** The run is over; what did the endpoint see? */
  end(): Promise<Seen>;
}
