import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { Crc32c } from '../../../src/downloads/crc32c.ts';
import { RunningDigest, announcedDigest } from '../../../src/downloads/digest.ts';
import { base64 } from './file-server.ts';

describe('the checksum that a server announces', () => {
  const bytes = Buffer.from('clip');
  const sha256 = base64('sha256', bytes);
  const sha512 = base64('sha512', bytes);
  const md5 = base64('md5', bytes);

  const cases: [string, Record<string, string>, unknown][] = [
    ['none', {}, undefined],
    [
      'Repr-Digest',
      { 'repr-digest': `sha-256=:${sha256}:` },
      { algorithm: 'sha256', value: sha256 },
    ],
    [
      'the strongest of many',
      { digest: `md5=${md5},SHA-256=${sha256},sha-512=${sha512}` },
      { algorithm: 'sha512', value: sha512 },
    ],
    [
      'x-goog-hash',
      { 'x-goog-hash': `crc32c=n03x6A==, md5=${md5}` },
      { algorithm: 'md5', value: md5 },
    ],
    [
      'a weak one alone',
      { 'x-goog-hash': 'crc32c=n03x6A==' },
      { algorithm: 'crc32c', value: 'n03x6A==' },
    ],
    [
      'one of the wrong length',
      { digest: 'sha-256=abcd', 'content-md5': 'd41d8cd98f00b204e9800998ecf8427e' },
      undefined,
    ],
    ['an unknown one', { digest: 'crc32=AAAAAA==' }, undefined],
  ];
  for (const [name, headers, expected] of cases) {
    it(`is found: ${name}`, () => {
      const reader = { get: (header: string) => headers[header] ?? null };
      assert.deepEqual(announcedDigest(reader, true), expected);
    });
  }

  it('is not that of a part', () => {
    const headers: Record<string, string> = {
      'content-md5': md5,
      'content-digest': `md5=:${md5}:`,
    };
    assert.equal(announcedDigest({ get: (name) => headers[name] ?? null }, false), undefined);
  });
});

describe('the checksum of Castagnoli', () => {
  const of = (...pieces: readonly Uint8Array[]): string => {
    const crc = new Crc32c();
    for (const piece of pieces) crc.update(piece);
    return Buffer.from(crc.digest(), 'base64').toString('hex');
  };

  it('has the values of the standard (RFC 3720)', () => {
    assert.equal(of(Buffer.from('123456789')), 'e3069283');
    assert.equal(of(Buffer.alloc(32)), '8a9136aa');
    assert.equal(of(Buffer.alloc(32, 0xff)), '62a8ab43');
    assert.equal(of(), '00000000');
  });

  it('is the same however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
        assert.equal(of(bytes.subarray(0, cut), bytes.subarray(cut)), of(bytes));
      }),
    );
  });
});

describe('a checksum that runs along', () => {
  let folder: string;
  const bytes = randomBytes(3000);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-digest-'));
  });

  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('is right in whatever order the stretches come', async () => {
    const file = path.join(folder, 'clip');
    await writeFile(file, bytes);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5]),
        fc.constantFrom('sha256', 'md5'),
        async (order, algorithm) => {
          const digest = new RunningDigest({ algorithm, value: base64(algorithm, bytes) });
          for (const piece of order) {
            digest.note(bytes.subarray(piece * 500, piece * 500 + 500), piece * 500);
          }
          await digest.verify(file);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('sees a single wrong bit', async () => {
    const file = path.join(folder, 'damaged');
    const damaged = Buffer.from(bytes);
    damaged[1234] = (damaged[1234] ?? 0) ^ 1;
    await writeFile(file, damaged);
    const digest = new RunningDigest({ algorithm: 'sha256', value: base64('sha256', bytes) });
    digest.note(bytes.subarray(0, 1000), 0);
    await assert.rejects(digest.verify(file), { code: 'bad-answer' });
  });
});
