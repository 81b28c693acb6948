import * as vscode from 'vscode';
import type { JobRecord, JobView } from '../jobs/model.ts';
import { formatBytes, formatMoment, formatMoney } from './format.ts';
import { clipWords, jobWords, nextStep, type JobSurroundings } from './job-words.ts';

/** The links that a tooltip may have; no other command runs from it. */
const links = ['scenewright.jobs.open', 'scenewright.jobs.openExternal'] as const;

/**
 * A hover with the poster, what there is to know about a job, and what to do next. All words that
 * come from elsewhere are put in as text, so that they cannot carry a link.
 */
export function jobTooltip(
  view: JobView,
  record: JobRecord | undefined,
  surroundings: JobSurroundings,
): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.isTrusted = { enabledCommands: links };
  if (view.poster !== undefined) {
    text.appendMarkdown(`![](${vscode.Uri.file(view.poster).toString()}|width=320)\n\n`);
  }
  const paragraph = (words: string | undefined): void => {
    if (words === undefined || words === '') return;
    text.appendText(words);
    text.appendMarkdown('\n\n');
  };
  text.appendMarkdown('**');
  text.appendText(vscode.l10n.t('Scene {0}: {1}', view.scene, view.title));
  text.appendMarkdown('**\n\n');
  paragraph(
    surroundings.stale
      ? vscode.l10n.t('The scene has changed in the script since this clip was rendered.')
      : undefined,
  );
  if (view.error !== undefined) paragraph(view.error);
  else if (view.state !== 'done') paragraph(jobWords(view, surroundings));
  paragraph(view.note);
  paragraph(nextStep(view));
  paragraph(originOf(view, record, surroundings.account));
  paragraph(timesOf(view, record));
  if (view.file !== undefined) {
    const argument = encodeURIComponent(JSON.stringify([{ fromTree: true, job: view.id }]));
    const link = (label: string, command: (typeof links)[number]): string =>
      `[${label}](command:${command}?${argument})`;
    text.appendMarkdown(
      [
        link(vscode.l10n.t('Open Clip'), 'scenewright.jobs.open'),
        link(vscode.l10n.t('Open in the System Player'), 'scenewright.jobs.openExternal'),
      ].join(' · '),
    );
    text.appendMarkdown('\n\n');
    paragraph(vscode.l10n.t('VS Code plays clips without AAC sound.'));
  }
  return text;
}

/** Who makes it, for whom, for how much. */
function originOf(
  view: JobView,
  record: JobRecord | undefined,
  account: string | undefined,
): string {
  const parts = [
    view.studio,
    account === undefined ? undefined : vscode.l10n.t('account “{0}”', account),
    view.file === undefined ? receivedOf(view) : clipWords(view),
    record?.price === undefined ? undefined : formatMoney(record.price),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function receivedOf({ bytes, total }: JobView): string | undefined {
  if (bytes === undefined || total === undefined) return undefined;
  return vscode.l10n.t('{0} of {1}', formatBytes(bytes), formatBytes(total));
}

function timesOf(view: JobView, record: JobRecord | undefined): string | undefined {
  if (record === undefined) return undefined;
  const ordered = formatMoment(record.createdAt);
  return view.state === 'done'
    ? vscode.l10n.t('Ordered {0}, finished {1}', ordered, formatMoment(record.updatedAt))
    : vscode.l10n.t('Ordered {0}', ordered);
}
