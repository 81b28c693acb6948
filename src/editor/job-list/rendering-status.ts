import * as vscode from 'vscode';
import { t } from '../../base/l10n.ts';
import { factLine } from '../../base/lists.ts';
import type { JobView } from '../../jobs/job.ts';
import { isUnderWay, needsAttention } from './job-filter.ts';

/** How the jobs stand that have been under way together. */
export interface RenderingCounts {
  readonly all: number;
  /** Those that are here. */
  readonly done: number;
  readonly failed: number;
  /** All are pictures. */
  readonly isDrawing: boolean;
}

/**
 * What has been under way since nothing was: jobs join it as they are handed in, and stay until the last of
 * them rests.
 */
export class RenderingBatch {
  private readonly jobs = new Map<string, JobView>();

  /** Jobs are new or have got on. */
  follow(views: readonly JobView[]): void {
    for (const view of views) {
      if (isUnderWay(view) || this.jobs.has(view.id)) this.jobs.set(view.id, view);
    }
    if (![...this.jobs.values()].some(isUnderWay)) this.jobs.clear();
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) this.jobs.delete(id);
    this.follow([]);
  }

  /** Absent while nothing is under way. */
  get counts(): RenderingCounts | undefined {
    const jobs = [...this.jobs.values()];
    if (jobs.length === 0) return undefined;
    return {
      all: jobs.length,
      done: jobs.filter(({ state }) => state === 'done').length,
      failed: jobs.filter(needsAttention).length,
      isDrawing: jobs.every(({ kind }) => kind === 'picture'),
    };
  }
}

/** `Rendering 3 of 22 · 2 failed` */
export function renderingWords({ all, done, failed, isDrawing }: RenderingCounts): string {
  const words = isDrawing
    ? t('Drawing {0} of {1}', done, all)
    : t('Rendering {0} of {1}', done, all);
  return factLine([words, failed === 0 ? undefined : t('{0} failed', failed)]);
}

/** The item in the status bar while anything is rendered or drawn. */
export class RenderingStatus implements vscode.Disposable {
  private readonly batch = new RenderingBatch();
  private readonly item = vscode.window.createStatusBarItem(
    'scenewright.rendering',
    vscode.StatusBarAlignment.Left,
    9,
  );
  /** What stands there: each time that it is set is a message to the window. */
  private shown: string | undefined;

  constructor() {
    this.item.name = t('Scenewright: Video Jobs');
    this.item.command = 'scenewright.jobs.focus';
  }

  follow(views: readonly JobView[]): void {
    this.batch.follow(views);
    this.show();
  }

  remove(ids: readonly string[]): void {
    this.batch.remove(ids);
    this.show();
  }

  private show(): void {
    const { counts } = this.batch;
    const words = counts && renderingWords(counts);
    if (this.shown === words) return;
    this.shown = words;
    if (words === undefined) {
      this.item.hide();
      return;
    }
    this.item.text = `$(loading~spin) ${words}`;
    this.item.tooltip = t('Click for the list of video jobs.');
    this.item.accessibilityInformation = { label: `Scenewright: ${words}` };
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
