import type { IncomingMessage, ServerResponse } from 'node:http';
import { Http } from '../../../src/net/http.ts';
import { EndpointServer } from '../../support/endpoint-server.ts';

/** The parts of a chat completions request that the tests look at. */
export interface ChatRequest {
  readonly model: string;
  readonly stream: boolean;
  readonly stream_options?: unknown;
  readonly response_format?: { readonly type: string; readonly json_schema?: { schema: unknown } };
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly url: string;
  readonly body: ChatRequest;
}

/** Answers one request; how is up to the test. */
export type Answer = (response: ServerResponse, request: Received) => void;

/** A chat completions endpoint on loopback whose every byte a test decides about. */
export class ChatLoopback extends EndpointServer {
  readonly received: Received[] = [];
  /** Answers in the order of the requests; the last one stays. */
  answers: Answer[] = [];

  protected handle(request: IncomingMessage, body: string, response: ServerResponse): void {
    const received = {
      headers: request.headers,
      url: request.url ?? '',
      body: JSON.parse(body) as ChatRequest,
    };
    this.received.push(received);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    answer?.(response, received);
  }
}

/** An endpoint, and what asks it, for the tests of a suite; each begins with nothing asked. */
export function useLoopback(): { readonly http: Http; readonly server: ChatLoopback } {
  const http = new Http();
  const server = new ChatLoopback();
  before(() => server.listen());
  after(async () => {
    await server.stop();
    await http.close();
  });
  beforeEach(() => {
    server.received.length = 0;
  });
  return { http, server };
}

/** Begin a stream and send these pieces of text; the response stays open. */
export function begin(response: ServerResponse, ...texts: string[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const content of texts) send(response, { delta: { content } });
}

export function send(
  response: ServerResponse,
  choice: { delta: Record<string, unknown>; finish_reason?: string | null },
): void {
  const chunk = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' };
  const choices = [{ index: 0, finish_reason: null, ...choice }];
  response.write(`data: ${JSON.stringify({ ...chunk, choices })}\n\n`);
}

/** A stream of these very chunks. */
export function chunks(...values: unknown[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const value of values) response.write(`data: ${JSON.stringify(value)}\n\n`);
    response.end('data: [DONE]\n\n');
  };
}

/** A whole streamed answer in pieces of a few characters. */
export function streamed(
  text: string,
  finish = 'stop',
  headers: Record<string, string> = {},
): Answer {
  return (response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    begin(response, ...(text.match(/.{1,7}/gsu) ?? []));
    send(response, { delta: {}, finish_reason: finish });
    response.end('data: [DONE]\n\n');
  };
}

/** An error's answer: `{error}`, or a body of its own form. */
export function refused(
  status: number,
  error: Record<string, unknown> | unknown[],
  headers: Record<string, string> = {},
): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(Array.isArray(error) ? error : { error }));
  };
}
