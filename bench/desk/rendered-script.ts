import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JobRecord } from '../../src/jobs/job.ts';
import type { JobStore } from '../../src/jobs/job-store.ts';
import { recordVersion } from '../../src/jobs/migrate-record.ts';
import { clipPath } from '../../src/jobs/paths.ts';
import { newJobId } from '../../src/jobs/read-record.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { pictureHash, pictureText } from '../../src/script/picture-text.ts';

/** Put a clip beside a script for each of its first scenes, with the job that it came from. */
export async function rendered(
  file: string,
  text: string,
  clips: number,
  store: JobStore,
): Promise<void> {
  const { title, scenes, bible, brief } = parseScript(text);
  const root = path.dirname(file);
  const { style, aspect } = brief;
  for (const [index, { scene }] of scenes.slice(0, clips).entries()) {
    const now = Date.now();
    const clip = clipPath(path.join(root, 'videos'), file, index + 1);
    const record: JobRecord = {
      version: recordVersion,
      id: newJobId(now),
      script: pathToFileURL(file).href,
      scriptTitle: title,
      ...{ scene, number: index + 1, style, aspect, root, file: clip, studio: 'animatic' },
      prompt: pictureText(scene, bible, style),
      pictureHash: pictureHash(scene, bible, style, aspect),
      ...{ createdAt: now, updatedAt: now, paused: false, posterTried: true },
      orders: [{ kind: 'render', state: 'saved', attempt: 1, accounts: [], bytes: 4 }],
    };
    await mkdir(path.dirname(clip), { recursive: true });
    await writeFile(clip, 'clip');
    await store.save(record);
  }
}
