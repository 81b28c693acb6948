import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redact, redactLikely, tells } from '../../../src/net/redact.ts';

const key = 'sk-abCD12+/ef~GH34 "q"\\ij56&k<l>7mnop';
const plain = 'sk-proj-A1b2C3d4E5f6G7h8';

const bytes = (text: string): string[] =>
  [...Buffer.from(text)].map((one) => one.toString(16).padStart(2, '0'));
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** How a service may say a key back. */
const spellings: Readonly<Record<string, (key: string) => string>> = {
  'as it is': (text) => text,
  'in capitals': (text) => text.toUpperCase(),
  'in small letters': (text) => text.toLowerCase(),
  'as part of an address': encodeURIComponent,
  'as a field of a form': (text) => new URLSearchParams({ key: text }).toString(),
  'percent-encoded all through': (text) =>
    bytes(text)
      .map((one) => `%${one}`)
      .join(''),
  'percent-encoded in capitals': (text) =>
    bytes(text)
      .map((one) => `%${one.toUpperCase()}`)
      .join(''),
  'percent-encoded twice': (text) => encodeURIComponent(encodeURIComponent(text)),
  'in JSON': (text) => JSON.stringify({ text }),
  'in JSON in JSON': (text) => JSON.stringify(JSON.stringify({ text })),
  'in JSON for HTML': (text) =>
    text.replace(/[^\w-]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'in JSON with slashes escaped': (text) => JSON.stringify(text).replaceAll('/', '\\/'),
  'in \\u escapes all through': (text) =>
    bytes(text)
      .map((one) => `\\u00${one}`)
      .join(''),
  'in \\x escapes': (text) =>
    bytes(text)
      .map((one) => `\\x${one}`)
      .join(''),
  'in HTML': (text) =>
    bytes(text)
      .map((one) => `&#x${one};`)
      .join(''),
  'in HTML by numbers': (text) => [...Buffer.from(text)].map((one) => `&#${one};`).join(''),
  'in hexadecimal': (text) => Buffer.from(text).toString('hex'),
  'in hexadecimal capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'in base64': base64,
  'in base64 for addresses': (text) => Buffer.from(text).toString('base64url'),
  'in base64 of Bearer': (text) => base64(`Bearer ${text}`),
  'in base64 of user:key': (text) => base64(`user:${text}`),
  'in base64 of another user': (text) => base64(`someone:${text}`),
  'in base64 of a:key:b': (text) => base64(`a:${text}:b`),
  'in base64 in an address': (text) => encodeURIComponent(base64(`k=${text}`)),
  'by its beginning': (text) => `${text.slice(0, 9)}…${text.slice(-4)}`,
  'by its beginning and stars': (text) => `${text.slice(0, 8)}********`,
  'by its end': (text) => `…${text.slice(-10)}`,
  'cut off': (text) => text.slice(0, -1),
  'without its beginning': (text) => text.slice(3),
  'cut off in base64': (text) => base64(text).slice(0, 20),
};

/** Whether something of a key can still be read, in a row. */
function leaks(shown: string, said: string): boolean {
  for (let at = 0; at + 14 <= said.length; at++) {
    if (shown.includes(said.slice(at, at + 14))) return true;
  }
  return false;
}

describe('taking keys out of what a service says', () => {
  for (const [how, spell] of Object.entries(spellings)) {
    for (const secret of [key, plain]) {
      it(`finds ${secret.slice(0, 7)}… ${how}`, () => {
        const said = spell(secret);
        const shown = redact(`The key ${said} is wrong.`, [secret]);
        assert.match(shown, /^The key .*•••.* is wrong\.$/s);
        assert.ok(!leaks(shown, said), shown);
      });
    }
  }

  it('leaves nothing of any key in any spelling', () => {
    // Beginnings and ends that are words are another test's.
    const keys = fc
      .array(fc.constantFrom(...'ABCdefGHIxyz0123456789-_+/=.:&%"\\ '.split('')), {
        minLength: 16,
        maxLength: 60,
      })
      .map((letters) => `k1-${letters.join('')}-9z`.replace(/\s+/g, ' '));
    const whole = Object.entries(spellings).filter(
      ([how]) => !/^(by|cut|with|as a field)/.test(how),
    );
    fc.assert(
      fc.property(keys, fc.constantFrom(...whole), fc.string(), (secret, [how, spell], around) => {
        const said = spell(secret);
        const shown = redact(`${around} ${said} ${around}`, [secret]);
        return shown.includes('•••') && !shown.includes(said) && how !== '';
      }),
      { numRuns: 500 },
    );
  });

  it('takes out several, also where they overlap', () => {
    const shown = redact('a Bearer tok-123456789 b tok-123456789', [
      'Bearer tok-123456789',
      'tok-123456789',
    ]);
    assert.match(shown, /^a ••• b ?•••$/);
  });

  for (const [secret, said] of [
    ['', 'No key was sent.'],
    ['abc', 'The abc of abcd: abc.'],
    ['none', 'There is none, and none was sent.'],
    ['ollama', 'ollama is not running.'],
    ['password-4-me-123', 'The password is wrong. Send another password in Authorization.'],
    ['moderation-99-xyz-77', 'Stopped by moderation, and moderations follow.'],
    ['12345678-aaaa-bbbb', 'It is 1234567 bytes long.'],
  ] as const) {
    it(`leaves the words "${said}" alone for the key "${secret}"`, () => {
      assert.equal(redact(said, [secret]), said);
      assert.equal(tells(said, secret), false);
    });
  }

  it('takes a word that is the beginning of a key for one where it is cut off like one', () => {
    assert.equal(
      redact('The key password… is wrong.', ['password-4-me']),
      'The key •••… is wrong.',
    );
    assert.equal(
      redact('The key password-4-me is wrong.', ['password-4-me']),
      'The key ••• is wrong.',
    );
  });

  it('goes through eight megabytes about as fast as a search for one word', () => {
    const text = 'sk-projA sk-proj- c2stcHJv %73%6b the quick brown fox '.repeat(160_000);
    const time = (act: () => unknown): number => {
      const from = performance.now();
      act();
      return performance.now() - from;
    };
    const one = time(() => text.replace(/fox jumps/gi, ''));
    const all = time(() => redact(text, [plain]));
    assert.ok(all < 500 + one * 400, `${all} ms against ${one} ms`);
  });

  it('takes out what looks like a key where none is known', () => {
    for (const said of [
      'sk-abcdefghijkl',
      'gsk_0123456789ab',
      'AIzaSyA0123456789abcdefghij',
      'Bearer abc123def456',
      'Basic dXNlcjprZXk6MTIz',
      'r8_0123456789abcd',
      'hf_abcdefghijkl',
    ]) {
      assert.match(redactLikely(`No ${said}!`), /^No •••/, said);
    }
    for (const said of ['a key difference', 'basic understanding', 'The bearer of news']) {
      assert.equal(redactLikely(said), said);
    }
  });
});
