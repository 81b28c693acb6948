import assert from 'node:assert/strict';
import { Http } from '../../../src/net/http.ts';
import { bearer, Service, type ServiceCall } from '../../../src/studios/service.ts';
import { failure } from '../../support/failure.ts';
import { Loopback, json } from '../net/loopback.ts';
import { contextOf } from './contract.ts';

/** Answers to an order for a picture that do not bring it, or do not say what has become of it. */
const answers: Readonly<Record<string, unknown>> = {
  unnamed: { data: [] },
  unknown: { id: 'a', status: 'not_found' },
  untold: { message: 'hello' },
  strange: { id: 'a', status: 'simmering' },
  'held back': { id: 'a', status: 'completed', nsfw: true },
  nowhere: { id: 'a', status: 'completed' },
};

describe('what is said of the answers of a service for pictures', () => {
  let http: Http;
  let server: Loopback;
  let call: ServiceCall;

  before(async () => {
    http = new Http({ systemCertificates: false });
    server = await Loopback.start(({ url }, response) => {
      json(response, answers[decodeURIComponent(url.slice(1))]);
    });
    const service = new Service({ baseUrl: server.url, http, key: bearer, makes: 'pictures' });
    call = await service.open(contextOf());
  });

  after(async () => {
    await server.close();
    await http.close();
  });

  /** All that a writer may read of one. */
  const saidOf = async (answer: unknown, name: string): Promise<string> => {
    const acts: readonly (() => unknown)[] = [
      () => call.named(answer),
      () => call.told(answer),
      () => call.clipOrFail(undefined, answer),
      () => call.poll(call.address(`/${encodeURIComponent(name)}`)),
    ];
    const said = acts.map(async (act) => {
      try {
        return JSON.stringify(await act());
      } catch (error) {
        return (error as Error).message;
      }
    });
    return (await Promise.all(said)).join('\n');
  };

  for (const [name, answer] of Object.entries(answers)) {
    it(`speaks of pictures alone: ${name}`, async () => {
      const said = await saidOf(answer, name);
      assert.match(said, /picture/);
      assert.doesNotMatch(said.replaceAll('"state":"rendering"', ''), /render|clip|video/i);
    });
  }

  it('is of pictures where they were ordered elsewhere', async () => {
    const job = { remoteId: 'a', data: { base: 'https://elsewhere.example' } };
    const error = await failure(Promise.resolve().then(() => call.address('/a', job)));
    assert.match(error.message, /^This picture was ordered from/);
  });
});
