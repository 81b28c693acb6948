import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { missingScenes, planOf } from '../../script/story-order.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { askedHash, type SceneJournal } from '../../writing/journal/scene-journal.ts';
import { chosenByHand } from '../commands/caller.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { showInformation } from '../ui/window.ts';
import type { ScriptLocks } from './script-locks.ts';

export interface InterruptedTools {
  readonly scripts: Pick<OpenScripts, 'open' | 'read'>;
  readonly locks: Pick<ScriptLocks, 'claim'>;
  /** The finished scenes of a script that are not in it yet. */
  readonly kept: (script: vscode.Uri) => Pick<SceneJournal, 'get'>;
}

/**
 * Say what there is of a script whose writing ended with its window, and offer to go on. Nothing is said of one that
 * is whole, is gone, or is being written by another window.
 *
 * @param address of the script, as it was
 */
export async function offerToGoOn(
  { scripts, locks, kept }: InterruptedTools,
  address: string,
): Promise<void> {
  const document = await scripts.open(address).catch(() => undefined);
  if (document === undefined) return;
  const script = scripts.read(document);
  const words = await wordsFor(script, kept(document.uri));
  if (words === undefined || !(await isFree(locks, document.uri))) return;
  const goOn = t('Continue');
  if ((await showInformation(words, goOn)) !== goOn) return;
  const { uri } = document;
  await vscode.commands.executeCommand('scenewright.writeScenes', chosenByHand({ uri }));
}

async function wordsFor(
  script: ParsedScript,
  journal: Pick<SceneJournal, 'get'>,
): Promise<string | undefined> {
  const { title, brief, bible } = script;
  const outline = planOf(script)?.outline;
  if (outline === undefined) {
    return t('“{0}” was being planned when the window closed. What has come in is kept.', title);
  }
  const missing = missingScenes(script);
  if (missing === 0) return undefined;
  const found = await Promise.all(
    outline.map((beat) =>
      journal.get(beat.id, askedHash(brief, bible, beat)).catch(() => undefined),
    ),
  );
  const written = new Set(script.scenes.filter((node) => node.written).map(({ id }) => id));
  const waiting = found.filter((scene) => scene !== undefined && !written.has(scene.id)).length;
  const there = outline.length - missing;
  return waiting === 0
    ? t(
        '“{0}” was being written when the window closed: {1} of {2} scenes are in it.',
        title,
        there,
        outline.length,
      )
    : t(
        '“{0}” was being written when the window closed: {1} of {2} scenes are in it, and {3} more are kept.',
        title,
        there,
        outline.length,
        waiting,
      );
}

async function isFree(locks: Pick<ScriptLocks, 'claim'>, uri: vscode.Uri): Promise<boolean> {
  try {
    const lock = await locks.claim(uri, AbortSignal.timeout(10_000));
    await lock.release();
    return true;
  } catch {
    return false;
  }
}
