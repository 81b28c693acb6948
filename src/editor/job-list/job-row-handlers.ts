import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { cancelledError, ScenewrightError } from '../../base/errors.ts';
import { exists } from '../../base/files.ts';
import { isNamedLikeClip, isNamedLikePicture } from '../../downloads/clip-name.ts';
import { t } from '../../base/l10n.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobView } from '../../jobs/job.ts';
import { chosenByHand, isStranger, type Caller } from '../commands/caller.ts';
import type { CallContext } from '../commands/register-commands.ts';
import { openOutside } from '../ui/open-outside.ts';
import { allows, type JobArgument, type JobTag } from './job-actions.ts';
import { pickJobs } from './job-picks.ts';
import { mayCancel, mayGoWithout, mayLosePaid, mayPay, mayPayTwice } from './job-questions.ts';
import type { JobRowCommand, JobRowCommandTools } from './job-row-commands.ts';
import type { JobRow, ScriptRow } from './job-rows.ts';
import type { SceneNode } from '../../script/parse/parsed-script.ts';
import type { OpenScripts } from '../script/open-scripts.ts';
import { revealScene } from '../script/reveal-scene.ts';

/** A command that is called for one or several jobs. */
interface JobCommand {
  /** What a job has to allow; of a selection the others are left out. */
  readonly needs?: JobTag;
  /** What it is called in the box that asks for the jobs. */
  readonly title: string;
  /**
   * Ask the person where it matters; never called for code that acts for them. Returns the jobs that
   * it is to be done with.
   */
  readonly confirm?: (jobs: readonly JobView[], caller: Caller) => Promise<readonly JobView[]>;
  /** Throws where it would order what nobody agrees to, such as more than the budget allows. */
  readonly allow?: (ids: readonly string[], caller: Caller) => Promise<void>;
  readonly act: (job: JobView, context: { readonly several: boolean }) => Promise<unknown>;
}

/** Each job is tried, and the first error is told. */
export async function runJobCommand(
  id: JobRowCommand,
  tools: JobRowCommandTools,
  argument: Partial<JobArgument>,
  { caller, interactive, selection }: CallContext<JobArgument>,
): Promise<void> {
  const jobCommand = commandsFor(tools)[id];
  const { title, confirm, allow, act } = jobCommand;
  const asked = interactive
    ? await chosen(jobCommand, tools, argument, selection)
    : [known(tools.manager, argument.job)];
  const jobs = caller.trusted || confirm === undefined ? asked : await confirm(asked, caller);
  if (jobs.length === 0 && isStranger(caller)) throw cancelledError(title);
  await allow?.(
    jobs.map(({ id }) => id),
    caller,
  );
  const context = { several: jobs.length > 1 };
  const results = await Promise.allSettled(jobs.map((job) => act(job, context)));
  const failure = results.find((result) => result.status === 'rejected');
  if (failure !== undefined) throw failure.reason as Error;
}

function commandsFor({
  manager,
  scripts,
  budget,
}: JobRowCommandTools): Readonly<Record<JobRowCommand, JobCommand>> {
  return {
    'scenewright.jobs.open': {
      title: t('Open Clip'),
      needs: 'hasClip',
      act: async ({ file }, { several }) => {
        await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(await clip(file)), {
          viewColumn: vscode.ViewColumn.Beside,
          preview: !several,
        });
      },
    },
    'scenewright.jobs.openExternal': {
      title: t('Open in the System Player'),
      needs: 'hasClip',
      act: async ({ file, upscaledFile }) => openExternal(upscaledFile ?? (await clip(file))),
    },
    'scenewright.jobs.reveal': {
      title: t('Reveal Clip in Explorer'),
      needs: 'hasClip',
      act: async ({ file }) => {
        await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(await clip(file)));
      },
    },
    'scenewright.jobs.revealScene': {
      title: t('Go to Scene'),
      act: (job) => goToScene(scripts, job),
    },
    'scenewright.jobs.retry': {
      title: t('Retry Job'),
      needs: 'canRetry',
      confirm: mayPayTwice,
      allow: (ids, caller) => budget.allowRetry(ids, caller),
      act: ({ id }) => manager.retry(id),
    },
    'scenewright.jobs.renderAgain': {
      title: t('Render Again'),
      needs: 'canRenderAgain',
      act: (job) => renderAgain(scripts, job),
    },
    'scenewright.jobs.renderWithoutFrame': {
      title: t('Render Without the Frame Before'),
      needs: 'canGoWithout',
      confirm: mayGoWithout,
      act: ({ id }) => manager.renderWithout(id),
    },
    'scenewright.jobs.cancel': {
      title: t('Cancel Job'),
      needs: 'canCancel',
      confirm: mayCancel,
      act: ({ id }) => manager.cancel(id),
    },
    'scenewright.jobs.pause': {
      title: t('Pause Job'),
      needs: 'canPause',
      act: ({ id }) => manager.pause(id),
    },
    'scenewright.jobs.resume': {
      title: t('Resume Job'),
      needs: 'canResume',
      act: ({ id }) => manager.resume(id),
    },
    /** Orders the enlargement, which may cost money; asks only a person. */
    'scenewright.jobs.upscale': {
      title: t('Enlarge Clip to 4K'),
      needs: 'canUpscale',
      confirm: mayPay,
      allow: async (ids, caller) => {
        // The person has just been asked otherwise, and told that the price is not known.
        if (caller.trusted) await budget.allowUpscale(ids, caller);
      },
      act: ({ id }) => manager.upscale(id),
    },
    'scenewright.jobs.remove': {
      title: t('Remove Job from List'),
      needs: 'canRemove',
      confirm: mayLosePaid,
      act: ({ id }) => manager.remove(id),
    },
  };
}

/** A row of the tree, a link to a job, or a script's row with all of its jobs. */
type Target = Partial<JobArgument> & Partial<Pick<ScriptRow, 'kind' | 'uri'>>;

/** The jobs that a person means: the rows they clicked or selected, else those that they pick. */
async function chosen(
  { title, needs }: JobCommand,
  { manager, view }: JobRowCommandTools,
  argument: object,
  selection: readonly object[],
): Promise<readonly JobView[]> {
  const fits = (job: JobView): boolean =>
    needs === undefined || allows(job, needs, view.rows.get(job.id)?.gone);
  if (Object.keys(argument).length === 0) {
    const rows = await pickJobs(title, view.rows, (row) => fits(row.view));
    return rows.map((row) => row.view);
  }
  const isNamed = 'job' in argument || 'uri' in argument;
  const targets: readonly Target[] = isNamed ? selection : view.selection;
  const [only] = targets;
  if (targets.length === 1 && only?.job !== undefined) return [known(manager, only.job)];
  const ids = new Set(
    targets.flatMap(
      ({ job, uri }) => job ?? (uri === undefined ? [] : idsOf(view.rows.all(uri), needs)),
    ),
  );
  return [...ids].map((id) => known(manager, id)).filter(fits);
}

/** Of a whole script no more is tried again than a retry may help: all else is for its own row. */
function idsOf(rows: Iterable<JobRow>, needs: JobTag | undefined): string[] {
  const all = [...rows].filter(({ view }) => needs !== 'canRetry' || view.retry === 'helps');
  return all.map(({ job }) => job);
}

function known(manager: JobManager, id: string | undefined): JobView {
  const job = id === undefined ? undefined : manager.view(id);
  if (job !== undefined) return job;
  throw new ScenewrightError('bad-input', t('There is no job “{0}”.', id ?? ''));
}

async function clip(file: string | undefined): Promise<string> {
  if (file === undefined) throw new ScenewrightError('bad-input', t('It is not here yet.'));
  if (await exists(file)) return file;
  throw new ScenewrightError('bad-input', t('The file was deleted: {0}', file));
}

/** The scene as it is now, as a take beside those that it has. */
async function renderAgain(scripts: OpenScripts, job: JobView): Promise<void> {
  const { document, number } = await sceneOf(scripts, job);
  await vscode.commands.executeCommand(
    'scenewright.renderScenes',
    chosenByHand({ uri: document.uri, scenes: [number] }),
  );
}

/** What the system does with a file goes by its name, and a link may stand for one of another name. */
async function openExternal(file: string): Promise<void> {
  const real = await realpath(file).catch(() => file);
  if (!isNamedLikeClip(real) && !isNamedLikePicture(real)) {
    throw new ScenewrightError(
      'bad-input',
      t('{0} is a link to {1}, which is no clip. It was not opened.', file, real),
    );
  }
  if (await openOutside(real)) return;
  throw new ScenewrightError(
    'bad-input',
    t('No program on this computer took {0}. The clip is where it was.', file),
  );
}

async function goToScene(scripts: OpenScripts, job: JobView): Promise<void> {
  // A character or place stands in the front matter.
  if (job.scene === 0) {
    await revealScene(await scripts.open(job.script), 0);
    return;
  }
  const { document, node } = await sceneOf(scripts, job);
  await revealScene(document, node.heading.start);
}

/** The scene of a job as the script has it now, with its number there. */
async function sceneOf(
  scripts: OpenScripts,
  { script, sceneId, scene }: JobView,
): Promise<{ document: vscode.TextDocument; node: SceneNode; number: number }> {
  const document = await scripts.open(script);
  const { scenes } = scripts.read(document);
  const node = scenes.find(({ id }) => id === sceneId);
  if (node !== undefined) return { document, node, number: scenes.indexOf(node) + 1 };
  throw new ScenewrightError(
    'bad-script',
    t('The scene that was number {0} is not in the script any more. Its clip is kept.', scene),
  );
}
