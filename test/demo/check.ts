import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny';
import { reduced } from '../../src/animatic/frames/pixels.ts';
import { readOpaquePng } from '../../src/animatic/frames/png-file.ts';
import { continues } from '../../src/script/chained.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { DemoOptions } from './options.ts';
import type { Outcome } from './protocol.ts';

/** A frame at the animatic's slowest rate: lengths are whole frames. */
const toleranceSeconds = 0.1;

/** Look at every file that the demonstration says it has made. Returns what is wrong with them. */
export async function checkOutcome(
  outcome: Outcome,
  { duration, pictures }: DemoOptions,
): Promise<string[]> {
  const problems: string[] = [];
  const note = (problem: string | undefined): void => {
    if (problem !== undefined) problems.push(problem);
  };
  const pictureIn = (file = ''): string => path.resolve(path.dirname(outcome.script), file);
  const script = parseScript(await readFile(outcome.script, 'utf8'));
  const { scenes, bible } = script;
  for (const [index, node] of scenes.entries()) {
    const { scene } = node;
    const clip = outcome.clips.find((candidate) => candidate.scene === index + 1);
    if (clip === undefined) {
      note(`scene ${index + 1} has no clip`);
      continue;
    }
    note(await checkVideo(clip.file, scene.seconds));
    note(await checkPicture(clip.poster));
    // A clip that goes on from the one before begins with the last frame of that.
    if (!pictures || continues(script, node)) continue;
    const still = pictureIn(scene.firstFrame);
    note((await checkPicture(still)) ?? (await checkBeginning(clip.poster, still)));
  }
  for (const { name, pictures: [picture] = [] } of pictures
    ? [...bible.characters, ...bible.places]
    : []) {
    if (picture === undefined) note(`${name} has no picture`);
    else note(await checkPicture(pictureIn(picture)));
  }
  if (scenes.length === 0) note(`${outcome.script} has no scenes`);
  note(await checkVideo(outcome.video, duration));
  return problems;
}

async function checkVideo(file: string, seconds: number): Promise<string | undefined> {
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(file) });
  try {
    const track = await input.getPrimaryVideoTrack();
    if ((await track?.getCodec()) !== 'avc') return `${file} has no H.264 picture`;
    const length = await input.computeDuration();
    if (Math.abs(length - seconds) <= toleranceSeconds) return undefined;
    return `${file} lasts ${length.toFixed(2)} s instead of ${seconds} s`;
  } catch (error) {
    return `${file} cannot be read: ${String(error)}`;
  } finally {
    input.dispose();
  }
}

/** Of 255, in the middle: a poster is a smaller picture, and the still may have moved by then. */
const toleranceOfColour = 4;

/** Whether a clip shows the still that it was to begin with: its poster does, where no words lie over it. */
async function checkBeginning(poster: string, still: string): Promise<string | undefined> {
  const [shown, whole] = await Promise.all(
    [poster, still].map(async (file) => readOpaquePng(await readFile(file))),
  );
  if (shown === undefined || whole === undefined) return `${poster} cannot be compared`;
  const { rgba } = reduced(whole, whole.width / shown.width);
  const row = shown.width * 4;
  const [from, to] = [0.3, 0.6].map((share) => Math.round(shown.height * share) * row);
  const apart = shown.rgba
    .subarray(from, to)
    .reduce((sum, value, i) => sum + Math.abs(value - (rgba[(from ?? 0) + i] ?? 0)), 0);
  const each = apart / ((to ?? 0) - (from ?? 0));
  return each <= toleranceOfColour ? undefined : `${poster} does not show ${still} (${each})`;
}

async function checkPicture(file: string): Promise<string | undefined> {
  try {
    const found = await stat(file);
    return found.isFile() && found.size > 0 ? undefined : `${file} is no picture`;
  } catch {
    return `the picture ${file} is missing`;
  }
}
