import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { validateBrief } from '../../script/brief.ts';
import { sceneAt, type SceneNode } from '../../script/parse/parse-script.ts';
import { missingScenes, planOf } from '../../script/story-order.ts';
import type { Rewrite } from '../../writing/kept/kept-rewrites.ts';
import { settleAccount } from '../accounts/account-picks.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { agreeToStranger } from '../consent/agreement.ts';
import { chosenByHand } from '../commands/caller.ts';
import {
  agreeToWriter,
  chooseWriter,
  pickWriter,
  settleWriter,
} from '../accounts/choose-writer.ts';
import {
  registerCommand,
  type ScriptArgument,
  type WritingResult,
} from '../commands/register-command.ts';
import type { Messages } from '../ui/messages.ts';
import { askForBrief, createScript, targetFolder } from './new-script.ts';
import type { ProgressPage } from '../progress/progress-page.ts';
import { outsideWords } from '../consent/outside-workspace.ts';
import type { RewriteReviews } from '../rewriting/rewrite-reviews.ts';
import type { Rewrites } from '../rewriting/rewrites.ts';
import { refuseTwin, requireId, revealScene, type Scripts } from '../script/scripts.ts';
import { presentAddress } from '../accounts/services.ts';
import { settings } from '../settings.ts';
import { askForText, showError, showInformation, withProgress } from '../ui/window.ts';
import { allowWriting, shortened } from './writing-consent.ts';
import type { WritingRuns } from './writing-runs.ts';

export interface WritingCommandTools {
  readonly accounts: Accounts;
  readonly messages: Messages;
  readonly scripts: Scripts;
  readonly runs: WritingRuns;
  readonly rewrites: Rewrites;
  readonly reviews: RewriteReviews;
  readonly page: ProgressPage;
}

/** The commands that make and change scripts. */
export function registerWritingCommands(tools: WritingCommandTools): vscode.Disposable[] {
  const { accounts, messages, scripts, runs, rewrites, reviews, page } = tools;

  const write = async (
    document: vscode.TextDocument,
    options: { outlineOnly?: boolean; interactive: boolean },
  ): Promise<WritingResult> => {
    if (options.interactive) {
      await settleWriter();
      page.show(document.uri);
    }
    const result = await runs.start(document, options);
    // It may have been renamed since.
    const uri = vscode.Uri.parse(result.uri);
    if (options.interactive) void tellEnd(messages, runs, uri, result);
    return result;
  };

  /** The last rewrite of a scene that nobody has decided on yet. */
  const openRewrite = async (document: vscode.TextDocument, number?: number): Promise<Rewrite> => {
    const { scene } = sceneOf(scripts, document, number);
    const [rewrite] = await rewrites.open(document, scene.id);
    if (rewrite !== undefined) return rewrite;
    throw new ScenewrightError(
      'bad-input',
      vscode.l10n.t('There is no rewrite of “{0}” to decide on.', scene.title),
    );
  };

  return [
    registerCommand('scenewright.newScript', messages, async (argument, context) => {
      const { caller, interactive } = context;
      const asked = interactive ? await askForBrief() : argument;
      if (asked === undefined) return undefined;
      const { idea } = validateBrief(asked);
      await allowWriting(caller, targetFolder(asked.folder), {
        question: vscode.l10n.t('Start a script: “{0}”?', shortened(idea)),
        yes: vscode.l10n.t('Start Script'),
      });
      const uri = await createScript(asked);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One });
      return write(document, { outlineOnly: asked.outlineOnly ?? false, interactive });
    }),

    registerCommand('scenewright.writeScenes', messages, async (argument, context) => {
      const { caller, interactive } = context;
      const document = await scripts.of(argument);
      const isComplete = complete(scripts, document);
      if (!isComplete) {
        await allowWriting(caller, document.uri.fsPath, {
          question: vscode.l10n.t(
            'Write what is missing of “{0}”?',
            shortened(scripts.parse(document).title),
          ),
          yes: vscode.l10n.t('Write Scenes'),
        });
      }
      if (interactive && isComplete) {
        void showInformation(
          vscode.l10n.t(
            'Every scene of the outline is written. Add a line to the outline to write more.',
          ),
        );
      }
      return write(document, { interactive: interactive && !isComplete });
    }),

    registerCommand('scenewright.rewriteScene', messages, async (argument, context) => {
      const { caller, interactive } = context;
      const document = await scripts.of(argument);
      const { scene } = sceneOf(scripts, document, argument.scene);
      await allowWriting(caller, document.uri.fsPath, {
        question: vscode.l10n.t('Rewrite “{0}”?', shortened(scene.title)),
        reasons:
          argument.apply === true
            ? [vscode.l10n.t('The new text takes the place of yours at once.')]
            : [],
        more:
          argument.instruction === undefined
            ? []
            : [vscode.l10n.t('What is asked for: {0}', shortened(argument.instruction))],
        yes: vscode.l10n.t('Rewrite Scene'),
      });
      for (const open of interactive ? await rewrites.open(document, scene.id) : []) {
        const verdict = await reviews.review(
          document,
          open,
          vscode.l10n.t(
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
          location: interactive
            ? vscode.ProgressLocation.Notification
            : vscode.ProgressLocation.Window,
          title: vscode.l10n.t('Rewriting “{0}”', scene.title),
        },
        (signal) => rewrites.write(document, scene.id, { instruction, interactive, signal }),
      );
      if (argument.apply === true && (await rewrites.take(document, rewrite))) {
        return { applied: true };
      }
      const verdict = await reviews.review(
        document,
        rewrite,
        argument.apply === true
          ? vscode.l10n.t(
              '“{0}” has changed while it was being rewritten. The diff shows what the new text would replace.',
              scene.title,
            )
          : vscode.l10n.t('“{0}” has been rewritten. The diff shows what changes.', scene.title),
      );
      return { applied: verdict === 'taken' };
    }),

    registerCommand('scenewright.takeRewrite', messages, async (argument, context) => {
      if (context.interactive) return { applied: await reviews.take(context.resource) };
      const document = await scripts.of(argument);
      const rewrite = await openRewrite(document, argument.scene);
      await outsideWords(document.uri.fsPath);
      await agreeToStranger(
        context.caller,
        vscode.l10n.t('Take the rewrite of “{0}”?', shortened(rewrite.scene.title)),
        [vscode.l10n.t('The new text takes the place of yours at once.')],
        vscode.l10n.t('Take the New Text'),
      );
      if (await rewrites.take(document, rewrite)) return { applied: true };
      throw new ScenewrightError(
        'bad-input',
        vscode.l10n.t(
          '“{0}” has changed since it was rewritten. Nothing was changed: “Rewrite Scene…” shows both.',
          rewrite.scene.title,
        ),
      );
    }),

    registerCommand('scenewright.refuseRewrite', messages, async (argument, context) => {
      if (context.interactive) await reviews.refuse(context.resource);
      else {
        const document = await scripts.of(argument);
        const rewrite = await openRewrite(document, argument.scene);
        await agreeToStranger(
          context.caller,
          vscode.l10n.t('Throw away the rewrite of “{0}”?', shortened(rewrite.scene.title)),
          [],
          vscode.l10n.t('Keep the Old Text'),
        );
        await rewrites.refuse(document, rewrite);
      }
      return { applied: false };
    }),

    registerCommand('scenewright.chooseWriter', messages, async (argument, context) => {
      if (context.interactive) {
        const choice = await pickWriter();
        const address = choice?.provider === 'openai' ? presentAddress('openai') : undefined;
        if (address !== undefined) await settleAccount(accounts, { provider: 'openai', address });
        return choice;
      }
      const { provider, ...rest } = argument;
      if (provider === undefined) {
        throw new ScenewrightError(
          'bad-input',
          vscode.l10n.t('Say who is to write: offline, openai or vscode.'),
        );
      }
      await agreeToWriter({ provider, ...rest }, context.caller);
      return chooseWriter({ provider, ...rest });
    }),

    registerCommand('scenewright.pauseWriting', messages, (argument) => {
      runs.pause(uriOf(argument, runs));
      return Promise.resolve(undefined);
    }),
    registerCommand('scenewright.resumeWriting', messages, (argument) => {
      runs.resume(uriOf(argument, runs));
      return Promise.resolve(undefined);
    }),
    registerCommand('scenewright.cancelWriting', messages, (argument) => {
      runs.cancel(uriOf(argument, runs));
      return Promise.resolve(undefined);
    }),
    registerCommand('scenewright.showProgress', messages, (argument) => {
      page.show(argument.uri === undefined ? scripts.active?.uri : toUri(argument.uri));
      return Promise.resolve(undefined);
    }),
    registerCommand('scenewright.revealScene', messages, async (argument) => {
      const document = await scripts.of(argument);
      const script = scripts.parse(document);
      const node = script.scenes.find(({ scene }) => scene.id === argument.sceneId);
      if (node !== undefined) await revealScene(document, node.heading.start);
      else {
        const beat = script.outline.find((candidate) => candidate.beat.id === argument.sceneId);
        if (beat !== undefined) await revealScene(document, beat.span.start);
      }
      return undefined;
    }),
  ];
}

/** The word at the end of a run that a person started. */
async function tellEnd(
  messages: Messages,
  runs: WritingRuns,
  uri: vscode.Uri,
  result: WritingResult,
): Promise<void> {
  if (result.error !== undefined) {
    messages.warn(result.error);
    const goOn = vscode.l10n.t('Continue');
    // VS Code's models need no account of ours: another model is what helps there.
    const isVsCode = settings.writer.provider.value === 'vscode';
    const remedy = isVsCode
      ? vscode.l10n.t('Choose Writer Model…')
      : vscode.l10n.t('Manage Accounts');
    const needsRemedy = runs.get(uri)?.progress.view().error?.action === 'account';
    const answer = await showError(result.error, ...(needsRemedy ? [remedy, goOn] : [goOn]));
    if (answer === remedy) {
      await vscode.commands.executeCommand(
        isVsCode ? 'scenewright.chooseWriter' : 'scenewright.manageAccounts',
      );
    }
    if (answer === goOn) {
      await vscode.commands.executeCommand('scenewright.writeScenes', chosenByHand({ uri }));
    }
  } else if (result.failed === 0) {
    const render = vscode.l10n.t('Render Scenes');
    const answer = await showInformation(
      vscode.l10n.t('All {0} scenes are written.', result.scenes),
      render,
    );
    if (answer === render) {
      await vscode.commands.executeCommand('scenewright.renderScenes', chosenByHand({ uri }));
    }
  }
}

async function askForInstruction(title: string): Promise<string | undefined> {
  return askForText({
    title: vscode.l10n.t('Rewrite “{0}”', title),
    prompt: vscode.l10n.t('What should be different? Leave it empty for another take.'),
    ignoreFocusOut: true,
  });
}

/** The scene of that number, or the one under the cursor. */
function sceneOf(
  scripts: Scripts,
  document: vscode.TextDocument,
  number: number | undefined,
): SceneNode {
  const script = scripts.parse(document);
  const editor = vscode.window.visibleTextEditors.find((open) => open.document === document);
  const node =
    number === undefined
      ? editor && sceneAt(script, document.offsetAt(editor.selection.active))
      : script.scenes[number - 1];
  if (node?.written === true) {
    // Asked before anything is written: the new text finds its scene by the id.
    requireId(script, script.scenes.indexOf(node) + 1);
    refuseTwin(script, script.scenes.indexOf(node) + 1);
    return node;
  }
  throw new ScenewrightError(
    'bad-input',
    number === undefined
      ? vscode.l10n.t('Put the cursor into the scene that is to be rewritten.')
      : vscode.l10n.t('The script has no written scene {0}.', number),
  );
}

function complete(scripts: Scripts, document: vscode.TextDocument): boolean {
  const script = scripts.parse(document);
  return planOf(script) !== undefined && missingScenes(script) === 0;
}

function toUri(uri: vscode.Uri | string): vscode.Uri {
  return typeof uri === 'string' ? vscode.Uri.parse(uri, true) : uri;
}

function uriOf(argument: Partial<ScriptArgument>, runs: WritingRuns): vscode.Uri {
  if (argument.uri !== undefined) return toUri(argument.uri);
  const run = runs.current;
  if (run !== undefined) return run.uri;
  throw new ScenewrightError('bad-input', vscode.l10n.t('Nothing is being written now.'));
}
