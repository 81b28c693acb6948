import type { HeaderReader } from '../http-types.ts';

/** The status line and the headers of an HTTP/1 answer. */
export interface ResponseHead {
  readonly status: number;
  readonly headers: HeaderReader;
  readonly framing: Framing;
  /** Whether another request may follow on this connection. */
  readonly keepAlive: boolean;
}

/** How the end of a body is told. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** By the end of the connection. */
  | { readonly kind: 'close' };

/** An answer that is not HTTP as it should be. */
export class BadHttpError extends Error {
  readonly code = 'BAD_HTTP';
}

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Read an answer's head, strictly: what is ambiguous could hide where the body ends.
 *
 * @param text from the first byte up to and without the empty line; bytes as Latin-1
 * @throws HeadError
 */
export function parseHead(text: string): ResponseHead {
  const [first = '', ...lines] = text.split('\r\n');
  const start = /^HTTP\/1\.([01]) (\d{3})(?: |$)/.exec(first);
  if (start === null) throw new BadHttpError('The answer does not begin like HTTP.');
  const status = Number(start[2]);
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0));
    const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');

    if (!token.test(name) || /[\0\r\n]/.test(value)) {
      throw new BadHttpError('The answer has a header that is not valid.');
    }
    const known = fields.get(name.toLowerCase());
    if (known === undefined) fields.set(name.toLowerCase(), [value]);
    else known.push(value);
  }
  const framing = framingOf(status, fields);
  const connection = (fields.get('connection') ?? []).join(',').toLowerCase();
  return {
    status,
    headers: { get: (name) => fields.get(name.toLowerCase())?.join(', ') ?? null },
    framing,
    keepAlive:
      framing.kind !== 'close' &&
      !(fields.has('content-length') && fields.has('transfer-encoding')) &&
      (start[1] === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection)),
  };
}

/** For answers to GET. */
function framingOf(status: number, fields: ReadonlyMap<string, readonly string[]>): Framing {
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  const coding = fields.get('transfer-encoding')?.join(',');
  if (coding !== undefined) {
    if (coding.toLowerCase() === 'chunked') return { kind: 'chunked' };
    throw new BadHttpError(`The answer is packed in an unknown way (${coding.slice(0, 40)}).`);
  }
  const lengths = new Set(fields.get('content-length')?.flatMap((value) => value.split(/\s*,\s*/)));
  const [length, another] = lengths;
  if (length === undefined) return { kind: 'close' };
  if (another !== undefined || !/^\d{1,15}$/.test(length)) {
    throw new BadHttpError('The answer does not say clearly how long it is.');
  }
  return { kind: 'length', bytes: Number(length) };
}
