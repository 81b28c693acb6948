/**
 * A process of its own, for what might take all memory: asks a hostile server one thing after the
 * other through the product's own clients, and tells how each ended and what it took.
 */
import { z } from 'zod';
import { Downloader } from '../../../src/downloads/download.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { Http } from '../../../src/net/http.ts';
import { OpenAiModel } from '../../../src/models/openai/openai-model.ts';
import { FalStudio } from '../../../src/studios/fal.ts';
import { OpenAiVideosStudio } from '../../../src/studios/openai-videos.ts';
import { OpenRouterStudio } from '../../../src/studios/openrouter.ts';
import { ReplicateStudio } from '../../../src/studios/replicate.ts';
import { request } from '../studios/contract-stage.ts';
import { accountWith } from '../../support/keyed-account.ts';

/** How one request ended. */
export interface Ending {
  readonly path: string;
  readonly how: string;
  /** The most memory beyond what there was before, in megabytes. */
  readonly megabytes: number;
}

const [base = '', client = '', ...paths] = process.argv.slice(2);
const signal = new AbortController().signal;
/** Patience of seconds, where the product has minutes. */
const timeouts = { headersMs: 1500, idleMs: 1500, wholeMs: 4000 };
const http = new Http({ systemCertificates: false, timeouts });
const context = { account: accountWith('sk-a-key-of-ours'), signal };

const clients: Readonly<Record<string, (url: string) => Promise<unknown>>> = {
  writer: (baseUrl) =>
    new OpenAiModel({
      baseUrl,
      model: 'tiny',
      account: context.account,
      fetch: http.fetch,
      firstTimeoutMs: 3000,
      idleTimeoutMs: 2000,
      quietTimeoutMs: 4000,
    }).answer(
      {
        prompt: { system: 'You write.', user: 'Write.' },
        schema: z.object({ title: z.string() }),
        schemaName: 'story',
      },
      { signal },
    ),
  poll: (baseUrl) =>
    new OpenAiVideosStudio({ baseUrl, model: 'm', http }).poll(
      { remoteId: 'r', data: { base: baseUrl } },
      context,
    ),
  outcome: (baseUrl) =>
    new FalStudio({ baseUrl, model: 'a/b', http }).poll(
      { remoteId: 'r', data: { base: baseUrl } },
      context,
    ),
  order: (baseUrl) => new FalStudio({ baseUrl, model: 'a/b', http }).submit(request, context),
  list: async (baseUrl) =>
    (await new OpenRouterStudio({ baseUrl, model: 'm', http }).capabilities(context)).note,
  schema: async (baseUrl) =>
    (await new ReplicateStudio({ baseUrl, model: 'a/b', http }).capabilities(context)).note,
  thumbnail: async (url) => {
    const downloader = new Downloader({ http, clock: systemClock });
    try {
      const image = await downloader.image({ kind: 'http', url, headers: {} }, signal, true);
      return image?.length;
    } finally {
      await downloader.dispose();
    }
  },
};

const used = (): number => process.memoryUsage().rss / 1e6;

for (const path of paths) {
  globalThis.gc?.();
  const before = used();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, used())), 5);
  const how = await clients[client]?.(`${base}/${path}`).then(
    (value) => `value ${JSON.stringify(value)}`.slice(0, 100),
    (error: unknown) => {
      const { name, code, message } = error as Error & { code?: string };
      return `${code ?? name}: ${message.slice(0, 200)}`;
    },
  );
  most = Math.max(most, used());
  clearInterval(watch);
  const ending: Ending = { path, how: how ?? 'nobody asked', megabytes: Math.round(most - before) };
  console.log(JSON.stringify(ending));
}
await http.close();
