import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { exists, writeFileAtomic } from '../../base/files.ts';

/**
 * Pictures that came with the answer to their order, from that moment until they are in their place: they are
 * paid for, and no service has them any more.
 */
export class KeptPictures {
  private readonly folder: string;

  /** @param folder absolute, and ours alone; made when missing */
  constructor(folder: string) {
    this.folder = folder;
  }

  /** Where the picture of a job is kept. Ids come back from disk: hashed, they cannot lead out of the folder. */
  place(jobId: string): string {
    const name = createHash('sha256').update(jobId).digest('hex').slice(0, 32);
    return path.join(this.folder, `${name}.picture`);
  }

  /** Resolves once it is on disk. */
  async keep(jobId: string, bytes: Uint8Array): Promise<void> {
    await writeFileAtomic(this.place(jobId), bytes);
  }

  async has(jobId: string): Promise<boolean> {
    return await exists(this.place(jobId));
  }

  async forget(jobId: string): Promise<void> {
    await rm(this.place(jobId), { force: true });
  }
}
