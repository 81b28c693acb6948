import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { makeCertificate } from './certificate.ts';
import { writeClip } from './clip.ts';
import type { ClipServer } from './clip-server.ts';
import { startNginx } from './nginx.ts';
import type { Nginx } from './nginx.ts';
import { startPacedServer } from './paced.ts';

export interface Sizes {
  /** Clips of real bytes. */
  readonly full: ReadonlySet<number>;
  /** Clips whose media is a hole in the file, for sizes that nobody wants to write; no size of both. */
  readonly sparse: ReadonlySet<number>;
}

export interface Served extends ClipServer {
  /** The certificate that clients have to trust for TLS. */
  readonly trusted: string | undefined;
  /** A file on disk with the clip of that size, for those who copy it. */
  readonly fileOf: (bytes: number) => string;
}

/**
 * Start the best server that this machine has.
 *
 * @param nginx `undefined` for the one of our own that stands in for it
 */
export async function startServer(
  folder: string,
  { full, sparse }: Sizes,
  nginx: Nginx | undefined,
): Promise<Served> {
  await mkdir(folder, { recursive: true });
  const fileOf = (bytes: number): string => path.join(folder, `${bytes}.mp4`);
  for (const bytes of full) await writeClip(fileOf(bytes), bytes, 'noise');
  for (const bytes of sparse) await writeClip(fileOf(bytes), bytes, 'zeros');
  const certificate = await makeCertificate(folder);
  const server =
    nginx === undefined
      ? await startPacedServer({
          zeros: [...sparse],
          ...(certificate === undefined ? {} : { certificate }),
        })
      : await startNginx(nginx, folder, certificate);
  return { ...server, trusted: certificate?.certificate, fileOf };
}
