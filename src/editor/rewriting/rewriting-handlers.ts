import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { setAside } from '../../script/edits/replace-scene.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import type { Rewrite } from '../../writing/journal/rewrite-journal.ts';
import { settleWriter } from '../accounts/choose-writer.ts';
import type { CallContext } from '../commands/register-commands.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import { outsideWords } from '../consent/outside-workspace.ts';
import { sceneMeant, type SceneArgument } from '../script/script-command.ts';
import { refuseTwin, requireId, type OpenScripts } from '../script/open-scripts.ts';
import { askForText, withProgress } from '../ui/window.ts';
import { TryNow } from './try-now.ts';
import { allowWriting, shortened } from '../writing/writing-consent.ts';
import { asideWords } from './aside-words.ts';
import type { Applied, RewriteArgument, RewritingCommandTools } from './rewriting-commands.ts';

export async function rewriteScene(
  { scripts, rewrites, reviews }: RewritingCommandTools,
  document: vscode.TextDocument,
  argument: Partial<RewriteArgument>,
  { caller, interactive }: CallContext<RewriteArgument>,
): Promise<Applied | undefined> {
  const { scene } = sceneOf(scripts, document, argument.scene);
  await allowWriting(caller, document.uri.fsPath, {
    question: t('Rewrite “{0}”?', shortened(scene.title)),
    reasons: argument.apply === true ? [t('The new text takes the place of yours at once.')] : [],
    more:
      argument.instruction === undefined
        ? []
        : [t('What is asked for: {0}', shortened(argument.instruction))],
    yes: t('Rewrite Scene'),
  });
  for (const open of interactive ? await rewrites.open(document, scene.id) : []) {
    const verdict = await reviews.review(
      document,
      open,
      t(
        'There is a rewrite of “{0}” that you have not decided on yet. The diff shows what it would change.',
        open.scene.title,
      ),
    );
    if (verdict !== 'refused') return { applied: verdict === 'taken' };
  }
  const instruction =
    argument.instruction ?? (interactive ? await askForInstruction(scene.title) : '');
  if (instruction === undefined) return undefined;
  if (interactive) await settleWriter();
  const rewrite = await withProgress(
    {
      location: interactive ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window,
      title: t('Rewriting “{0}”', scene.title),
    },
    (signal, _onProgress, onWaiting) => {
      const tryNow = new TryNow();
      const onTrouble = (why: string): void => {
        onWaiting(why);
        if (interactive) tryNow.trouble(why);
      };
      const onTryNow = tryNow.onDidPress;
      const ask = { instruction, interactive, signal, onTrouble, onTryNow };
      return rewrites.write(document, scene.id, ask);
    },
  );
  const aside = asideWords(setAside(scripts.parse(document), rewrite.scene));
  if (argument.apply === true && (await rewrites.take(document, rewrite))) {
    return { applied: true, ...(aside === '' ? {} : { aside }) };
  }
  const verdict = await reviews.review(
    document,
    rewrite,
    argument.apply === true
      ? t(
          '“{0}” has changed while it was being rewritten. The diff shows what the new text would replace.',
          scene.title,
        )
      : t('“{0}” has been rewritten. The diff shows what changes.', scene.title),
  );
  return { applied: verdict === 'taken' };
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
  if (context.interactive) return { applied: await reviews.take(context.resource) };
  const document = await scripts.of(argument);
  const rewrite = await openRewrite(tools, document, argument.scene);
  await outsideWords(document.uri.fsPath);
  await agreeToStranger(
    context.caller,
    t('Take the rewrite of “{0}”?', shortened(rewrite.scene.title)),
    [t('The new text takes the place of yours at once.')],
    t('Take the New Text'),
  );
  if (await rewrites.take(document, rewrite)) return { applied: true };
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
  if (context.interactive) await reviews.refuse(context.resource);
  else {
    const document = await scripts.of(argument);
    const rewrite = await openRewrite(tools, document, argument.scene);
    await agreeToStranger(
      context.caller,
      t('Throw away the rewrite of “{0}”?', shortened(rewrite.scene.title)),
      [],
      t('Keep the Old Text'),
    );
    await rewrites.refuse(document, rewrite);
  }
  return { applied: false };
}

/** The last rewrite of a scene that nobody has decided on yet. */
async function openRewrite(
  { scripts, rewrites }: RewritingCommandTools,
  document: vscode.TextDocument,
  number: number | undefined,
): Promise<Rewrite> {
  const { scene } = sceneOf(scripts, document, number);
  const [rewrite] = await rewrites.open(document, scene.id);
  if (rewrite !== undefined) return rewrite;
  throw new ScenewrightError(
    'bad-input',
    t('There is no rewrite of “{0}” to decide on.', scene.title),
  );
}

async function askForInstruction(title: string): Promise<string | undefined> {
  return askForText({
    title: t('Rewrite “{0}”', title),
    prompt: t('What should be different? Leave it empty for another take.'),
    ignoreFocusOut: true,
  });
}

/** The scene of that number, or the one under the cursor. */
function sceneOf(
  scripts: OpenScripts,
  document: vscode.TextDocument,
  number: number | undefined,
): SceneNode {
  const script = scripts.parse(document);
  const node = sceneMeant(script, document, number);
  if (node?.written === true) {
    // Asked before anything is written: the new text finds its scene by the id.
    requireId(script, script.scenes.indexOf(node) + 1);
    refuseTwin(script, script.scenes.indexOf(node) + 1);
    return node;
  }
  throw new ScenewrightError(
    'bad-input',
    number === undefined
      ? t('Put the cursor into the scene that is to be rewritten.')
      : t('The script has no written scene {0}.', number),
  );
}
