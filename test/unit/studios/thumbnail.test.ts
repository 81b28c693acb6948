import assert from 'node:assert/strict';
import { fetchImage } from '../../../src/downloads/fetch-image.ts';
import { Fetcher } from '../../../src/net/fetcher.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import { Loopback } from '../net/loopback.ts';
import { contextOf } from './contract.ts';

describe("a studio's thumbnail, asked of servers that may not know variants", () => {
  const picture = Buffer.from('\xff\xd8\xff\xe0 and so on', 'latin1');

  for (const [type, content, expected] of [
    ['image/jpeg', picture, true],
    ['application/octet-stream', picture, true],
    ['video/mp4', mp4(3_000_000), false],
    ['image/jpeg', mp4(3000), false],
    ['text/html', Buffer.from('<html>'), false],
  ] as const) {
    const what = content === picture ? 'a picture' : 'something else';
    it(`is ${expected ? 'there' : 'missing'} when ${what} comes as ${type}`, async () => {
      const http = new Http({ systemCertificates: false });
      const fetcher = new Fetcher();
      const server = await Loopback.start((_asked, response) => {
        response.writeHead(200, { 'content-type': type }).end(content);
      });
      try {
        const context = contextOf();
        const studio = new OpenAiVideosStudio({ baseUrl: `${server.url}/v1`, model: 'm', http });
        const source = await studio.thumbnail({ remoteId: 'v-1' }, context);
        const image = await fetchImage(fetcher, source, context.signal, true);
        assert.equal(image !== undefined, expected);
        assert.equal(server.asked[0]?.url, '/v1/videos/v-1/content?variant=thumbnail');
      } finally {
        await fetcher.close();
        await http.close();
        await server.close();
      }
    });
  }
});
