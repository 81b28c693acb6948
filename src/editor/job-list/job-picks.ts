import path from 'node:path';
import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import type { JobCounts, JobRow, JobRows } from './job-rows.ts';
import { jobFilters, type JobFilter } from './job-filter.ts';
import { jobTitle, jobWords } from './job-words.ts';
import { pickMany, pickOne, showInformation } from '../ui/window.ts';

/**
 * Let the writer choose among jobs.
 *
 * @returns none where they thought better of it
 */
export async function pickJobs(
  title: string,
  rows: JobRows,
  fits: (row: JobRow) => boolean,
): Promise<readonly JobRow[]> {
  const items: (vscode.QuickPickItem & { readonly row?: JobRow })[] = [];
  let script = '';
  for (const row of rows.all()) {
    if (!fits(row)) continue;
    if (row.view.script !== script) {
      ({ script } = row.view);
      const label = path.basename(vscode.Uri.parse(script).fsPath);
      items.push({ label, kind: vscode.QuickPickItemKind.Separator });
    }
    items.push({ label: jobTitle(row.view), description: jobWords(row.view, row), row });
  }
  if (items.length === 0) {
    void showInformation(t('There is no video job that this could be done with.'));
    return [];
  }
  const chosen = await pickMany(items, {
    title,
    placeHolder: t('Which scenes?'),
    matchOnDescription: true,
  });
  return chosen.flatMap(({ row }) => row ?? []);
}

/** Let the writer choose what the list shows. */
export async function pickFilter(
  current: JobFilter,
  counts: JobCounts,
): Promise<JobFilter | undefined> {
  const numbers: Readonly<Record<JobFilter, number>> = {
    all: counts.all,
    running: counts.underWay + counts.paused,
    failed: counts.failed,
    stale: counts.stale,
  };
  const items = jobFilters.map((filter) => ({
    filter,
    label: labelOf(filter),
    iconPath: new vscode.ThemeIcon(filter === current ? 'check' : 'blank'),
    description: String(numbers[filter]),
    detail: detailOf(filter),
  }));
  const chosen = await pickOne(items, {
    title: t('Filter Video Jobs'),
    placeHolder: t('Which jobs are to be shown?'),
  });
  return chosen?.filter;
}

function labelOf(filter: JobFilter): string {
  switch (filter) {
    case 'all':
      return t('All');
    case 'running':
      return t('Running');
    case 'failed':
      return t('Failed');
    case 'stale':
      return t('Stale');
  }
}

function detailOf(filter: JobFilter): string {
  switch (filter) {
    case 'all':
      return t('Everything that was ever rendered');
    case 'running':
      return t('Waiting, rendering, downloading or paused');
    case 'failed':
      return t('Failed, expired at the studio, or unclear');
    case 'stale':
      return t('Clips whose scene has changed in the script since');
  }
}
