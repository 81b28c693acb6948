import assert from 'node:assert/strict';
import * as fixtures from '../../../fixtures/service-refusals.ts';
import { translateWith } from '../../../src/base/l10n.ts';
import { writerError } from '../../../src/models/openai/openai-errors.ts';
import { RefusedRequest } from '../../../src/models/openai/refused-request.ts';
import { troubleOf, troubles } from '../../../src/net/connection-reasons.ts';
import { statusError } from '../../../src/net/http-errors.ts';
import { emptyAccounts, refusals, statusMark } from '../../../src/net/refusal-reasons.ts';
import { ServerName } from '../../../src/net/server-name.ts';
import { madeWords } from '../../../src/studios/made-words.ts';
import { translations } from '../../../scripts/translations.ts';

/** What is seen of a message in a narrow row, in characters. */
const seen = 30;

/** So long that nothing is seen behind it: the words before it have to do. */
const host = 'a-name-as-clouds-give-it-to-their-stores.eu-central-1.example.com';

const server = new ServerName(host);

/** Everything that is said of a server by its table, by what is meant. */
function sentences(): ReadonlyMap<string, string> {
  const withCode = (code: string): Error => Object.assign(new Error(code), { code });
  const said = [
    ...Object.entries(refusals).map(([meaning, of]) => [meaning, of(' (400)')] as const),
    ...Object.entries(emptyAccounts).map(([how, of]) => [how, of(' (402)')] as const),
    ...Object.entries(troubles).map(([code, of]) => [code, of()] as const),
    ['certificate', troubleOf(withCode('CERT_HAS_EXPIRED'))] as const,
    ['unknown', troubleOf(withCode('EWHATEVER'))] as const,
  ].map(([what, { reason }]) => [what, server.say(reason)] as const);
  return new Map(said);
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

const answers = Object.values(fixtures)
  .flat()
  .map(({ status, body, headers = {}, meaning }) => ({
    meaning,
    refused: new RefusedRequest(
      status,
      { get: (name) => new Headers(headers).get(name) },
      textOf(body),
    ),
    answer: {
      status,
      headers: { get: (name: string) => new Headers(headers).get(name) },
      text: textOf(body),
    },
  }));

const languages = [
  { language: 'en', texts: undefined },
  ...translations().filter(({ name }) => name.startsWith('l10n/')),
];

for (const { language, texts } of languages) {
  describe(`what is said of a server that fails (${language})`, () => {
    beforeEach(() => {
      translateWith(texts, language);
    });
    afterEach(() => {
      translateWith(undefined);
    });

    it('begins with the reason, which is told from every other one at its beginning', () => {
      const meant = new Map<string, string>();
      for (const [what, sentence] of sentences()) {
        assert.ok(sentence.includes(host), `${what} names the server: ${sentence}`);
        const start = sentence.slice(0, seen);
        assert.ok(!/^["“]?(?:a-name|https?:)/.test(start), sentence);
        const other = meant.get(start);
        assert.ok(other === undefined || other === sentence, `${what}: ${sentence} / ${other}`);
        meant.set(start, sentence);
      }
    });

    it('does so for every refusal of every service, to a studio as to a writer', () => {
      const meant = new Map<string, string>();
      for (const { answer, refused, meaning } of answers) {
        const errors = [
          statusError(answer, new URL(`https://${host}/v1`), [], 0),
          writerError(refused, {
            endpoint: `https://${host}/v1`,
            model: 'a/model-with-a-name-that-is-as-long-as-they-are',
            secret: 'sk-0123456789',
            now: 0,
          }),
        ];
        for (const { message } of errors) {
          const start = message.slice(0, seen);
          assert.ok(!/^["“]?(?:a-name|https?:)/.test(start), message);
          assert.equal(meant.get(start) ?? meaning, meaning, message);
          meant.set(start, meaning);
        }
      }
    });

    it('does so for what a studio says of its render', () => {
      for (const { unnamed, unknown, forgotten, untold, strange, heldBack, nowhere } of [
        madeWords.clips,
        madeWords.pictures,
      ]) {
        const all = [unnamed, unknown, forgotten, untold, strange('pondering'), heldBack, nowhere];
        const starts = all.map((reason) => server.say(reason).slice(0, seen));
        assert.equal(new Set(starts).size, all.length, starts.join('\n'));
      }
    });
  });
}

describe('a status', () => {
  it('stands behind the sentence where there is one', () => {
    assert.equal(
      new ServerName('api.example.com').say(refusals.key(statusMark(401)).reason),
      'The key was refused by api.example.com (401).',
    );
    assert.equal(
      new ServerName('api.example.com').say(refusals.trouble(statusMark(undefined)).reason),
      'Something is wrong at api.example.com itself.',
    );
  });
});
