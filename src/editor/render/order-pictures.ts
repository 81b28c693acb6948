import path from 'node:path';
import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import { rangesOf } from '../../base/number-ranges.ts';
import {
  readPicture,
  sentPictures,
  type JobPicture,
  type ReadPicture,
} from '../../jobs/job-pictures.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { PicturePath } from '../../script/script-model.ts';
import { wantedPictures, type WantedPicture } from '../../script/wanted-pictures.ts';
import type { TakenPictures } from '../../studios/pictures.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { sheetsComing } from '../jobs/picture-coming.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import type { Concern } from './render-question.ts';
import type { Selected } from './what-to-render.ts';

/** The pictures that scenes are ordered with, by the scene's number; with those that the model does not take. */
export type PicturesByScene = ReadonlyMap<number, readonly JobPicture[]>;

/**
 * Read all pictures that scenes ask for, each once. Where the folder is not trusted none is looked at: the clips are
 * made without them, as where a model takes none.
 *
 * @param chained numbers of the scenes that will begin with the last frame of another clip, which is sent as well
 * @throws ScenewrightError `bad-input` that names every one that cannot be sent, and the scenes that ask for it
 */
export async function picturesFor(
  uri: vscode.Uri,
  { bible }: ParsedScript,
  selected: readonly Selected[],
  takes: TakenPictures | undefined,
  chained: ReadonlySet<number> = new Set(),
): Promise<PicturesByScene> {
  const wanted = selected.map(({ node, number }) => ({
    what: number,
    all: wantedPictures(node.scene, bible),
  }));
  const read = await readPictures(uri, wanted);
  return new Map(
    wanted.map(({ what: number, all }) => {
      const sent = sentPictures(all, takes, chained.has(number));
      const pictures = all.flatMap((one): JobPicture[] => {
        if (!vscode.workspace.isTrusted) return [{ ...one, path: '', sha256: '', dropped: true }];
        const found = read.get(one.file);
        if (found === undefined) return [];
        const { path, sha256 } = found;
        return [{ ...one, path, sha256, ...(sent.has(one) ? {} : { dropped: true }) }];
      });
      return [number, pictures];
    }),
  );
}

/**
 * Read pictures, each once; of a folder that is not trusted none is.
 *
 * @param wanted by the number of the scene that asks for them, or the name of whom
 * @throws ScenewrightError as {@link picturesFor}
 */
export async function readPictures(
  uri: vscode.Uri,
  wanted: readonly { readonly what: number | string; readonly all: readonly WantedPicture[] }[],
): Promise<ReadonlyMap<PicturePath, ReadPicture>> {
  if (!vscode.workspace.isTrusted) return new Map();
  const [folder, root] = [path.dirname(uri.fsPath), workspaceRoot(uri)];
  const askedBy = Map.groupBy(
    wanted.flatMap(({ what, all }) => all.map(({ file }) => ({ what, file }))),
    ({ file }) => file,
  );
  const read = new Map<PicturePath, ReadPicture>();
  const problems: string[] = [];
  // One after the other: many at once would only be held in memory together.
  for (const [file, asking] of askedBy) {
    try {
      read.set(file, await readPicture(file, folder, root));
    } catch (error) {
      if (!(error instanceof ScenewrightError)) throw error;
      problems.push(t('{0}: {1}', askersWords(asking.map(({ what }) => what)), error.message));
    }
  }
  if (problems.length === 0) return read;
  throw new ScenewrightError(
    'bad-input',
    t('Nothing was handed in, because of pictures. {0}', problems.join(' ')),
  );
}

function askersWords(all: readonly (number | string)[]): string {
  const numbers = all.filter((one) => typeof one === 'number');
  const names = all.filter((one) => typeof one === 'string');
  return listed([...(numbers.length === 0 ? [] : [scenesWords(numbers)]), ...new Set(names)]);
}

/** What the model does not take of the pictures of orders, all of it in one sentence. */
export function droppedPictures(
  orders: readonly { readonly number: number; readonly pictures: readonly JobPicture[] }[],
  studio: string,
): readonly Concern[] {
  const dropped = orders.flatMap(({ number, pictures }) =>
    pictures
      .filter((one) => one.dropped === true)
      .map((one) => ({ number, words: pictureWords(one) })),
  );
  if (dropped.length === 0) return [];
  const told = [...Map.groupBy(dropped, ({ words }) => words)].map(([words, all]) =>
    t('{0} ({1})', words, scenesWords(all.map(({ number }) => number))),
  );
  const words = listed(told);
  const message = vscode.workspace.isTrusted
    ? t('{0} does not take these pictures, so the clips are made without them: {1}.', studio, words)
    : t(
        'This workspace is not trusted, so no picture in it is looked at, and the clips are made without them: {0}.',
        words,
      );
  return [{ code: 'bad-input', message }];
}

/**
 * The pictures of whom scenes show that are still being drawn: clips are made without them, and stale once they are
 * here. A model that takes none makes them without in any case.
 */
export function picturesToCome(
  jobs: Pick<JobIndex, 'drawingsOf'>,
  uri: vscode.Uri,
  { bible }: ParsedScript,
  scenes: readonly Selected[],
  takes: TakenPictures | undefined,
): readonly Concern[] {
  if ((takes?.references ?? 0) === 0) return [];
  const coming = scenes.flatMap(({ node }) => sheetsComing(uri, jobs, node.scene, bible));
  if (coming.length === 0) return [];
  const names = [...new Set(coming.map(({ name }) => name))];
  const message = t(
    'These pictures are still being drawn, so the clips are made without them, and are stale once they are here: {0}.',
    listed(names),
  );
  return [{ code: 'bad-input', message }];
}

/** What a picture is to its scene, in a few words. */
export function pictureWords({ role, name = '' }: WantedPicture): string {
  switch (role) {
    case 'firstFrame':
      return t('the first frame');
    case 'lastFrame':
      return t('the last frame');
    case 'reference':
      return t('the picture of {0}', name);
  }
}

/** `scene 4`, `scenes 2–6 and 9`. */
export function scenesWords(numbers: readonly number[]): string {
  const all = [...new Set(numbers)].sort((a, b) => a - b);
  return all.length === 1 ? t('scene {0}', all[0] ?? 0) : t('scenes {0}', listed(rangesOf(all, 3)));
}
