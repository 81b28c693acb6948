import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Enclosure } from '../../base/enclosure/enclosure.ts';
import { messageOf, ScenewrightError } from '../../base/errors.ts';
import { isInside } from '../../base/inside.ts';
import { t } from '../../base/l10n.ts';
import { syncFile } from '../../base/sync.ts';
import { briefDefaults, validateBrief } from '../../script/brief.ts';
import { formatDuration, parseDuration } from '../../script/durations/duration-text.ts';
import { languageTag } from '../../script/language-tag.ts';
import { aspects, type Brief } from '../../script/script-model.ts';
import { renderNewScript } from '../../script/render/render-new-script.ts';
import type { OrderArgument } from '../commands/caller.ts';
import { askForText, pickOne } from '../ui/window.ts';

/** What a new script is made from. */
export interface NewScriptArgument extends Partial<Brief>, OrderArgument {
  /** Folder for the file: absolute, or relative to the first workspace folder. */
  readonly folder?: string;
  /** Stop after the outline, so that it can be edited before the scenes are written. */
  readonly outlineOnly?: boolean;
}

/** Lengths offered first, in seconds. */
const presets = [60, 180, 300, 600, 900];

/**
 * Ask for what a new script needs, in three steps. Escape leaves without a trace.
 *
 * @returns the brief as far as the writer gave it, or `undefined` when they left.
 */
export async function askForBrief(): Promise<NewScriptArgument | undefined> {
  const title = (step: number): string => t('New Script ({0}/3)', step);
  const idea = await askForText({
    title: title(1),
    prompt: t('What is the video about? One or two sentences are enough.'),
    placeHolder: t('A lighthouse keeper finds the lamp dark on the night of a storm'),
    ignoreFocusOut: true,
    validateInput: (value) =>
      value.trim() === '' ? t('Tell the idea in a few words.') : undefined,
  });
  if (idea === undefined) return undefined;
  const duration = await askForDuration(title(2));
  if (duration === undefined) return undefined;
  const look = await askForLook(idea, title(3));
  return look === undefined ? undefined : { idea, duration, ...look };
}

async function askForDuration(title: string): Promise<number | undefined> {
  const other = t('Other length…');
  const picked = await pickOne(
    [
      ...presets.map((seconds) => ({
        label: formatDuration(seconds),
        description: t('about {0} scenes', Math.floor(seconds / 8)),
        seconds,
      })),
      { label: other, description: '', seconds: undefined },
    ],
    { title, placeHolder: t('How long is the video?'), ignoreFocusOut: true },
  );
  if (picked === undefined) return undefined;
  if (picked.seconds !== undefined) return picked.seconds;
  const text = await askForText({
    title,
    prompt: t('Length, such as “90 s”, “2:30” or “12 min”'),
    ignoreFocusOut: true,
    validateInput: (value) => {
      const seconds = parseDuration(value);
      if (seconds === undefined) return t('Write it like “90 s”, “2:30” or “12 min”.');
      try {
        validateBrief({ idea: '…', duration: seconds });
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
  });
  return text === undefined ? undefined : parseDuration(text);
}

type Look = Partial<Pick<Brief, 'structure' | 'aspect' | 'language' | 'style'>>;

/** One page for everything that has a good default: Enter takes it as it is. */
async function askForLook(idea: string, title: string): Promise<Look | undefined> {
  const { structureIn } = await import('../../models/offline/structure-in-idea.ts');
  const chosen = { ...briefDefaults, structure: structureIn(idea) };
  const structures: Record<Brief['structure'], string> = {
    'three-act': t('Three acts'),
    list: t('List'),
    explainer: t('Explainer'),
  };
  for (;;) {
    const write = {
      label: t('Write the script'),
      iconPath: new vscode.ThemeIcon('check'),
      description: t('with these choices'),
    };
    const structure = {
      label: t('Structure'),
      iconPath: new vscode.ThemeIcon('list-tree'),
      description: structures[chosen.structure],
    };
    const aspect = {
      label: t('Aspect ratio'),
      iconPath: new vscode.ThemeIcon('screen-normal'),
      description: chosen.aspect,
    };
    const language = {
      label: t('Language'),
      iconPath: new vscode.ThemeIcon('globe'),
      description: chosen.language,
    };
    const style = {
      label: t('Style'),
      iconPath: new vscode.ThemeIcon('paintcan'),
      description: chosen.style,
    };
    const picked = await pickOne([write, structure, aspect, language, style], {
      title,
      placeHolder: t('Enter to begin, or choose what to change first'),
      ignoreFocusOut: true,
    });
    if (picked === undefined) return undefined;
    if (picked === write) {
      return {
        structure: chosen.structure,
        aspect: chosen.aspect,
        language: chosen.language,
        style: chosen.style,
      };
    }
    if (picked === structure) {
      const answer = await pickOne(
        (Object.keys(structures) as Brief['structure'][]).map((id) => ({
          label: structures[id],
          id,
        })),
        { title },
      );
      if (answer !== undefined) chosen.structure = answer.id;
    } else if (picked === aspect) {
      const answer = await pickOne(
        aspects.map((label) => ({ label })),
        { title },
      );
      if (answer !== undefined) chosen.aspect = answer.label;
    } else if (picked === language) {
      const answer = await askForText({
        title,
        prompt: t('Language that is spoken, such as “English”, “Tiếng Việt” or “pt-BR”'),
        value: chosen.language,
        validateInput: (value) =>
          value.trim() === '' || languageTag(value) !== undefined
            ? undefined
            : t(
                '“{0}” is no language that Scenewright knows. Give its English name or its tag.',
                value,
              ),
      });
      chosen.language = languageTag(answer ?? '') ?? chosen.language;
    } else {
      const answer = await askForText({
        title,
        prompt: t('Look of the picture, in your words'),
        value: chosen.style,
      });
      if (answer?.trim()) chosen.style = answer.trim();
    }
  }
}

/**
 * Make the file of a new script: never over an existing one, and named after the idea.
 *
 * @throws ScenewrightError `bad-input` for a brief that cannot be, `disk` where nothing can be written.
 */
export async function createScript(argument: NewScriptArgument): Promise<vscode.Uri> {
  const brief = validateBrief(argument);
  const folder = targetFolder(argument.folder);
  const text = renderNewScript(brief, workingTitle(brief.idea));
  const name = fileName(brief.idea);
  try {
    const inside = await prepared(folder);
    await access(folder, constants.W_OK);
    for (let number = 1; ; number++) {
      const file = path.join(folder, number === 1 ? `${name}.md` : `${name}-${number}.md`);
      if (await createNew(file, text, inside)) return vscode.Uri.file(file);
    }
  } catch (cause) {
    throw new ScenewrightError(
      'disk',
      t(
        'No script can be written into {0} ({1}). Choose another folder or allow writing there. Nothing was begun.',
        folder,
        messageOf(cause),
      ),
      { cause },
    );
  }
}

/**
 * Make the folder. One in the workspace must really be there, whatever links the workspace brought; any
 * other was named as it is.
 */
async function prepared(folder: string): Promise<Enclosure> {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (workspace === undefined || !isInside(workspace, folder)) {
    await mkdir(folder, { recursive: true });
    return new Enclosure(folder);
  }
  const inside = new Enclosure(workspace);
  await inside.prepare(path.join(folder, 'script.md'));
  return inside;
}

/** @returns false if there is a file of that name already. */
async function createNew(file: string, text: string, inside: Enclosure): Promise<boolean> {
  try {
    const handle = await inside.create(file);
    try {
      await handle.writeFile(text);
      await syncFile(handle);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Where a new script goes.
 *
 * @param folder absolute, or relative to the first workspace folder
 * @throws ScenewrightError `bad-input` where there is no such place
 */
export function targetFolder(folder: string | undefined): string {
  const workspace = vscode.workspace.workspaceFolders?.[0]?.uri;
  if (folder !== undefined && path.isAbsolute(folder)) return folder;
  if (workspace === undefined) {
    throw new ScenewrightError(
      'bad-input',
      t('Open a folder first: a script and its clips live in a folder of yours.'),
    );
  }
  if (workspace.scheme !== 'file') {
    throw new ScenewrightError(
      'bad-input',
      t('Scenewright needs a folder on disk, and this workspace is not one.'),
    );
  }
  return folder === undefined ? workspace.fsPath : path.join(workspace.fsPath, folder);
}

/** The first words of the idea, until the plan brings a real title. */
function workingTitle(idea: string): string {
  const words = idea.trim().split(/\s+/u);
  const title = words.slice(0, 8).join(' ').slice(0, 80);
  return words.length > 8 ? `${title} …` : title;
}

/** Letters and digits of any script, joined by hyphens: safe on every file system. */
function fileName(idea: string): string {
  const words = idea.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word : `${name}-${word}`;
    if (Buffer.byteLength(longer) > 48) break;
    name = longer;
  }
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)$/u.test(name);
  return name === '' || isReserved ? `script${name === '' ? '' : `-${name}`}` : name;
}
