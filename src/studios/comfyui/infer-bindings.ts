import { defined } from '../../base/defined.ts';
import { valueAt, type ApiWorkflow, type Place } from './api-workflow.ts';
import { pictureKeys, type Bindings } from './binding-keys.ts';
import {
  framePlaces,
  framesPerSecond,
  secondPlaces,
  seedPlaces,
  sizePlaces,
} from './number-places.ts';
import { loadedPictures, picturePlaces } from './picture-places.ts';
import type { Made } from './history-entry.ts';
import { negativePlaces, promptPlaces } from './prompt-places.ts';
import { titledPlaces } from './titled-places.ts';

/** What a workflow is trusted with in any case, in seconds: the models of today make as much. */
const usualLongest = 5;

/**
 * What a workflow says by itself of where things go: by the titles of its nodes, else by their
 * classes, inputs and links, and never by their ids.
 *
 * @param name as the writer knows the file
 * @param made what it is run for: a picture is drawn after all pictures that it loads, whatever these are for
 * @throws ScenewrightError `bad-input` where a title makes no sense
 */
export function inferBindings(workflow: ApiWorkflow, name: string, made: Made = 'video'): Bindings {
  const { places: titled, output } = titledPlaces(workflow, name);
  const prompt = titled.prompt ?? promptPlaces(workflow, titled.negative ?? []);
  const seconds = titled.seconds ?? (titled.frames === undefined ? secondPlaces(workflow) : []);
  // A workflow that counts in seconds works out its frames itself.
  const frames = titled.frames ?? (seconds.length > 0 ? [] : framePlaces(workflow));
  const sizes = sizePlaces(workflow, frames);
  const fps = framesPerSecond(workflow, titled.fps);
  const [length, count] = [seconds, frames].map(([place]) =>
    place === undefined ? undefined : Number(valueAt(workflow, place)),
  );
  const own = length ?? (count === undefined || fps === undefined ? undefined : count / fps);
  const longest = own === undefined ? undefined : Math.max(usualLongest, Math.ceil(own - 0.5));
  const pictures =
    made === 'video'
      ? picturePlaces(workflow)
      : { firstFrame: [], lastFrame: [], references: loadedPictures(workflow) };
  const marked = pictureKeys.flatMap((key) => titled[key] ?? []).map(({ node }) => node);
  const untitled = (found: readonly Place[]): readonly Place[] =>
    found.filter(({ node }) => !marked.includes(node));
  return {
    places: {
      prompt,
      negative: titled.negative ?? negativePlaces(workflow, prompt),
      seconds,
      frames,
      width: titled.width ?? sizes.width,
      height: titled.height ?? sizes.height,
      seed: titled.seed ?? seedPlaces(workflow),
      firstFrame: titled.firstFrame ?? untitled(pictures.firstFrame),
      lastFrame: titled.lastFrame ?? untitled(pictures.lastFrame),
      references: titled.references ?? untitled(pictures.references),
    },
    ...defined({ fps, longest, output }),
  };
}
