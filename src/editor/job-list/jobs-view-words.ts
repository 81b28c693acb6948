import type * as vscode from 'vscode';
import type { AccountNotice } from '../../accounts/account-notice.ts';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import { formatTime } from '../ui/format.ts';
import type { JobFilter } from './job-filter.ts';
import type { JobCounts } from './job-rows.ts';

/** `38 of 112` clips, with what is wrong. */
export function scriptWords({ all, done, failed, stale }: JobCounts): string {
  return factLine([
    t('{0} of {1}', done, all),
    failed === 0 ? undefined : t('{0} failed', failed),
    stale === 0 ? undefined : t('{0} stale', stale),
  ]);
}

/** @param underWay how many jobs get on by themselves */
export function badgeOf(underWay: number): vscode.ViewBadge | undefined {
  if (underWay === 0) return undefined;
  return {
    value: underWay,
    tooltip: underWay === 1 ? t('One job is on its way') : t('{0} jobs are on their way', underWay),
  };
}

/** What stands beside the view's name. */
export function filterDescription(filter: JobFilter): string {
  switch (filter) {
    case 'all':
      return '';
    case 'running':
      return t('only running');
    case 'failed':
      return t('only failed');
    case 'stale':
      return t('only stale');
  }
}

/** Why a filter leaves nothing to show. */
export function noneWords(filter: JobFilter): string {
  switch (filter) {
    case 'all':
      return '';
    case 'running':
      return t('No job is running.');
    case 'failed':
      return t('No job has failed.');
    case 'stale':
      return t('No clip is stale.');
  }
}

/** What stands above the rows: why not everything gets on as it should. */
export function viewMessage(
  owner: boolean,
  notices: readonly AccountNotice[],
  accountName: (id: string) => string | undefined,
): string {
  if (!owner) {
    return t('Another window looks after these jobs. This one only shows them.');
  }
  return notices
    .map(({ account, kind, untilMs }) => {
      const name = accountName(account) ?? account;
      if (kind === 'refused') {
        return t('Account “{0}” was refused: check its key.', name);
      }
      return untilMs === undefined
        ? t('Account “{0}” rests.', name)
        : t('Account “{0}” rests until {1}.', name, formatTime(untilMs));
    })
    .join(' ');
}
