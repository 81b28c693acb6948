import { AnswerLines, type AnswerParts } from './answer-lines.ts';

/** Milliseconds that the end of a connection may take after the end of the answer. */
const patienceMs = 2000;

/**
 * Read an answer until `[DONE]` or its end, whatever it is: a stream of events, lines of JSON, one
 * JSON value, a page, or words. Its form is told from what comes, as services give all of them all
 * kinds of types.
 *
 * @param parts takes what comes; what it throws ends the reading
 * @param onBytes called for everything that arrives, comments included, after its parts
 * @throws what the connection or `parts` throws; ScenewrightError `bad-answer` where a part has no end
 */
export async function readAnswer(
  body: ReadableStream<Uint8Array>,
  parts: AnswerParts,
  onBytes: () => void,
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const lines = new AnswerLines(parts);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      const over = lines.take(decoder.decode(value, { stream: true }));
      onBytes();
      if (!over) continue;
      void leave(reader);
      return;
    }
  } catch (error) {
    reader.cancel().catch(ignore);
    throw error;
  }
  lines.end();
  onBytes();
}

/** Wait for the end of the connection, which can then be used again; nobody waits for this. */
async function leave(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  const timer = setTimeout(() => {
    reader.cancel().catch(ignore);
  }, patienceMs);
  timer.unref();
  try {
    while (!(await reader.read()).done);
  } catch {
    // The answer is complete; how its connection ends does not matter.
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {
  // A connection that is given up may end as it likes.
}
