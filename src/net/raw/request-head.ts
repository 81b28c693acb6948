/** Why a connection broke. `code` is what `connectionError` makes a sentence of. */
export class RawConnectionError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * The head of a request for a file, to be sent as Latin-1.
 *
 * @param target what is asked for, byte for byte
 * @throws RawConnectionError for what cannot be sent, or would smuggle in something else
 */
export function requestHead(
  host: string,
  target: string,
  headers: Readonly<Record<string, string>>,
): string {
  if (!/^\/[\x21-\x7e]*$/.test(target)) {
    throw new RawConnectionError('BAD_REQUEST', 'An address cannot be asked for.');
  }
  const lines = Object.entries({ host, ...headers }).map(([name, value]) =>
    headerLine(name, value),
  );
  return `GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

function headerLine(name: string, value: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new RawConnectionError('BAD_REQUEST', 'A header cannot be sent.');
  }
  return `${name}: ${value}\r\n`;
}
