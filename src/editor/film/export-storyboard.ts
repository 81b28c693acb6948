import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { exists } from '../../base/files.ts';
import { t } from '../../base/l10n.ts';
import { syncFile } from '../../base/sync.ts';
import { pictureKind } from '../../jobs/poster.ts';
import type { PicturePath } from '../../script/script-model.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { isStranger, type Caller } from '../commands/caller.ts';
import { strangerWords } from '../consent/agreement.ts';
import { allowBeside } from '../consent/outside-workspace.ts';
import { workspaceRoot, type SceneClip } from '../jobs/scene-clips.ts';
import type { ScriptClips } from '../jobs/script-clips.ts';
import { toTrash } from '../jobs/trash.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { storyCells } from '../script/story-cells.ts';
import { wayOutside } from '../ui/open-outside.ts';
import { ask, showInformation, withProgress } from '../ui/window.ts';
import { clipOfCell } from './film-clips.ts';
import type { PicturedClip } from './film-pictures.ts';
import { fileIn } from './still-files.ts';
import { sceneShown } from './scene-shown.ts';
import { storyboardHtml, type StoryboardPanel, type StoryboardPicture } from './storyboard-html.ts';

/** The largest picture that is put in as it is, in bytes: where there is no small one of it. */
const largestPicture = 400_000;

const types = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
} as const;

export interface ExportTools {
  /** Absolute paths of small pictures of a script's clips, by key of the cell. */
  readonly thumbnailsOf: (
    uri: vscode.Uri,
    clips: ReadonlyMap<string, PicturedClip>,
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, string>>;
  readonly scripts: OpenScripts;
  readonly clips: Pick<ScriptClips, 'of'>;
}

/**
 * Write the storyboard of a script beside it: `lamp.storyboard.html` beside `lamp.md`.
 *
 * @returns its absolute path
 * @throws ScenewrightError `cancelled`, or as {@link allowBeside}, {@link agreeToReplace} and {@link writeBeside}
 */
export async function exportStoryboard(
  { thumbnailsOf, scripts, clips }: ExportTools,
  document: vscode.TextDocument,
  caller: Caller,
): Promise<{ readonly file: string }> {
  const { uri } = document;
  await allowBeside(uri, caller, t('Write beside {0}?', uri.fsPath));
  const { dir, name } = path.parse(uri.fsPath);
  const file = path.join(dir, `${name}.storyboard.html`);
  const replace = await agreeToReplace(file, caller);
  const title = t('Exporting the storyboard');
  await withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    async (signal, onProgress) => {
      const script = scripts.parse(document);
      const now = clips.of(document);
      const pictured = picturedCells(script, now, fileIn(uri));
      const thumbnails = await thumbnailsOf(uri, pictured, onProgress, signal);
      if (signal.aborted) throw cancelledError(t('The export'));
      const inside = new Enclosure(workspaceRoot(uri));
      const html = await storyboardOf(script, pictured, thumbnails, inside);
      await writeBeside(file, html, inside, replace);
    },
  );
  if (caller.interactive) void offer(file);
  return { file };
}

async function offer(file: string): Promise<void> {
  const way = wayOutside(file, t('Open in Browser'));
  const answer = await showInformation(
    t('The storyboard is in {0}. Print it from a browser.', path.basename(file)),
    way.label,
  );
  if (answer === way.label) await way.run();
}

/**
 * See to it that a file which is there may be replaced.
 *
 * @returns whether it may; nothing is asked where there is none
 * @throws ScenewrightError `cancelled` where the person does not want it, `bad-input` where nobody is there
 * to decide and nothing is confirmed
 */
export async function agreeToReplace(file: string, caller: Caller): Promise<boolean> {
  if (!(await exists(file))) return false;
  if (caller.trusted && caller.confirmed) return true;
  const name = path.basename(file);
  if (!caller.interactive && !caller.confirmed) {
    throw new ScenewrightError(
      'bad-input',
      t('{0} is there already. Nothing was written. Pass “confirmed: true” to replace it.', name),
    );
  }
  const detail = [
    t('The file that is there goes to the trash.'),
    ...(isStranger(caller) ? [strangerWords()] : []),
  ];
  if (await ask(t('Replace {0}?', name), detail, t('Replace'))) return true;
  throw cancelledError(t('The export'));
}

/**
 * What there may be pictures of, by key of the cell: clips, and first frames where there are none.
 *
 * @param clips of each scene, in the order of the document
 * @param fileOf where a picture of the script is
 */
export function picturedCells(
  script: ParsedScript,
  clips: readonly SceneClip[],
  fileOf: (picture: PicturePath) => string | undefined,
): ReadonlyMap<string, PicturedClip> {
  return new Map(
    storyCells(script).flatMap((cell): [string, PicturedClip][] => {
      const clip = clipOfCell(cell, clips);
      if (clip?.file !== undefined || clip?.job?.poster !== undefined) return [[cell.key, clip]];
      const frame = cell.node?.scene.firstFrame;
      const still = frame === undefined ? undefined : fileOf(frame);
      return still === undefined ? [] : [[cell.key, { still }]];
    }),
  );
}

/**
 * The storyboard of a script as HTML.
 *
 * @param pictured what there are pictures of, by key of the cell
 * @param thumbnails absolute paths of small pictures, by key of the cell; without one a picture that is not
 * too large is put in as it is
 */
export async function storyboardOf(
  script: ParsedScript,
  pictured: ReadonlyMap<string, PicturedClip>,
  thumbnails: ReadonlyMap<string, string>,
  inside: Enclosure,
): Promise<string> {
  const { title, brief } = script;
  const panels: StoryboardPanel[] = [];
  for (const cell of storyCells(script)) {
    const { position: number, node, beat, key } = cell;
    const of = node?.scene ?? beat;
    const thumbnail = thumbnails.get(key);
    const { job, still } = pictured.get(key) ?? {};
    const poster = job?.poster ?? still;
    const reading =
      thumbnail !== undefined
        ? readFile(thumbnail)
        : poster !== undefined
          ? inside.read(poster, largestPicture)
          : undefined;
    // One picture less is no reason to go without all of it.
    const picture = pictureOf(await reading?.catch(() => undefined));
    panels.push({
      number,
      title: of?.title ?? '',
      seconds: of?.seconds ?? 0,
      scene: sceneShown(script, cell, {}),
      ...(picture === undefined ? {} : { picture }),
    });
  }
  const { language, aspect, style } = brief;
  return storyboardHtml({ title, language, aspect, style, panels });
}

/**
 * Write a file whole or not at all, under a name that nothing has, or that is to be replaced.
 *
 * @param replace then what has the name goes to the trash
 * @throws ScenewrightError `bad-input` where something has the name that is not to be replaced; `disk`
 */
export async function writeBeside(
  file: string,
  content: string,
  inside: Enclosure,
  replace: boolean,
): Promise<void> {
  const part = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  await inside.prepare(file);
  const handle = await inside.create(part);
  try {
    try {
      await handle.writeFile(content);
      await syncFile(handle);
    } finally {
      await handle.close();
    }
    if (replace && (await exists(file))) await toTrash(file, inside, `${file}.old`);
    if (await inside.moveNew(part, file)) return;
  } finally {
    await inside.remove(part);
  }
  throw new ScenewrightError(
    'bad-input',
    t('{0} has come to be there meanwhile. Nothing was written. Try again.', path.basename(file)),
  );
}

function pictureOf(bytes: Uint8Array | undefined): StoryboardPicture | undefined {
  const kind = bytes && pictureKind(bytes);
  return kind === undefined || bytes === undefined ? undefined : { type: types[kind], bytes };
}
