import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import zlib from 'node:zlib';

/** What is sent for one path: all of it, head and body, to a socket that may be slow or gone. */
type Attack = (socket: Socket) => void;

const megabyte = Buffer.alloc(1 << 20, ' ');

/** So many megabytes of spaces, in a good hundred kilobytes. */
const bombMegabytes = 400;

function bomb(pack: (stream: zlib.Gzip) => NodeJS.ReadWriteStream = (one) => one): Promise<Buffer> {
  const packer = zlib.createGzip();
  const end = pack(packer);
  const chunks: Buffer[] = [];
  end.on('data', (chunk: Buffer) => chunks.push(chunk));
  let left = bombMegabytes;
  const more = (): void => {
    while (left > 0) {
      left--;
      if (!packer.write(megabyte)) {
        packer.once('drain', more);
        return;
      }
    }
    packer.end();
  };
  more();
  return once(end, 'end').then(() => Buffer.concat(chunks));
}

/** A head, and after it the same piece over and over, for as long as anybody takes it. */
function endless(head: string, piece: string | Buffer): Attack {
  return (socket) => {
    socket.write(head);
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece));
      if (!socket.destroyed) socket.once('drain', more);
    };
    more();
  };
}

function whole(head: string, body: Buffer): Attack {
  return (socket) => {
    socket.end(Buffer.concat([Buffer.from(head), body]));
  };
}

const head = (status: string, ...lines: string[]): string =>
  `HTTP/1.1 ${status}\r\n${[...lines, 'connection: close'].join('\r\n')}\r\n\r\n`;
const json = 'content-type: application/json';
const events = 'content-type: text/event-stream';

/** A server that answers as no server should; which way, the path says. */
export class HostileServer {
  private readonly attacks: Readonly<Record<string, Attack>>;
  private readonly sockets = new Set<Socket>();
  private readonly server = net.createServer((socket) => {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    socket.once('data', (data) => {
      const path = /^\S+ \/([\w-]+)/.exec(data.toString('latin1'))?.[1] ?? '';
      this.attacks[path]?.(socket);
    });
  });

  private constructor(attacks: Readonly<Record<string, Attack>>) {
    this.attacks = attacks;
  }

  static async start(): Promise<HostileServer> {
    const gzip = await bomb();
    const packed: Readonly<Record<string, Buffer>> = {
      gzip,
      'gzip, gzip': zlib.gzipSync(gzip),
      br: zlib.brotliCompressSync(Buffer.alloc(100 << 20, ' '), {
        params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 },
      }),
      deflate: zlib.deflateSync(Buffer.alloc(100 << 20, ' ')),
      zstd: zlib.zstdCompressSync(Buffer.alloc(100 << 20, ' ')),
      'gzip, br': zlib.brotliCompressSync(gzip),
      'gzip, gzip, gzip, gzip, gzip, gzip': gzip,
    };
    const attacks: Record<string, Attack> = {
      'error-endless': endless(head('400 Bad', json), megabyte),
      'error-endless-text': endless(
        head('500 Bad', 'content-type: text/plain'),
        'no '.repeat(9999),
      ),
      'json-endless': endless(head('200 OK', json), megabyte),
      'json-deep': endless(head('200 OK', json), '['.repeat(65536)),
      'error-deep': whole(head('400 Bad', json), Buffer.alloc(60_000, '[')),
      'stream-without-lines': endless(head('200 OK', events), 'data: x'.repeat(9999)),
      'stream-without-events': endless(head('200 OK', events), 'data: x\n'.repeat(9999)),
      'stream-of-nothing': endless(head('200 OK', events), 'data:\n'.repeat(9999)),
      'stream-of-comments': endless(head('200 OK', events), ': ping\n\n'.repeat(9999)),
      'stream-of-carriage-returns': endless(head('200 OK', events), '\r'.repeat(65536)),
      'stream-of-the-same': endless(
        head('200 OK', events),
        `data: ${JSON.stringify({ choices: [{ delta: { content: 'and so on ' } }] })}\n\n`.repeat(
          99,
        ),
      ),
      'stream-of-refusals': endless(
        head('200 OK', events),
        `data: ${JSON.stringify({ choices: [{ delta: { refusal: 'no no no ' } }] })}\n\n`.repeat(
          99,
        ),
      ),
      'stream-of-another-kind': endless(head('200 OK', 'content-type: text/plain'), megabyte),
      'page-endless': endless(head('200 OK', 'content-type: text/html'), megabyte),
      'headers-endless': endless('HTTP/1.1 200 OK\r\n', `x-a: ${'a'.repeat(1000)}\r\n`),
      'header-without-end': endless('HTTP/1.1 200 OK\r\nx-a: ', 'a'.repeat(65536)),
      'status-without-end': endless('HTTP/1.1 200 ', 'a'.repeat(65536)),
      'trailers-endless': endless(
        head('200 OK', json, 'transfer-encoding: chunked').concat('0\r\n'),
        `x-a: ${'a'.repeat(1000)}\r\n`,
      ),
      'chunk-extension-endless': endless(
        head('200 OK', json, 'transfer-encoding: chunked').concat('1;x='),
        'a'.repeat(65536),
      ),
      'news-endless': endless('', 'HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n'.repeat(999)),
      'redirect-endless': endless(head('302 Found', 'location: /redirect-endless'), megabyte),
      'image-endless': endless(head('200 OK', 'content-type: image/png'), megabyte),
    };
    for (const [coding, body] of Object.entries(packed)) {
      const name = coding.replaceAll(', ', '-');
      const line = `content-encoding: ${coding}`;
      attacks[`error-${name}`] = whole(head('400 Bad', json, line), body);
      attacks[`json-${name}`] = whole(head('200 OK', json, line), body);
      if (coding.startsWith('gzip')) {
        attacks[`stream-${name}`] = whole(head('200 OK', events, line), body);
      }
    }
    const server = new HostileServer(attacks);
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  /** All the ways that begin with one of these words. */
  ways(...words: readonly string[]): string[] {
    return Object.keys(this.attacks).filter((way) => words.some((word) => way.startsWith(word)));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(this.server, 'close');
  }
}
