import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import type { Rewrite } from '../../writing/journal/rewrite-journal.ts';
import { settleWriter } from '../accounts/choose-writer.ts';
import type { CallContext } from '../commands/register-commands.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import { outsideWords } from '../consent/outside-workspace.ts';
import {
  numbersNamed,
  requireScene,
  scenesSelected,
  type SceneArgument,
} from '../script/script-command.ts';
import { askForText, withProgress } from '../ui/window.ts';
import { TryNow } from './try-now.ts';
import { shortened } from '../ui/format.ts';
import { allowWriting } from '../writing/writing-consent.ts';
import { requireWritten, whichOf, writtenAmong, type Chosen } from './chosen-scenes.ts';
import { asideOf } from './proposed-text.ts';
import type { Outcome } from './rewrite-reviews.ts';
import type { Replacement, Rewritten } from './rewrites.ts';
import type { Applied, RewriteArgument, RewritingCommandTools } from './rewriting-commands.ts';
import {
  changedWhileWords,
  openWords,
  reasonOf,
  rewrittenWords,
  tellFailed,
} from './rewriting-words.ts';

/** The scenes that are named, that the selection touches, or the one under the cursor. */
export async function rewriteScene(
  tools: RewritingCommandTools,
  document: vscode.TextDocument,
  argument: Partial<RewriteArgument>,
  context: CallContext<RewriteArgument>,
): Promise<Applied | undefined> {
  const script = tools.scripts.parse(document);
  const named = numbersNamed(argument, context.selection);
  const chosen =
    named === undefined
      ? writtenAmong(script, scenesSelected(script, document))
      : named.map((number) => requireWritten(script, number));
  if (chosen.length === 0) {
    throw new ScenewrightError(
      'bad-input',
      t('Put the cursor into the scene that is to be rewritten.'),
    );
  }
  return rewrite(tools, document, chosen, argument, context);
}

/** The scene that is named, or the one under the cursor, and all behind it. */
export async function rewriteFromHere(
  tools: RewritingCommandTools,
  document: vscode.TextDocument,
  argument: Partial<RewriteArgument>,
  context: CallContext<RewriteArgument>,
): Promise<Applied | undefined> {
  const script = tools.scripts.parse(document);
  const hint = t('Put the cursor into the first scene that is to be rewritten.');
  const { number: first } = requireScene(script, document, argument.scene, hint);
  const all = script.scenes.map((_, index) => index + 1).slice(first - 1);
  const chosen = writtenAmong(script, all);
  if (chosen.length === 0) {
    throw new ScenewrightError('bad-input', t('No scene is written from here on.'));
  }
  return rewrite(tools, document, chosen, argument, context);
}

async function rewrite(
  tools: RewritingCommandTools,
  document: vscode.TextDocument,
  all: readonly Chosen[],
  argument: Partial<RewriteArgument>,
  { caller, interactive }: CallContext<RewriteArgument>,
): Promise<Applied | undefined> {
  const { scripts, rewrites, reviews } = tools;
  const apply = argument.apply === true;
  await allowWriting(caller, document.uri.fsPath, {
    question: whichOf(
      all,
      (title) => t('Rewrite “{0}”?', shortened(title)),
      (count, numbers) => t('Rewrite {0} scenes ({1})?', count, numbers),
    ),
    reasons: apply ? [t('The new text takes the place of yours at once.')] : [],
    more:
      argument.instruction === undefined
        ? []
        : [t('What is asked for: {0}', shortened(argument.instruction))],
    yes: t('Rewrite Scene'),
  });
  const before = interactive ? await settleOpen(tools, document, all) : { left: all, taken: [] };
  const { left } = before;
  if (left.length === 0) return resultOf(all, { taken: before.taken, open: [] });
  const instruction = argument.instruction ?? (interactive ? await askForInstruction(left) : '');
  if (instruction === undefined) return undefined;
  if (interactive) await settleWriter();
  const { rewrites: written, failed } = await withProgress(
    {
      location: interactive ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
      title: whichOf(
        left,
        (title) => t('Rewriting “{0}”', title),
        (count, numbers) => t('Rewriting {0} scenes: {1}', count, numbers),
      ),
    },
    (signal, onProgress, onWaiting) => {
      const tryNow = new TryNow();
      const onTrouble = (why: string): void => {
        onWaiting(why);
        if (interactive) tryNow.trouble(why);
      };
      let done = 0;
      const onRewritten = (): void => {
        done++;
        onProgress(done / left.length);
        if (left.length > 1) onWaiting(t('{0} of {1}', done, left.length));
      };
      const onTryNow = tryNow.onDidPress;
      const ask = { instruction, interactive, signal, onTrouble, onTryNow, onRewritten };
      const ids = left.map(({ id }) => id);
      return rewrites.write(document, ids, ask);
    },
  );
  if (written.length === 0) throw reasonOf(failed);
  if (interactive) tellFailed(left, failed);
  const aside = asideOf(scripts.parse(document), written);
  const taken = apply ? await rewrites.take(document, written.map(asItWas)) : [];
  const rest = written.filter((one) => !taken.includes(one));
  const outcome =
    rest.length === 0
      ? { taken: [], open: [] }
      : await (await reviews()).review(document, rest, apply ? changedWhileWords : rewrittenWords);
  return {
    ...resultOf(all, { ...outcome, taken: [...before.taken, ...taken, ...outcome.taken] }, failed),
    ...(taken.length === 0 || aside === '' ? {} : { aside }),
  };
}

/**
 * Have the writer decide on rewrites that are there already, the last one of each scene first.
 *
 * @returns the scenes that are still to be rewritten: none where they leave any open
 */
async function settleOpen(
  { rewrites, reviews }: RewritingCommandTools,
  document: vscode.TextDocument,
  chosen: readonly Chosen[],
): Promise<{ readonly left: readonly Chosen[]; readonly taken: readonly Rewrite[] }> {
  let left = chosen;
  const taken: Rewrite[] = [];
  while (left.length > 0) {
    const open: Rewrite[] = [];
    for (const { id } of left) open.push(...(await rewrites.open(document, id)).slice(0, 1));
    if (open.length === 0) break;
    const outcome = await (await reviews()).review(document, open, openWords);
    taken.push(...outcome.taken);
    if (outcome.open.length > 0) return { left: [], taken };
    left = left.filter(({ id }) => !outcome.taken.some(({ scene }) => scene.id === id));
  }
  return { left, taken };
}

/** What a caller is told: of one scene whether it is so, and of several of which. */
function resultOf(
  all: readonly Chosen[],
  { taken, open }: Outcome,
  failed: Rewritten['failed'] = [],
): Applied {
  const ids = new Set(taken.map(({ scene }) => scene.id));
  const numbersOf = (isMeant: (one: Chosen) => boolean): readonly number[] =>
    all.filter(isMeant).map(({ number }) => number);
  const applied = open.length === 0 && all.every(({ id }) => ids.has(id));
  if (all.length === 1) return { applied };
  return {
    applied,
    taken: numbersOf(({ id }) => ids.has(id)),
    failed: numbersOf(({ id }) => failed.some((one) => one.id === id)),
  };
}

/** What a rewrite may replace that is put in unseen: the scene as it was asked about. */
function asItWas(rewrite: Rewrite): Replacement {
  return { rewrite, instead: rewrite.before };
}

/**
 * Takes the last rewrite of a scene that nobody has decided on yet. Rejects where there is none,
 * or the scene has changed since it was asked for.
 */
export async function takeRewrite(
  tools: RewritingCommandTools,
  argument: Partial<SceneArgument>,
  context: CallContext<SceneArgument>,
): Promise<Applied> {
  const { scripts, rewrites, reviews } = tools;
  if (context.interactive) return { applied: await (await reviews()).take(context.resource) };
  const document = await scripts.of(argument);
  const rewrite = await openRewrite(tools, document, argument.scene);
  await outsideWords(document.uri.fsPath);
  await agreeToStranger(
    context.caller,
    t('Take the rewrite of “{0}”?', shortened(rewrite.scene.title)),
    [t('The new text takes the place of yours at once.')],
    t('Take the New Text'),
  );
  if ((await rewrites.take(document, [asItWas(rewrite)])).length > 0) return { applied: true };
  throw new ScenewrightError(
    'bad-input',
    t(
      '“{0}” has changed since it was rewritten. Nothing was changed: “Rewrite Scene…” shows both.',
      rewrite.scene.title,
    ),
  );
}

export async function refuseRewrite(
  tools: RewritingCommandTools,
  argument: Partial<SceneArgument>,
  context: CallContext<SceneArgument>,
): Promise<Applied> {
  const { scripts, rewrites, reviews } = tools;
  if (context.interactive) await (await reviews()).refuse(context.resource);
  else {
    const document = await scripts.of(argument);
    const rewrite = await openRewrite(tools, document, argument.scene);
    await agreeToStranger(
      context.caller,
      t('Throw away the rewrite of “{0}”?', shortened(rewrite.scene.title)),
      [],
      t('Keep the Old Text'),
    );
    await rewrites.refuse(document, [rewrite]);
  }
  return { applied: false };
}

/** The last rewrite of a scene that nobody has decided on yet. */
async function openRewrite(
  { scripts, rewrites }: RewritingCommandTools,
  document: vscode.TextDocument,
  number: number | undefined,
): Promise<Rewrite> {
  const script = scripts.parse(document);
  const meant = number ?? scenesSelected(script, document)[0];
  const { id, node } = requireWritten(script, meant);
  const [rewrite] = await rewrites.open(document, id);
  if (rewrite !== undefined) return rewrite;
  throw new ScenewrightError(
    'bad-input',
    t('There is no rewrite of “{0}” to decide on.', node.scene.title),
  );
}

async function askForInstruction(chosen: readonly Chosen[]): Promise<string | undefined> {
  return askForText({
    title: whichOf(
      chosen,
      (title) => t('Rewrite “{0}”', title),
      (count, numbers) => t('Rewrite {0} scenes: {1}', count, numbers),
    ),
    prompt: t('What should be different? Leave it empty for another take.'),
    ignoreFocusOut: true,
  });
}
