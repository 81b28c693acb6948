import path from 'node:path';
import * as vscode from 'vscode';
import { ScenewrightError } from '../../base/errors.ts';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { picturePlace } from '../../jobs/job-pictures.ts';
import { changedScenes } from '../../script/changed-scenes.ts';
import { parseScript } from '../../script/parse/parse-script.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import { workspaceRoot } from '../jobs/scene-clips.ts';
import { repositoryOf, type Commit, type Repository } from '../script/git.ts';
import { formatMoment, shortened } from '../ui/format.ts';
import { pickOne, showInformation } from '../ui/window.ts';
import type { RenderTools } from './render-scenes.ts';
import { WhatToRender, whyNothing } from './what-to-render.ts';

/** What scenes are compared with: what was rendered last, or a version that Git has. */
interface Version {
  /** As the writer knows it. */
  readonly name: string;
  /** A branch or commit; absent for the last render. */
  readonly ref?: string;
}

/** So many commits are listed. */
const mostCommits = 50;

/** So much of what a commit is about is shown: a longer line would push out of sight which one it is. */
const mostCharacters = 50;

/**
 * Numbers of the scenes, from 1, that are otherwise than they were in a version of the script, and have no clip that
 * shows them as they are. The person is asked which version, and told where there are none.
 *
 * @param since a branch or commit; absent for the last render, where nobody is there to be asked
 * @returns nothing where the person thought better of it
 * @throws ScenewrightError `bad-input` where there is no such version of the script
 */
export async function toRenderSince(
  { scripts, jobs }: Pick<RenderTools, 'scripts' | 'jobs'>,
  document: vscode.TextDocument,
  since: string | undefined,
  interactive: boolean,
): Promise<readonly number[] | undefined> {
  if (!vscode.workspace.isTrusted) {
    throw new ScenewrightError(
      'bad-input',
      t('In a workspace that is not trusted no earlier version is asked for.'),
    );
  }
  const repository = await repositoryOf(document.uri);
  const asked = since === undefined && interactive;
  const version = asked
    ? await pickVersion(repository, document)
    : { name: since ?? '', ...(since === undefined ? {} : { ref: since }) };
  if (version === undefined) return undefined;
  const script = scripts.parse(document);
  jobs.refresh();
  const missing = new WhatToRender(script, document.uri, jobs)
    .missingOrStale()
    .map(({ number }) => number);
  if (version.ref === undefined) {
    if (interactive && missing.length === 0) void showInformation(whyNothing(script));
    return missing;
  }
  const changed = await changedSince(repository, document, script, version.ref);
  const numbers = changed.filter((number) => missing.includes(number));
  if (interactive && numbers.length === 0) {
    void showInformation(
      changed.length === 0
        ? t('No scene is otherwise than in “{0}”, as far as its clip would show it.', version.name)
        : t(
            'Every scene that has changed since “{0}” has its clip, or one on its way.',
            version.name,
          ),
    );
  }
  return numbers;
}

async function changedSince(
  repository: Repository | undefined,
  { uri }: vscode.TextDocument,
  script: ParsedScript,
  ref: string,
): Promise<readonly number[]> {
  if (repository === undefined) {
    throw new ScenewrightError(
      'bad-input',
      t('{0} is in no Git repository that VS Code knows.', vscode.workspace.asRelativePath(uri)),
    );
  }
  // Git would read it as an option, or as another path.
  if (/^-|[\s:]|^$/u.test(ref)) throw noVersion(uri, ref);
  try {
    // What others have done on a branch since then is no change of the writer's.
    const base = (await repository.getMergeBase(ref, 'HEAD')) ?? ref;
    const before = parseScript(await repository.show(base, uri.fsPath));
    const places = new Set(
      (await repository.diffWith(base)).flatMap((change) => [
        change.uri.fsPath,
        change.originalUri.fsPath,
      ]),
    );
    const folder = path.dirname(uri.fsPath);
    const root = workspaceRoot(uri);
    return changedScenes(before, script, (file) =>
      places.has(picturePlace(file, folder, root) ?? ''),
    );
  } catch (cause) {
    throw noVersion(uri, ref, cause);
  }
}

function noVersion(uri: vscode.Uri, ref: string, cause?: unknown): ScenewrightError {
  const name = vscode.workspace.asRelativePath(uri);
  return new ScenewrightError('bad-input', t('Git has no version “{1}” of {0}.', name, ref), {
    cause,
  });
}

type VersionItem = vscode.QuickPickItem & { readonly version?: Version };

/** Without a repository the last render is all that there is to choose. */
async function pickVersion(
  repository: Repository | undefined,
  { uri }: vscode.TextDocument,
): Promise<Version | undefined> {
  const last = t('The last render');
  const items: VersionItem[] = [
    {
      label: last,
      description: t('what is missing or stale'),
      iconPath: new vscode.ThemeIcon('device-camera-video'),
      version: { name: last },
    },
  ];
  if (repository !== undefined) {
    // A repository without a commit has neither.
    const [commits, branches] = await Promise.all([
      repository.log({ maxEntries: mostCommits, path: uri.fsPath }).catch(() => []),
      repository.getBranches({ remote: true, sort: 'committerdate' }).catch(() => []),
    ]);
    items.push(...group(t('Commits of this script'), commits.map(commitItem)));
    items.push(...group(t('Branches'), branches.flatMap(branchItem)));
  }
  const picked = await pickOne(items, {
    title: t('Render Scenes Changed Since…'),
    placeHolder: t('What are they compared with?'),
    matchOnDescription: true,
  });
  return picked?.version;
}

function group(label: string, items: readonly VersionItem[]): VersionItem[] {
  if (items.length === 0) return [];
  return [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function commitItem({ hash, message, authorDate }: Commit): VersionItem {
  const [line = ''] = message.split('\n');
  const subject = shortened(line, mostCharacters);
  const short = hash.slice(0, 7);
  const at = authorDate && formatMoment(authorDate.getTime());
  return {
    label: subject,
    description: factLine([short, at]),
    iconPath: new vscode.ThemeIcon('git-commit'),
    version: { name: subject === '' ? short : subject, ref: hash },
  };
}

function branchItem({ name }: { readonly name?: string }): VersionItem[] {
  if (name === undefined) return [];
  const iconPath = new vscode.ThemeIcon('git-branch');
  return [{ label: name, iconPath, version: { name, ref: name } }];
}
