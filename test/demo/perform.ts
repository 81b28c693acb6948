import path from 'node:path';
import { Log, step } from '../../scripts/steps.mjs';
import { CodeServerHost, type Workbench } from '../hosts/code-server/host.ts';
import type { EditorHost, TestRun } from '../hosts/host.ts';
import { SampleStudio, type StudioCounts } from '../studio/server.ts';
import { takePicture } from './pictures.ts';
import { taskVariable, type Outcome, type Report, type Task } from './protocol.ts';
import { listenForReports } from './reports.ts';

/** Fast enough not to be waited for, slow enough that downloads are seen to run side by side. */
const bytesPerSecond = 100_000;

export interface PerformOptions {
  readonly host: EditorHost;
  readonly extension: string;
  readonly workspace: string;
  readonly profile: string;
  /** The bundled driver. */
  readonly driver: string;
  readonly task: Pick<Task, 'idea' | 'style' | 'duration' | 'pictures' | 'key'>;
  /** Folder for pictures of the editor; only hosts in a browser can take them. */
  readonly screenshots: string;
  /** Where things to close in the end are put. */
  readonly closers: (() => Promise<void>)[];
}

export interface Performance {
  readonly outcome: Outcome;
  readonly screenshots: readonly string[];
  readonly studio: StudioCounts;
}

/**
 * Let the driver do the main job inside VS Code, with a sample studio at the other end of the line,
 * and show its steps.
 */
export async function perform(options: PerformOptions): Promise<Performance> {
  const { host, extension, task, closers } = options;
  const studio = await SampleStudio.start({
    key: task.key,
    renderer: path.join(extension, 'dist', 'animatic'),
    parallel: 2,
    bytesPerSecond,
  });
  closers.push(() => studio.close());

  const screenshots: string[] = [];
  const steps = new ReportedSteps();
  let outcome: Outcome | undefined;
  let workbench: Workbench | undefined;
  const reports = await listenForReports(async (report) => {
    if (report.type === 'outcome') outcome = report.outcome;
    else if (report.type !== 'picture') steps.take(report);
    else if (workbench !== undefined) {
      screenshots.push(await takePicture(workbench.page, report, options.screenshots));
    }
  });
  closers.push(() => {
    reports.close();
    return Promise.resolve();
  });

  const run: TestRun = {
    extension,
    workspace: options.workspace,
    profile: options.profile,
    tests: options.driver,
    settings: {
      'scenewright.video.provider': 'openai-videos',
      'scenewright.video.baseUrl': studio.baseUrl,
      'scenewright.video.model': 'animatic-720p',
      'scenewright.video.pollSeconds': 1,
    },
    env: {
      [taskVariable]: JSON.stringify({ ...task, address: reports.address, token: reports.token }),
    },
    onOutput: steps.write,
    onConsole: steps.write,
  };
  let code: number;
  if (host instanceof CodeServerHost) {
    const opened = await host.openWorkbench(run);
    closers.push(() => opened.close());
    workbench = opened;
    code = await opened.exitCode;
    await opened.close();
  } else {
    code = await host.runTests(run);
  }
  await steps.settled();
  if (code !== 0 || outcome === undefined) {
    throw new Error(`The demonstration inside VS Code ended with ${code}. Log: ${steps.log.file}`);
  }
  return { outcome, screenshots, studio: studio.counts };
}

type StepReport = Extract<Report, { readonly type: 'begin' | 'end' | 'fail' }>;

/** Shows the driver's steps as our own, one after the other, what VS Code prints in their logs. */
class ReportedSteps {
  private current:
    | {
        readonly log: Log;
        readonly resolve: (result: { detail: string; value: undefined }) => void;
        readonly reject: (error: Error) => void;
      }
    | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** All that VS Code prints; each step's log has its part of it. */
  readonly log: Log = new Log('editor');

  readonly write = (text: string): void => {
    this.log.write(text);
    this.current?.log.write(text);
  };

  take(report: StepReport): void {
    if (report.type === 'begin') {
      const shown = step<undefined>(
        report.step,
        (log) =>
          new Promise((resolve, reject) => {
            this.current = { log, resolve, reject };
          }),
      );
      this.last = shown;
      // Looked at in `settled`, when VS Code has ended.
      shown.catch(() => undefined);
    } else if (report.type === 'end') {
      this.current?.resolve({ detail: report.detail, value: undefined });
    } else {
      this.current?.reject(new Error(report.message));
    }
  }

  /** Rejects when a step has failed. */
  async settled(): Promise<void> {
    this.current?.reject(new Error('VS Code has ended in the middle of it.'));
    await this.last;
  }
}
