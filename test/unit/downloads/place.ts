import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock, type Clock } from '../../../src/base/clock.ts';
import type { DownloadRequest } from '../../../src/downloads/download-request.ts';
import { Downloader, type DownloaderOptions } from '../../../src/downloads/download.ts';
import type { VerifiedVideo } from '../../../src/downloads/verify-video.ts';
import { Http } from '../../../src/net/http.ts';

/** The worker as it runs from source. */
export const workerFile = path.join(import.meta.dirname, '../../../src/downloads/worker.ts');

/** A workspace folder with a downloader that brings one clip to it. */
export class Place {
  readonly folder: string;
  readonly file: string;
  readonly http = new Http({ systemCertificates: false });
  /** What the downloader would have waited for before another try, in milliseconds. */
  readonly waits: number[] = [];
  private readonly downloaders: Downloader[] = [];
  private readonly more: Partial<DownloaderOptions>;
  private downloader: Downloader;

  private constructor(folder: string, more: Partial<DownloaderOptions>) {
    this.folder = folder;
    this.file = path.join(folder, 'videos/story/scene-001.mp4');
    this.more = more;
    this.downloader = this.reopen();
  }

  static async make(more: Partial<DownloaderOptions> = {}): Promise<Place> {
    return new Place(await mkdtemp(path.join(tmpdir(), 'scenewright-downloads-')), more);
  }

  /** The real time, but nobody waits: what would have been waited for is noted. */
  private readonly impatient: Clock = {
    now: () => systemClock.now(),
    sleep: (ms, signal) => {
      this.waits.push(ms);
      return systemClock.sleep(1, signal);
    },
  };

  /** A new downloader with other options, as after a restart. */
  reopen(more: Partial<DownloaderOptions> = {}): Downloader {
    this.downloader = new Downloader({
      http: this.http,
      clock: this.impatient,
      // On a busy machine a connection may well say nothing for a while.
      idleTimeoutMs: 8000,
      retries: 3,
      ...this.more,
      ...more,
    });
    this.downloaders.push(this.downloader);
    return this.downloader;
  }

  setLargest(bytes: number): void {
    this.downloader.setLargest(bytes);
  }

  download(url: string, more: Partial<DownloadRequest> = {}): Promise<VerifiedVideo> {
    return this.downloader.download({
      key: 'job-1',
      source: () => Promise.resolve({ kind: 'http', url, headers: {} }),
      file: this.file,
      root: this.folder,
      allowPrivate: true,
      signal: new AbortController().signal,
      ...more,
    });
  }

  /** The clip is there, byte for byte, and nothing else. */
  async expectClip(expected: Uint8Array): Promise<void> {
    assert.ok((await readFile(this.file)).equals(expected), 'not the clip that was sent');
    assert.deepEqual(await readdir(path.dirname(this.file)), [path.basename(this.file)]);
  }

  /** Nothing stands where a clip would be. */
  async expectNoClip(): Promise<void> {
    await assert.rejects(readFile(this.file), { code: 'ENOENT' });
  }

  async close(): Promise<void> {
    for (const downloader of this.downloaders) await downloader.dispose();
    await this.http.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
