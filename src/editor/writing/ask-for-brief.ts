import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../base/errors.ts';
import { messageLanguage, t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { locale } from '../../base/locale.ts';
import { briefDefaults, validateBrief } from '../../script/brief.ts';
import { formatDuration, parseDuration } from '../../script/durations/duration-text.ts';
import { languageTag } from '../../script/language-tag.ts';
import { aspects, maxDuration, type Brief } from '../../script/script-model.ts';
import { languageLabel } from '../../script/shown-language.ts';
import { pickStep, textStep, type Step, type StepAnswer } from '../ui/steps.ts';
import type { KeptIdea } from './kept-idea.ts';
import { fileName, targetFolder, type NewScriptArgument } from './new-script.ts';

/** Lengths offered first, in seconds. */
const presets = [60, 180, 300, 600, 900];

/** A number without a unit up to this may mean minutes as well. */
const mostMinutes = 30;

/** Languages that the offline stories are told in. */
const toldLanguages = ['en', 'de', 'es', 'fr', 'vi'];

const totalSteps = 3;

/**
 * Ask for what a new script needs, in three steps with a way back. What was typed of the idea is kept
 * however it ends.
 *
 * @param folder that the file goes to, if that is known
 * @returns the brief as far as the writer gave it, or `undefined` when they left.
 */
export async function askForBrief(
  kept: KeptIdea,
  folder?: string,
): Promise<NewScriptArgument | undefined> {
  let duration: number | undefined;
  for (let step = 1; ;) {
    if (step === 1) {
      const said = await askForIdea(kept);
      if (said === undefined) return undefined;
      step = 2;
    }
    if (step === 2) {
      const said = await askForLength(duration);
      if (said === undefined) return undefined;
      if (said === 'back') {
        step = 1;
        continue;
      }
      duration = said.answer;
    }
    const idea = kept.text.trim();
    const said = await askForLook(idea, duration ?? 0, folder);
    if (said === undefined) return undefined;
    if (said !== 'back') return { idea, duration: duration ?? 0, ...said.answer };
    step = 2;
  }
}

function page(step: number): Step {
  return { title: t('New Script'), step, totalSteps, hasBack: step > 1 };
}

async function askForIdea(kept: KeptIdea): Promise<StepAnswer<string>> {
  let typed = kept.text;
  const said = await textStep({
    ...page(1),
    prompt: t('What is the video about? One or two sentences are enough.'),
    placeHolder: t('A lighthouse keeper finds the lamp dark on the night of a storm'),
    value: typed,
    validate: (value) => (value.trim() === '' ? t('Tell the idea in a few words.') : undefined),
    onTyped: (value) => {
      typed = value;
    },
  });
  await kept.keep(typed);
  return said;
}

interface LengthRow extends vscode.QuickPickItem {
  /** Nothing for a row that only says what is wrong. */
  readonly seconds?: number;
}

async function askForLength(before: number | undefined): Promise<StepAnswer<number>> {
  const said = await pickStep<LengthRow>({
    ...page(2),
    placeHolder: t('How long is the video? Choose, or type a length: 90 s, 3:30, one minute'),
    items: lengthRows,
    isAnswer: ({ seconds }) => seconds !== undefined,
    active: ({ seconds }) => seconds === before,
  });
  return typeof said === 'object' ? { answer: said.answer.seconds ?? 0 } : said;
}

function lengthRows(typed: string): readonly LengthRow[] {
  const text = typed.trim();
  if (text === '') {
    return presets.map((seconds, i) => {
      const row = lengthRow(seconds);
      return i > 0
        ? row
        : { ...row, description: factLine([row.description, t('usual for a first video')]) };
    });
  }
  const seconds = parseDuration(text);
  if (seconds === undefined) {
    return [{ label: t('Write it like “90 s”, “3:30” or “one minute”.'), alwaysShow: true }];
  }
  const meant = /^\d+$/u.test(text) && seconds <= mostMinutes ? [seconds * 60, seconds] : [seconds];
  const rows = meant.filter(isLength).map((one) => ({ ...lengthRow(one), alwaysShow: true }));
  return rows.length > 0 ? rows : [{ label: whyNot(seconds), alwaysShow: true }];
}

function lengthRow(seconds: number): LengthRow {
  const scenes = Math.max(1, Math.floor(seconds / 8));
  return {
    label: formatDuration(seconds),
    description: scenes === 1 ? t('one scene') : t('about {0} scenes', scenes),
    seconds,
  };
}

function isLength(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= maxDuration;
}

function whyNot(duration: number): string {
  try {
    validateBrief({ idea: '…', duration });
    return '';
  } catch (error) {
    return messageOf(error);
  }
}

type Look = Partial<Pick<Brief, 'structure' | 'aspect' | 'language' | 'style' | 'instructions'>> &
  Pick<NewScriptArgument, 'folder' | 'outlineOnly'>;

interface LookRow extends vscode.QuickPickItem {
  /** Changes the choice; nothing for the row that begins. */
  readonly change?: () => Promise<Partial<Look> | undefined>;
}

/** One page for everything that has a good default: Enter takes it as it is. */
async function askForLook(
  idea: string,
  duration: number,
  folder: string | undefined,
): Promise<StepAnswer<Look>> {
  const { structureIn } = await import('../../models/offline/structure-in-idea.ts');
  const { languageOfNew } = await import('./language-of-new.ts');
  const { writerWords } = await import('../accounts/choose-writer.ts');
  let chosen: Required<Omit<Look, 'folder'>> & Pick<Look, 'folder'> = {
    ...briefDefaults,
    structure: structureIn(idea),
    language: languageOfNew(idea),
    outlineOnly: false,
    ...(folder === undefined ? {} : { folder }),
  };
  for (;;) {
    const rows = lookRows(idea, duration, chosen, writerWords());
    const said = await pickStep<LookRow>({
      ...page(3),
      placeHolder: t('Enter to begin, or choose what to change first'),
      items: () => rows,
    });
    if (said === undefined || said === 'back') return said;
    const { change } = said.answer;
    if (change === undefined) return { answer: chosen };
    chosen = { ...chosen, ...(await change()) };
  }
}

function lookRows(idea: string, duration: number, chosen: Look, writer: string): LookRow[] {
  const structures: Record<Brief['structure'], string> = {
    'three-act': t('Three acts'),
    list: t('List'),
    explainer: t('Explainer'),
  };
  const { structure = 'three-act', aspect = '16:9', language = 'en', style = '' } = chosen;
  const { instructions = '', outlineOnly = false, folder } = chosen;
  const row = (
    icon: string,
    label: string,
    description: string,
    change?: LookRow['change'],
  ): LookRow => ({
    label,
    description,
    iconPath: new vscode.ThemeIcon(icon),
    ...(change === undefined ? {} : { change }),
  });
  return [
    row(
      'check',
      outlineOnly ? t('Write the outline') : t('Write the script'),
      lengthRow(duration).description ?? '',
    ),
    row('list-tree', t('Structure'), structures[structure], async () => {
      const ids = Object.keys(structures) as Brief['structure'][];
      const picked = await among(ids, (id) => structures[id], structure);
      return picked && { structure: picked };
    }),
    row('screen-normal', t('Aspect ratio'), aspect, async () => {
      const picked = await among(aspects, (one) => one, aspect);
      return picked && { aspect: picked };
    }),
    row('globe', t('Language'), languageLabel(language), async () => {
      const picked = await askForLanguage(language);
      return picked === undefined ? undefined : { language: picked };
    }),
    row('paintcan', t('Style'), style, async () => {
      const said = await textIn(t('Look of the picture, in your words'), style);
      return said ? { style: said } : undefined;
    }),
    row('comment', t('Instructions'), instructions === '' ? t('none') : instructions, async () => {
      const said = await textIn(
        t('What else the writer should heed, such as “no dialogue” or “it ends at sea”'),
        instructions,
      );
      return said === undefined ? undefined : { instructions: said };
    }),
    row('edit', t('Written by'), writer, async () => {
      await vscode.commands.executeCommand('scenewright.chooseWriter');
      return undefined;
    }),
    row('folder', t('File'), fileWords(idea, folder), async () => {
      const picked = await askForFolder(folder);
      return picked === undefined ? undefined : { folder: picked };
    }),
    row(
      outlineOnly ? 'pass-filled' : 'circle-large-outline',
      t('Stop after the outline'),
      outlineOnly ? t('yes: the scenes are written once you say so') : t('no'),
      () => Promise.resolve({ outlineOnly: !outlineOnly }),
    ),
  ];
}

/** Where the script goes, as the Explorer shows it. */
function fileWords(idea: string, folder: string | undefined): string {
  const file = path.join(targetFolder(folder), `${fileName(idea)}.md`);
  return vscode.workspace.asRelativePath(file);
}

/** A folder is chosen where the system's own dialog lets one be made. */
export async function askForFolder(present: string | undefined): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: t('A folder for the script and its clips'),
      openLabel: t('Use This Folder'),
      canSelectFolders: true,
      canSelectFiles: false,
      ...(present === undefined ? {} : { defaultUri: vscode.Uri.file(present) }),
    })) ?? [];
  return picked?.scheme === 'file' ? picked.fsPath : undefined;
}

async function among<T extends string>(
  all: readonly T[],
  label: (one: T) => string,
  present: T,
): Promise<T | undefined> {
  const rows = all.map((one) => ({ label: label(one), one }));
  const said = await pickStep({
    ...page(3),
    placeHolder: '',
    items: () => rows,
    active: ({ one }) => one === present,
  });
  return typeof said === 'object' ? said.answer.one : undefined;
}

async function textIn(prompt: string, value: string): Promise<string | undefined> {
  const said = await textStep({ ...page(3), prompt, value });
  return typeof said === 'object' ? said.answer.trim() : undefined;
}

interface LanguageRow extends vscode.QuickPickItem {
  readonly tag?: string;
}

async function askForLanguage(present: string): Promise<string | undefined> {
  const rowOf = (tag: string): LanguageRow => ({
    label: languageLabel(tag),
    description: tag,
    tag,
  });
  const first = [...new Set([present, languageTag(locale()) ?? 'en', ...toldLanguages])];
  const said = await pickStep<LanguageRow>({
    ...page(3),
    placeHolder: t('Language that is spoken; type any, such as “Tiếng Việt” or “pt-BR”'),
    items: (typed) => {
      const shown = first.map(rowOf);
      const tag = languageTag(typed, messageLanguage());
      if (typed.trim() === '') return shown;
      if (tag !== undefined) {
        return [{ ...rowOf(tag), alwaysShow: true }, ...shown.filter((row) => row.tag !== tag)];
      }
      const label = t('No language is called “{0}” yet; go on typing, or choose one.', typed);
      return [...shown, { label, alwaysShow: true }];
    },
    isAnswer: ({ tag }) => tag !== undefined,
  });
  return typeof said === 'object' ? said.answer.tag : undefined;
}
