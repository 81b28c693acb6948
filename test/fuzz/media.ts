import assert from 'node:assert/strict';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { MkvOutputFormat, MovOutputFormat, Mp4OutputFormat, type OutputFormat } from 'mediabunny';
import { ScenewrightError } from '../../src/base/errors.ts';
import { verifyVideo } from '../../src/downloads/verify-video.ts';
import { assembleVideo } from '../../src/media/assemble.ts';
import { Damaged } from '../../src/media/parts.ts';
import { readMedia } from '../../src/media/read.ts';
import { allBoxes, type BoxNode, putTogether, takeApart } from '../unit/media/boxes.ts';
import { remade, writeTinyClip, writeWithSound } from '../unit/media/clips.ts';
import { type ByteChange, byteChanges, changedBytes } from './mutate.ts';
import type { Started, Target } from './target.ts';

interface Input {
  readonly base: number;
  readonly onBoxes: readonly BoxChange[];
  readonly onBytes: readonly ByteChange[];
}

/** A change of a file by which it stays one of boxes. */
interface BoxChange {
  readonly kind: 'drop' | 'repeat' | 'nest' | 'swap' | 'rename' | 'content';
  readonly which: number;
  readonly other: number;
  readonly bytes: readonly ByteChange[];
}

const limit = 2 * 1024 * 1024;

/** A clip of a service: looked at, read, and joined to a good one. */
export const media: Target<Input> = { name: 'media', start };

async function start(folder: string): Promise<Started<Input>> {
  const at = (name: string): string => path.join(folder, name);
  const good = await writeTinyClip(at('good.mp4'), { frames: 24 });
  await writeWithSound(at('pcm.mp4'), good, { seconds: 2 });
  const loud = await writeWithSound(at('aac.mp4'), good, { seconds: 2, codec: 'aac' });
  const bases: Buffer[] = [
    await readFile(good),
    await readFile(at('pcm.mp4')),
    await readFile(loud),
  ];
  const formats: readonly OutputFormat[] = [
    new Mp4OutputFormat({ fastStart: 'in-memory' }),
    new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.5 }),
    new MovOutputFormat(),
    new MkvOutputFormat({ minimumClusterDuration: 0.5 }),
    new MkvOutputFormat({ appendOnly: true }),
  ];
  for (const format of formats) bases.push(await remade(good, format));
  const bytesOf = ({ base, onBoxes, onBytes }: Input): Buffer => {
    const bytes = bases[base] ?? Buffer.alloc(0);
    const isBoxes = bytes.toString('latin1', 4, 8) === 'ftyp';
    return changedBytes(isBoxes ? onItsBoxes(bytes, onBoxes) : bytes, onBytes, limit);
  };
  const file = at('hostile.mp4');
  return {
    inputs: fc.record<Input>({
      base: fc.nat({ max: bases.length - 1 }),
      onBoxes: fc.array(boxChange, { maxLength: 3 }),
      onBytes: byteChanges,
    }),
    show: bytesOf,
    attempt: async (input) => {
      await writeFile(file, bytesOf(input));
      const before = process.memoryUsage().arrayBuffers;
      const ways = [
        await way(() => verifyVideo(file)),
        await way(() => readMedia(file)),
        await way(() =>
          assembleVideo([file, good], at('film.mp4'), { root: at(''), ffmpegPath: at('none') }),
        ),
        await way(() =>
          assembleVideo([loud, file, good], at('film.mp4'), {
            root: at(''),
            ffmpegPath: at('none'),
          }),
        ),
      ];
      const grown = process.memoryUsage().arrayBuffers - before;
      assert.ok(grown < 256 * 2 ** 20, `${grown} bytes of memory`);
      if (ways[2] === 'good' || ways[3] === 'good') await expectWhole(at('film.mp4'));
      await rm(at('film.mp4'), { force: true });
      return `${input.base} ${ways.join(' ')}`;
    },
    patience: [2000, 40],
  };
}

async function expectWhole(film: string): Promise<void> {
  assert.ok((await stat(film)).size > 0);
  await verifyVideo(film);
}

async function way(act: () => Promise<unknown>): Promise<string> {
  try {
    await act();
    return 'good';
  } catch (error) {
    assert.ok(error instanceof ScenewrightError, error instanceof Error ? error.stack : 'no error');
    expectOurWords(error);
    // Which of the reasons in brackets or behind a colon it was.
    return error.message
      .replace(/^.*?[:(]\s*/, '')
      .replace(/\d+/g, 'n')
      .slice(0, 60);
  }
}

/** What the media library throws is for programmers. */
function expectOurWords(error: ScenewrightError): void {
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause) {
    const isOurs = cause instanceof ScenewrightError || cause instanceof Damaged;
    if (!isOurs) assert.ok(!error.message.includes(cause.message), error.message);
  }
}

const boxChange = fc.record<BoxChange>({
  kind: fc.constantFrom(
    'drop',
    'repeat',
    'nest',
    'swap',
    'rename',
    'content',
    'content',
    'content',
  ),
  which: fc.nat({ max: 200 }),
  other: fc.nat({ max: 200 }),
  bytes: byteChanges,
});

function onItsBoxes(bytes: Buffer, list: readonly BoxChange[]): Buffer {
  if (list.length === 0) return bytes;
  const boxes = takeApart(bytes);
  for (const { kind, which, other, bytes: changes } of list) {
    const all = allBoxes(boxes);
    const one = all[which % all.length];
    const two = all[other % all.length];
    if (one === undefined || two === undefined) continue;
    switch (kind) {
      case 'drop':
        one.type = 'free';
        break;
      case 'repeat':
        two.children.push(copyOf(one));
        break;
      case 'nest':
        one.children = [{ ...copyOf(one), type: two.type }];
        break;
      case 'swap':
        [one.data, two.data] = [two.data, one.data];
        break;
      case 'rename':
        one.type = two.type;
        break;
      case 'content':
        // What is small is where counts and sizes are.
        one.data = changedBytes(Buffer.from(one.data), changes, limit);
        break;
    }
  }
  return putTogether(boxes);
}

function copyOf({ type, data, children }: BoxNode): BoxNode {
  return { type, data, children: children.map(copyOf) };
}
