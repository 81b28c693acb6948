import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ChunkedDecoder } from '../../../src/net/raw/chunked-decoder.ts';
import { parseHead } from '../../../src/net/raw/response-head.ts';

const head = (...lines: readonly string[]): string => lines.join('\r\n');

describe("reading an answer's head", () => {
  it('finds status and headers, whatever their case', () => {
    const { status, headers } = parseHead(
      head('HTTP/1.1 206 Partial Content', 'ETag: "a:b"', 'x-two: 1', 'X-Two:\t 2 '),
    );
    assert.equal(status, 206);
    assert.equal(headers.get('etag'), '"a:b"');
    assert.equal(headers.get('X-TWO'), '1, 2');
    assert.equal(headers.get('missing'), null);
  });

  for (const [name, lines, framing, keepAlive] of [
    ['its length', ['HTTP/1.1 200 OK', 'Content-Length: 12'], { kind: 'length', bytes: 12 }, true],
    [
      'the same length twice',
      ['HTTP/1.1 200', 'Content-Length: 3', 'Content-Length: 3'],
      { kind: 'length', bytes: 3 },
      true,
    ],
    ['chunks', ['HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'], { kind: 'chunked' }, true],
    [
      'chunks and a length',
      ['HTTP/1.1 200 OK', 'Content-Length: 3', 'Transfer-Encoding: Chunked'],
      { kind: 'chunked' },
      false,
    ],
    ['the end of the line', ['HTTP/1.1 200 OK'], { kind: 'close' }, false],
    ['having none', ['HTTP/1.1 204 No Content'], { kind: 'length', bytes: 0 }, true],
    [
      'a length, and closes',
      ['HTTP/1.1 200 OK', 'Content-Length: 1', 'Connection: close'],
      { kind: 'length', bytes: 1 },
      false,
    ],
    [
      'a length, of old',
      ['HTTP/1.0 200 OK', 'Content-Length: 1'],
      { kind: 'length', bytes: 1 },
      false,
    ],
  ] as const) {
    it(`knows where a body ends that tells by ${name}`, () => {
      const parsed = parseHead(head(...lines));
      assert.deepEqual([parsed.framing, parsed.keepAlive], [framing, keepAlive]);
    });
  }

  for (const [name, text] of [
    ['no HTTP', 'SSH-2.0-OpenSSH'],
    ['another version', 'HTTP/2 200'],
    ['two lengths', head('HTTP/1.1 200 OK', 'Content-Length: 3', 'Content-Length: 4')],
    ['a negative length', head('HTTP/1.1 200 OK', 'Content-Length: -3')],
    ['a length with a plus', head('HTTP/1.1 200 OK', 'Content-Length: +3')],
    ['an unknown coding', head('HTTP/1.1 200 OK', 'Transfer-Encoding: gzip, chunked')],
    ['a folded header', head('HTTP/1.1 200 OK', 'X: 1', ' 2')],
    ['a space before the colon', head('HTTP/1.1 200 OK', 'Content-Length : 3')],
    ['no name', head('HTTP/1.1 200 OK', ': 3')],
    ['a bare line feed', 'HTTP/1.1 200 OK\r\nA: 1\nContent-Length: 3'],
  ] as const) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parseHead(text), { code: 'BAD_HTTP' });
    });
  }

  it('either understands or refuses, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          parseHead(`HTTP/1.1 200 OK\r\n${text}`);
        } catch (error) {
          assert.equal((error as { code?: string }).code, 'BAD_HTTP');
        }
      }),
    );
  });
});

describe('taking chunks apart', () => {
  const decode = (
    bytes: Uint8Array,
    cuts: readonly number[],
  ): { data: string; used: number; done: boolean } => {
    const decoder = new ChunkedDecoder();
    const pieces: Buffer[] = [];
    let used = 0;
    const places = [...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
    for (const [index, from] of [0, ...places].entries()) {
      used += decoder.push(bytes.subarray(from, places[index] ?? bytes.length), (data) => {
        pieces.push(Buffer.from(data));
      });
    }
    return { data: Buffer.concat(pieces).toString('latin1'), used, done: decoder.done };
  };

  it('gives back what was put in, however it is torn on its way', () => {
    const chunk = fc.record({
      text: fc.string({ unit: fc.constantFrom('a', '\r', '\n', '0'), minLength: 1, maxLength: 40 }),
      extension: fc.constantFrom('', ';x=1', ' ;y'),
    });
    fc.assert(
      fc.property(
        fc.array(chunk, { maxLength: 8 }),
        fc.array(fc.nat(1000), { maxLength: 12 }),
        fc.constantFrom('', 'Digest: x\r\n'),
        (chunks, cuts, trailer) => {
          const body = chunks.map(
            ({ text, extension }) => `${text.length.toString(16)}${extension}\r\n${text}\r\n`,
          );
          const whole = Buffer.from(`${body.join('')}0\r\n${trailer}\r\n`, 'latin1');
          const result = decode(whole, cuts);
          assert.equal(result.data, chunks.map(({ text }) => text).join(''));
          assert.deepEqual([result.used, result.done], [whole.length, true]);
        },
      ),
    );
  });

  it('leaves alone what comes after the end', () => {
    const decoder = new ChunkedDecoder();
    const bytes = Buffer.from('1\r\na\r\n0\r\n\r\nHTTP/1.1');
    assert.equal(
      decoder.push(bytes, () => undefined),
      11,
    );
  });

  it('is not done before the end', () => {
    assert.equal(decode(Buffer.from('3\r\nabc\r\n0\r\n'), []).done, false);
  });

  for (const bad of [
    'x\r\n',
    '-1\r\n',
    '\r\n',
    '1\na\r\n',
    '1\r\nab\r\n',
    `${'1'.repeat(20)}\r\n`,
    '0x1\r\na',
    ' '.repeat(20_000),
  ]) {
    it(`refuses ${JSON.stringify(bad.slice(0, 30))}`, () => {
      assert.throws(() => decode(Buffer.from(bad), []), { code: 'BAD_HTTP' });
    });
  }
});
