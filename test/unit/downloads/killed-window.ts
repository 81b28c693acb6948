/**
 * A process that downloads one clip, to be killed.
 *
 * Arguments: address, file, folder that it lies in, the worker's script.
 */
import { systemClock } from '../../../src/base/clock.ts';
import { Downloader } from '../../../src/downloads/download.ts';
import { Http } from '../../../src/net/http.ts';

const [url = '', file = '', root = '', workerFile = ''] = process.argv.slice(2);
const downloader = new Downloader({
  http: new Http({ systemCertificates: false }),
  clock: systemClock,
  workerFile,
});
await downloader.download({
  key: 'job-1',
  source: () => Promise.resolve({ kind: 'http', url, headers: {} }),
  file,
  root,
  allowPrivate: true,
  signal: new AbortController().signal,
  onProgress: ({ bytes }) => process.send?.(bytes),
});
process.disconnect();
