import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { mp4 } from '../../../fixtures/video-bytes.ts';
import type { RenderRequest } from '../../../src/studios/port.ts';
import type { World } from './world.ts';

/** The frames of a clip: what it was given to begin with, or one of its own, then what happens in it. */
const begin = (request: RenderRequest): Buffer =>
  Buffer.from(request.pictures?.firstFrame?.bytes ?? frame(`${request.jobId} begins`));

/** No player would show it, but by its first bytes it is a JPEG. */
export function frame(mark: string): Buffer {
  return Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.from(mark)]);
}

/** The frames of a clip that this studio has made, in their order. */
export async function framesIn(clip: string): Promise<readonly Buffer[]> {
  const bytes = await readFile(clip);
  const media = bytes.subarray(bytes.lastIndexOf('mdat') + 4);
  const frames: Buffer[] = [];
  for (let at = 0; at < media.length;) {
    const length = media.readUInt32BE(at);
    frames.push(media.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return frames;
}

/**
 * Has the studio of a world return the frame that it was given, as the first of each clip, so that a chain can be
 * followed frame by frame through the files.
 */
export function returnFrames(world: World, { lastFrames }: { readonly lastFrames: boolean }): void {
  const folder = path.join(world.folder, '.service');
  const place = (id: string, ending: string): string => path.join(folder, id + ending);
  const { studio } = world;
  studio.onSubmit = async (request) => {
    const remoteId = `remote-${request.jobId}`;
    const frames = [begin(request), frame(`${request.jobId} goes on`), frame(request.jobId)];
    const media = frames.flatMap((one) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(one.length);
      return [length, one];
    });
    await mkdir(folder, { recursive: true });
    await writeFile(place(remoteId, '.mp4'), mp4(0, 8, Buffer.concat(media)));
    await writeFile(place(remoteId, '.jpg'), frame(request.jobId));
    return { remoteId };
  };
  studio.onResult = ({ remoteId }) =>
    Promise.resolve({ kind: 'file', path: place(remoteId, '.mp4') });
  if (!lastFrames) return;
  studio.lastFrame = ({ remoteId }) =>
    Promise.resolve({ kind: 'file', path: place(remoteId, '.jpg') });
}
