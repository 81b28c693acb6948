import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import pLimit from 'p-limit';
import type { Browser } from 'playwright-core';
import { ClipEncoder } from '../../src/animatic/frames/clip-encoder.ts';
import { toLayer, VideoFrame } from '../../src/animatic/frames/planes.ts';
import { opaquePng, readOpaquePng } from '../../src/animatic/frames/png-file.ts';
import { seeded } from '../../src/animatic/picture/random.ts';
import type { RenderRequest } from '../../src/studios/port.ts';
import type { World } from '../unit/jobs/world.ts';

/** A frame is a board of grey fields, which tells it from every other one however it is encoded. */
const columns = 8;
const rows = 6;
const field = 16;
const size = { width: columns * field, height: rows * field };

/** The greys of a frame, from 0 to 255, row by row. */
type Board = readonly number[];

/** So many frames has each clip. */
export const framesOfClip = 12;

function boardOf(mark: string): Board {
  const random = seeded(mark);
  return Array.from({ length: columns * rows }, () => Math.round(random() * 255));
}

function pixelsOf(board: Board): Uint8Array {
  const rgba = new Uint8Array(size.width * size.height * 4).fill(255);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const grey = board[Math.floor(y / field) * columns + Math.floor(x / field)] ?? 0;
      rgba.fill(grey, (y * size.width + x) * 4, (y * size.width + x) * 4 + 3);
    }
  }
  return rgba;
}

/** A real video that begins with what it was given, and goes on with frames of its own. */
async function videoOf(request: RenderRequest): Promise<{ clip: Uint8Array; last: Uint8Array }> {
  const given = request.pictures?.firstFrame;
  const read = given === undefined ? undefined : readOpaquePng(given.bytes);
  const own = Array.from({ length: framesOfClip }, (_, index) =>
    pixelsOf(boardOf(`${request.jobId} ${index}`)),
  );
  const frames = read === undefined ? own : [read.rgba, ...own.slice(1)];
  const encoder = await ClipEncoder.create(size);
  try {
    for (const rgba of frames) {
      const frame = new VideoFrame(size.width, size.height);
      frame.add(toLayer({ box: { x: 0, y: 0, ...size }, rgba }));
      encoder.add(frame.bytes);
    }
    const last = opaquePng({ ...size, rgba: frames.at(-1) ?? new Uint8Array() });
    return { clip: encoder.finish(), last };
  } finally {
    encoder.dispose();
  }
}

/**
 * Has the studio of a world make videos that begin with the frame that it was given.
 *
 * @param returnsFrames whether it has their last frames as pictures
 */
export function makeVideos({ folder, studio }: World, returnsFrames: boolean): void {
  const place = (id: string, ending: string): string => path.join(folder, '.service', id + ending);
  // The encoder makes all its videos under one name.
  const oneByOne = pLimit(1);
  studio.onSubmit = async (request) => {
    const remoteId = `remote-${request.jobId}`;
    const { clip, last } = await oneByOne(() => videoOf(request));
    await mkdir(path.dirname(place(remoteId, '')), { recursive: true });
    await writeFile(place(remoteId, '.mp4'), clip);
    await writeFile(place(remoteId, '.png'), last);
    return { remoteId };
  };
  studio.onResult = ({ remoteId }) =>
    Promise.resolve({ kind: 'file', path: place(remoteId, '.mp4') });
  if (!returnsFrames) return;
  studio.lastFrame = ({ remoteId }) =>
    Promise.resolve({ kind: 'file', path: place(remoteId, '.png') });
}

/** Reads all frames of a video as a browser decodes them. */
export type FrameReader = (file: string) => Promise<readonly Board[]>;

/** @returns what reads videos in a page of its own, where browsers let video be decoded */
export async function frameReader(browser: Browser): Promise<FrameReader> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { BufferSource, Input, MP4, VideoSampleSink } from 'mediabunny';
        globalThis.framesOf = async (base64, columns, rows, field) => {
          const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
          const input = new Input({ formats: [MP4], source: new BufferSource(bytes) });
          const canvas = new OffscreenCanvas(columns * field, rows * field);
          const context = canvas.getContext('2d', { willReadFrequently: true });
          const boards = [];
          for await (const sample of new VideoSampleSink(await input.getPrimaryVideoTrack()).samples()) {
            sample.draw(context, 0, 0);
            sample.close();
            boards.push(Array.from({ length: columns * rows }, (_, at) => {
              const [x, y] = [(at % columns) * field, Math.floor(at / columns) * field];
              // The edges of a field run into the next one.
              const { data } = context.getImageData(x + 4, y + 4, field - 8, field - 8);
              const greens = data.filter((_, channel) => channel % 4 === 1);
              return greens.reduce((sum, one) => sum + one, 0) / greens.length;
            }));
          }
          return boards;
        };`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
  });
  const page = await browser.newPage();
  const address = 'https://frames.test/';
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto(address);
  await page.evaluate(outputFiles[0]?.text ?? '');
  return async (file) => {
    const asked = [(await readFile(file)).toString('base64'), columns, rows, field];
    return await page.evaluate<Board[]>(
      `framesOf(${asked.map((one) => JSON.stringify(one)).join()})`,
    );
  };
}

/** How far two frames are from one another: the mean difference of their greys, from 0 to 255. */
export function distance(a: Board = [], b: Board = []): number {
  return a.reduce((sum, grey, index) => sum + Math.abs(grey - (b[index] ?? 0)), 0) / a.length;
}
