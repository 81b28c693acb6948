import type { ServerResponse } from 'node:http';
import { tokensIn } from './latency.ts';
import type { AnswerTime } from './latency.ts';

/** An answer streams in so many pieces, or more where it has more tokens than so many a piece. */
const fewestPieces = 20;
const tokensPerPiece = 16;

/** One streamed answer whose last piece comes exactly when its time is over. */
export class AnswerStream {
  private readonly response: ServerResponse;
  private readonly chunks: readonly string[];
  private readonly time: AnswerTime;
  private readonly scale: number;
  private sent = 0;
  private start = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly end: string;

  /** @param asked how many characters the request had, for the usage figures */
  constructor(
    response: ServerResponse,
    text: string,
    time: AnswerTime,
    scale: number,
    asked: number,
  ) {
    this.response = response;
    this.time = time;
    this.scale = scale;
    const input = tokensIn(asked);
    const output = tokensIn(text.length);
    const pieces = Math.max(fewestPieces, Math.ceil(output / tokensPerPiece));
    const length = Math.ceil(text.length / pieces);
    this.chunks = Array.from({ length: Math.ceil(text.length / length) }, (_, i) => {
      const content = text.slice(i * length, (i + 1) * length);
      return event([{ index: 0, delta: { content }, finish_reason: null }]);
    });
    this.end = [
      event([{ index: 0, delta: {}, finish_reason: 'stop' }]),
      event([], {
        prompt_tokens: input,
        completion_tokens: output,
        total_tokens: input + output,
      }),
      'data: [DONE]\n\n',
    ].join('');
  }

  get complete(): boolean {
    return this.sent === this.chunks.length;
  }

  /** @param onComplete called before the last piece goes out */
  begin(onComplete: () => void): void {
    this.start = performance.now();
    this.arm(onComplete);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private arm(onComplete: () => void): void {
    const { firstMs, ms } = this.time;
    const share = (this.sent + 1) / this.chunks.length;
    const at = this.start + (firstMs + (ms - firstMs) * share) / this.scale;
    this.timer = setTimeout(
      () => {
        this.send(onComplete);
      },
      Math.max(1, Math.round(at - performance.now())),
    );
  }

  private send(onComplete: () => void): void {
    const chunk = this.chunks[this.sent++] ?? '';
    if (this.complete) {
      onComplete();
      this.response.end(chunk + this.end);
      return;
    }
    this.response.write(chunk);
    this.arm(onComplete);
  }
}

function event(choices: readonly unknown[], usage: unknown = null): string {
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'bench' };
  return `data: ${JSON.stringify({ ...chunk, choices, usage })}\n\n`;
}
