import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../src/base/clock.ts';
import { Limiter } from '../../src/base/limiter.ts';
import { EndpointServer } from './endpoint-server.ts';
import { answerTo, sceneOf, type Chat } from './mock-endpoint.ts';

/** How long one answer takes, in milliseconds. */
export interface Pace {
  /** Until its first word. */
  readonly readMs: number;
  /** From there to its last. */
  readonly speakMs: number;
}

/** An endpoint that works on so many requests at once; the others wait there, in order, without a word. */
export class SlottedServer extends EndpointServer {
  /** Scenes that were asked for, in the order of their requests; absent for planning. */
  readonly asked: (number | undefined)[] = [];
  /** How many waited for a slot when each request came. */
  readonly waitedWith: number[] = [];
  /** Of each answer, how long it took. */
  pace: () => Pace = () => ({ readMs: 800, speakMs: 6000 });
  private readonly clock: Clock;
  private readonly slots: Limiter;
  private waiting = 0;
  private open = 0;

  constructor(clock: Clock, slots: number) {
    super();
    this.clock = clock;
    this.slots = new Limiter(slots);
  }

  setSlots(slots: number): void {
    this.slots.setLimit(slots);
  }

  /** Requests that it has not answered yet. */
  get inHand(): number {
    return this.open;
  }

  protected handle(_request: IncomingMessage, body: string, response: ServerResponse): void {
    void this.answer(JSON.parse(body) as Chat, response);
  }

  private async answer(chat: Chat, response: ServerResponse): Promise<void> {
    this.open++;
    this.asked.push(sceneOf(chat));
    this.waitedWith.push(this.waiting);
    this.waiting++;
    await this.slots.run(async () => {
      this.waiting--;
      const { readMs, speakMs } = this.pace();
      await this.clock.sleep(readMs);
      const { content } = answerTo(chat) as { readonly content: string };
      const pieces =
        content.match(new RegExp(`[^]{1,${Math.ceil(content.length / 8)}}`, 'gu')) ?? [];
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const [i, piece] of pieces.entries()) {
        if (i > 0) await this.clock.sleep(speakMs / (pieces.length - 1));
        const choices = [{ index: 0, delta: { content: piece } }];
        response.write(`data: ${JSON.stringify({ choices })}\n\n`);
      }
      this.open--;
      const choices = [{ index: 0, delta: {}, finish_reason: 'stop' }];
      response.end(`data: ${JSON.stringify({ choices })}\n\ndata: [DONE]\n\n`);
    });
  }
}
