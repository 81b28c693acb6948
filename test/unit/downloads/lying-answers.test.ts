import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { isOtherFile } from '../../../src/downloads/no-clip.ts';
import { mp4, webm } from '../../../fixtures/video-bytes.ts';
import { FileServer, base64 } from './file-server.ts';
import { failure } from '../../support/failure.ts';
import { Place, workerFile } from './place.ts';

const clip = mp4(300_000);
const gz = gzipSync(clip);

/** As an upload in signed pieces looks that was stored as it came. */
function inPieces(file: Buffer): Buffer {
  const signature = createHash('sha256').update('x').digest('hex');
  const pieces: Buffer[] = [];
  const whole = Array.from({ length: Math.ceil(file.length / 65_536) }, (_, index) =>
    file.subarray(index * 65_536, (index + 1) * 65_536),
  );
  for (const piece of [...whole, Buffer.alloc(0)]) {
    const head = `${piece.length.toString(16)};chunk-signature=${signature}\r\n`;
    pieces.push(Buffer.from(head), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat(pieces);
}

for (const [where, options] of [
  ['in this thread', {}],
  ['in a worker thread', { workerFile }],
] as const) {
  describe(`a clip of which untrue things are said (${where})`, function () {
    this.timeout(20_000);
    let place: Place;
    let server: FileServer;

    beforeEach(async () => {
      place = await Place.make(options);
      server = await FileServer.start(clip);
    });

    afterEach(async () => {
      await place.close();
      await server.close();
    });

    for (const type of [
      'text/plain',
      'text/html; charset=utf-8',
      'application/json',
      'application/octet-stream',
      'binary/octet-stream',
      'image/gif',
      'application/xml',
      undefined,
    ]) {
      it(`is taken under any type: ${type ?? 'none'}`, async () => {
        server.headers = type === undefined ? {} : { 'content-type': type };
        await place.download(server.url);
        await place.expectClip(clip);
      });
    }

    for (const coding of [
      'gzip',
      'x-gzip',
      'deflate, gzip',
      'aws-chunked',
      'br',
      'zstd',
      'binary',
    ]) {
      it(`is taken as it is where it only is said to be packed: ${coding}`, async () => {
        server.headers = {
          'content-encoding': coding,
          // Of what was packed once.
          'content-md5': base64('md5', gz),
        };
        await place.download(server.url);
        await place.expectClip(clip);
        assert.equal(server.asked.length, 1);
      });
    }

    it('is not held against what a store says of the file that it unpacked', async () => {
      server.headers = {
        'x-goog-stored-content-encoding': 'gzip',
        'x-goog-hash': `md5=${base64('md5', gz)}`,
      };
      await place.download(server.url);
      await place.expectClip(clip);
    });

    const packed: Readonly<Record<string, readonly [string | undefined, Buffer]>> = {
      gzip: ['gzip', gz],
      'gzip of which nothing is said': [undefined, gz],
      'gzip twice': ['gzip, gzip', gzipSync(gz)],
      deflate: ['deflate', deflateSync(clip)],
      'raw deflate': ['deflate', deflateRawSync(clip)],
      br: ['br', brotliCompressSync(clip)],
      zstd: ['zstd', zstdCompressSync(clip)],
      'signed pieces': ['aws-chunked', inPieces(clip)],
      'signed pieces of which nothing is said': [undefined, inPieces(clip)],
      'gzip in signed pieces': ['aws-chunked,gzip', inPieces(gz)],
    };
    for (const [name, [coding, bytes]] of Object.entries(packed)) {
      it(`is unpacked where it really is packed: ${name}`, async () => {
        server.file = bytes;
        server.headers = {
          'content-type': 'application/gzip',
          ...(coding === undefined ? {} : { 'content-encoding': coding }),
          'x-goog-hash': `md5=${base64('md5', bytes)}`,
          digest: `sha-256=${base64('sha256', Buffer.from('of something else'))}`,
        };
        const video = await place.download(server.url);
        assert.equal(video.bytes, clip.length);
        await place.expectClip(clip);
        assert.equal(server.asked.length, 1);
      });
    }

    it('is fetched anew where the line breaks while it is unpacked', async () => {
      server.file = gz;
      server.instead = async (request, response) => {
        if (request.number > 0) return false;
        await server.send(request, response, 200_000);
        response.destroy();
        return true;
      };
      await place.download(server.url);
      await place.expectClip(clip);
      assert.equal(server.asked[1]?.range, undefined);
    });

    it('is not kept where its packing is damaged', async () => {
      server.file = Buffer.concat([gz.subarray(0, 100_000), randomBytes(50_000)]);
      const error = await failure(place.download(server.url));
      assert.match(error.message, /packed and could not be unpacked/);
      await place.expectNoClip();
    });

    it('does not fill the disk by being unpacked', async () => {
      server.file = gzipSync(Buffer.concat([mp4(100), Buffer.alloc(200_000_000)]));
      const error = await failure(place.download(server.url));
      assert.match(error.message, /far larger unpacked/);
      await place.expectNoClip();
    });

    it('is kept under the name of what it is', async () => {
      server.file = webm(50_000);
      assert.equal((await place.download(server.url)).kind, 'webm');
    });

    const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
    const zip = Buffer.from(`PK\x03\x04${'\0'.repeat(22)}\x0b\0\0\0frames.json-----`, 'latin1');
    const others: Readonly<Record<string, readonly [string | Buffer, RegExp]>> = {
      'a GIF': [
        Buffer.from('GIF89a\x01\0\x01\0', 'latin1'),
        /^Instead of the clip there came a GIF picture/,
      ],
      'a PNG': [png, /^Instead of the clip there came a PNG picture/],
      'a JPEG': [
        Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1'),
        /^Instead of the clip there came a JPEG picture/,
      ],
      'a WebP': [
        Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1'),
        /^Instead of the clip there came a WebP picture/,
      ],
      'an AVIF': [
        Buffer.from('\0\0\0\x1cftypavif', 'latin1'),
        /^Instead of the clip there came an AVIF picture/,
      ],
      'a ZIP': [zip, /^Instead of the clip there came a ZIP archive.+frames\.json/],
      'an HLS playlist': [
        '#EXTM3U\n#EXT-X-VERSION:3\n',
        /^Instead of the clip there came a playlist \(HLS\)/,
      ],
      'a DASH playlist': [
        '<?xml version="1.0"?>\n<MPD type="static">',
        /^Instead of the clip there came a playlist \(DASH\)/,
      ],
      'a sound': [
        Buffer.from('ID3\x04\0\0\0', 'latin1'),
        /^Instead of the clip there came an MP3 sound/,
      ],
    };
    for (const [name, [content, words]] of Object.entries(others)) {
      it(`is not there where ${name} is, which no retry helps`, async () => {
        server.file = Buffer.from(content);
        const error = await failure(place.download(server.url));
        assert.match(error.message, words);
        assert.match(error.message, /brings the same/);
        assert.deepEqual([error.retryable, isOtherFile(error)], [false, true]);
        assert.equal(server.asked.length, 1);
        await place.expectNoClip();
      });
    }

    const words: Readonly<Record<string, readonly [string, RegExp]>> = {
      JSON: [
        '{"error":{"message":"Still being put together"}}',
        /JSON.+“Still being put together”/,
      ],
      'a page': ['<!DOCTYPE html><title>Just a moment</title>', /web page.+“Just a moment”/],
      XML: [
        '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
        /XML.+“Request has expired”/,
      ],
      'a text': ['not ready yet', /a text.+“not ready yet”/],
    };
    for (const [name, [content, said]] of Object.entries(words)) {
      it(`may not be there yet where ${name} is, and that is told in its words`, async () => {
        server.file = Buffer.from(content);
        const error = await failure(place.download(server.url));
        assert.match(error.message, said);
        assert.equal(isOtherFile(error), false);
        await place.expectNoClip();
      });
    }
  });
}
