import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Fetcher } from '../../../src/net/fetcher.ts';
import { Http } from '../../../src/net/http.ts';
import { beginningOf } from '../../../src/net/receive-buffer.ts';
import { firstHop, nextHop } from '../../../src/net/redirect.ts';
import { userAgent } from '../../../src/net/user-agent.ts';
import { Loopback, type Answer } from './loopback.ts';
import { failure } from '../../support/failure.ts';

const { signal } = new AbortController();
const key = 'sk-the-very-own-key';
const headers = { authorization: `Bearer ${key}`, 'x-api-key': key };

/** As their stores sign them, each with what others would write in another way. */
const signed: Readonly<Record<string, string>> = {
  'S3 (307 to a region)':
    '/bucket/a%20b%2Bc.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261129%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Security-Token=IQoJ%2F%2Bx%3D%3D&X-Amz-SignedHeaders=host&X-Amz-Signature=0f1e&x-id=GetObject',
  'S3 with a name for the file':
    '/b/c.mp4?response-content-disposition=attachment;%20filename="x".mp4*=UTF-8\'\'x%20y.mp4&AWSAccessKeyId=AKIA&Signature=a%2Bb%2Fc%3D&Expires=1',
  GCS: '/o/a.mp4?X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=x%40y.iam.gserviceaccount.com%2F20261129%2Fauto%2Fstorage%2Fgoog4_request&X-Goog-Signature=deadbeef',
  'GCS (version 2)': '/o/a.mp4?GoogleAccessId=x@y.com&Expires=1&Signature=a%2Bb%2F%3D%3D',
  'Azure SAS':
    '/c/a.mp4?sv=2024-11-04&se=2026-11-29T10%3A00%3A00Z&sr=b&sp=r&skoid=1&sig=a%2Bb%2Fc%3D',
  'CloudFront (policy)': '/a.mp4?Policy=eyJ_~-&Signature=Ab~c-d__&Key-Pair-Id=K2JCJMDEHXQW5F',
  'Aliyun OSS':
    '/a.mp4?security-token=CAIS%2B%2F%3D&OSSAccessKeyId=STS.x&Expires=1&Signature=a%2Fb%2B%3D',
  'Aliyun CDN': '/a.mp4?auth_key=1700000000-0-0-23bf85053008f5c0e791667a313e28ce',
  'Volcengine TOS':
    '/tos/a.mp4?X-Tos-Algorithm=TOS4-HMAC-SHA256&X-Tos-Credential=AKLT%2F20261129%2Fcn-beijing%2Ftos%2Frequest&X-Tos-Signature=1&token=t',
  'Cloudflare R2': '/a%2Bb.mp4?X-Amz-Content-Sha256=UNSIGNED-PAYLOAD&X-Amz-Signature=1&key=k',
  'Tencent COS': '/a.mp4?q-sign-algorithm=sha1&q-header-list=host&q-url-param-list=&q-signature=1',
  'Qiniu and Backblaze': '/a.mp4?e=1&token=ak:Ab_-=:eyJ9&Authorization=3_2026_x',
  'a plus that is a plus': '/a+b.mp4?name=a+b&other=a%20b&third=a%2Bb',
  'small letters in escapes': '/%e2%82%ac.mp4?x=%c3%a9&y=%2f',
  'signs that are seldom alone': '/a|b;c=1,d/x.mp4?a=b|c;d&e={f}^`[g]&h=(i)!*@:$,~',
  'nothing behind names': '/a.mp4?a&b=&&c=1&c=2&',
  'a bare question mark': '/a.mp4?',
  'an address within': '/proxy?url=https://h.example/a?b=c&sig=1',
};

describe('an address that is signed', () => {
  let from: Loopback;
  let to: Loopback;
  let http: Http;
  let fetcher: Fetcher;

  beforeEach(async () => {
    const clip: Answer = (_asked, response) => void response.end('clip');
    [from, to] = [await Loopback.start(clip), await Loopback.start(clip)];
    http = new Http({ systemCertificates: false });
    fetcher = new Fetcher({ systemCertificates: false });
  });

  afterEach(async () => {
    await Promise.all([http.close(), fetcher.close(), from.close(), to.close()]);
  });

  const redirect = (location: string, status = 302, more: Record<string, string[]> = {}): void => {
    from.answer = (_asked, response) =>
      void response.writeHead(status, { location, ...more }).end();
  };

  const ways: Readonly<Record<string, (address: string) => Promise<string>>> = {
    'as a file': async (address) => {
      const answer = await fetcher.get(address, { headers, signal, allowPrivate: true });
      const text = (await beginningOf(answer.body, 1000)).toString();
      return `${answer.status} ${text}`;
    },
    'as an answer': async (address) => {
      const { status, text } = await http.read(address, { headers, signal });
      return `${status} ${text}`;
    },
  };

  for (const [way, get] of Object.entries(ways)) {
    describe(way, () => {
      for (const [name, address] of Object.entries(signed)) {
        it(`is followed byte for byte: ${name}`, async () => {
          redirect(`${to.url}${address}`, 307);
          assert.equal(await get(`${from.url}/content`), '200 clip');
          // A quotation mark can stand in no request.
          assert.equal(to.asked[0]?.url, address.replaceAll('"', '%22'));
        });
      }

      it('is asked for byte for byte when it is named itself', async () => {
        for (const address of Object.values(signed)) await get(`${to.url}${address}`);
        const expected = Object.values(signed).map((one) => one.replaceAll('"', '%22'));
        assert.deepEqual(
          to.asked.map(({ url }) => url),
          expected,
        );
      });

      it('may have letters of any language, as bytes or escaped', async () => {
        const name = '/Ngọn hải đăng.mp4?title=灯塔&x=1';
        redirect(Buffer.from(`${to.url}${name}`).toString('latin1'));
        await get(from.url);
        assert.equal(to.asked[0]?.url, encodeURI(name));
      });

      it('may be told by its path alone, or by its query', async () => {
        from.answer = ({ url }, response) => {
          if (url === '/v1/content?a=1') response.writeHead(302, { location: '?sig=a%2Bb' }).end();
          else if (url.startsWith('/v1/content')) {
            response.writeHead(302, { location: '../files/x|y.mp4?sig=c+d' }).end();
          } else response.end('clip');
        };
        assert.equal(await get(`${from.url}/v1/content?a=1`), '200 clip');
        assert.deepEqual(
          from.asked.map(({ url }) => url),
          ['/v1/content?a=1', '/v1/content?sig=a%2Bb', '/files/x|y.mp4?sig=c+d'],
        );
      });

      it('keeps what looks like a key and is not ours, over several origins', async () => {
        const last = '/a.mp4?key=cdn-key-of-its-own&token=tttttttt-tttttttt&auth=a%2Bb';
        redirect(`${to.url}/hop?token=tttttttt-tttttttt&key=cdn-key-of-its-own`);
        to.answer = ({ url }, response) => {
          if (url.startsWith('/hop')) response.writeHead(302, { location: last }).end();
          else response.end('clip');
        };
        assert.equal(await get(from.url), '200 clip');
        assert.equal(to.asked[1]?.url, last);
      });

      it('does not take our own key along, and nothing else is changed by that', async () => {
        redirect(`${to.url}/a.mp4?sig=a+b%2Bc&key=${key}&x='|&y=Bearer%20${key}&z=1`);
        await get(from.url);
        assert.equal(to.asked[0]?.url, "/a.mp4?sig=a+b%2Bc&x='|&z=1");
        assert.doesNotMatch(JSON.stringify(to.asked), /the-very-own/);
      });

      it('gets back the cookies that its own origin set on the way, and no others', async () => {
        from.answer = ({ url, headers: sent }, response) => {
          if (url === '/start') {
            const cookies = ['a=1; Path=/; Expires=Sun, 29 Nov 2026 10:00:00 GMT', 'b=2; HttpOnly'];
            response.writeHead(302, { location: '/clip', 'set-cookie': cookies }).end();
          } else if (sent.cookie === 'a=1; b=2') {
            const cookies = ['a=; Max-Age=0'];
            response.writeHead(302, { location: `${to.url}/x`, 'set-cookie': cookies }).end();
          } else response.writeHead(403).end();
        };
        assert.equal(await get(`${from.url}/start`), '200 clip');
        assert.equal(to.asked[0]?.headers.cookie, undefined);
        await get(`${from.url}/clip`);
        assert.equal(from.asked.at(-1)?.headers.cookie, undefined);
      });

      it('says who asks, wherever it leads', async () => {
        redirect(to.url);
        await get(from.url);
        for (const { headers: sent } of [...from.asked, ...to.asked]) {
          assert.equal(sent['user-agent'], userAgent);
          assert.equal(sent.accept, '*/*');
        }
      });
    });
  }

  describe('on the origin of the service itself', () => {
    const address = '/files/a.mp4?X-Amz-Expires=3600&X-Amz-Signature=0123456789abcdef0123';
    /** Takes a signature or a key, and not both. */
    const oneOfTwo =
      (status: number): Answer =>
      ({ url, headers: sent }, response) => {
        const proofs = Number(url.includes('Signature')) + Number(sent.authorization !== undefined);
        if (proofs === 1) response.end('clip');
        else response.writeHead(status).end('<Error><Code>InvalidArgument</Code></Error>');
      };

    for (const status of [400, 401, 403]) {
      it(`is tried without the key where both are too much (${status})`, async () => {
        from.answer = oneOfTwo(status);
        const answer = await fetcher.get(`${from.url}${address}`, {
          headers,
          signal,
          allowPrivate: true,
        });
        assert.equal(answer.status, 200);
        assert.equal(from.asked.length, 2);
        // Whoever goes on from there does not begin with both again.
        assert.deepEqual(answer.hop.headers.authorization, undefined);
      });
    }

    it('is so, too, where a redirect leads there', async () => {
      const store = oneOfTwo(400);
      from.answer = async (asked, response, request) => {
        if (asked.url === '/content') response.writeHead(302, { location: address }).end();
        else await store(asked, response, request);
      };
      const where = `${from.url}/content`;
      const answer = await fetcher.get(where, { headers, signal, allowPrivate: true });
      assert.equal(answer.status, 200);
    });

    it('is refused in the words that were said of the key, where neither helps', async () => {
      from.answer = ({ headers: sent }, response) =>
        void response.writeHead(403).end(sent.authorization === undefined ? 'no key' : 'bad key');
      const answer = await fetcher.get(`${from.url}${address}`, {
        headers,
        signal,
        allowPrivate: true,
      });
      assert.equal(answer.status, 403);
      assert.equal((await beginningOf(answer.body, 100)).toString(), 'bad key');
    });

    it('is no address with a short question in it', async () => {
      from.answer = (_asked, response) => void response.writeHead(403).end();
      const where = `${from.url}/v1/videos/1/content?variant=video`;
      const answer = await fetcher.get(where, { headers, signal, allowPrivate: true });
      answer.body.discard();
      assert.equal(from.asked.length, 1);
    });
  });

  it('has nothing in a message of what is in its query', async () => {
    redirect(`${to.url}/a.mp4?X-Amz-Signature=0123456789abcdef&token=tttttttt-tttttttt`);
    for (const [status, said] of [
      [403, 'no: 0123456789abcdef'],
      [500, '{"error":"tttttttt-tttttttt"}'],
    ] as const) {
      to.answer = (_asked, response) => void response.writeHead(status).end(said);
      const error = await failure(http.json(from.url, { headers, signal }));
      assert.equal(error.status, status);
      assert.doesNotMatch(`${error.message} ${error.stack ?? ''}`, /0123456789abcdef|tttttttt/);
    }
  });

  it('is followed byte for byte whatever is in its query', () => {
    const sign = fc.constantFrom(
      ...Array.from({ length: 0x7f - 0x21 }, (_, at) => String.fromCharCode(0x21 + at)).filter(
        (one) => !'"<>#'.includes(one),
      ),
    );
    fc.assert(
      fc.property(fc.string({ unit: sign, maxLength: 60 }), (query) => {
        const origin = firstHop('https://api.example/content', headers);
        const { target, url } = nextHop(origin, `https://cdn.example/a.mp4?${query}`);
        assert.equal(target, `/a.mp4?${query}`);
        assert.equal(url.host, 'cdn.example');
      }),
    );
  });
});
