import type * as vscode from 'vscode';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { isOver } from '../../jobs/job-state.ts';
import type { ParsedScript } from '../../script/parse/parsed-script.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { FilmView } from '../../webview/protocol.ts';
import type { JobIndex } from '../jobs/job-index.ts';
import { isSamePicture, jobsOfTakes, picturesOf, type SceneClip } from '../jobs/scene-clips.ts';
import type { KnownStudio } from '../render/known-studio.ts';
import { isToBeRendered } from '../render/what-to-render.ts';
import { filmJobs } from './film-jobs.ts';
import { filmMoney, type FilmMoney } from './film-money.ts';

export interface RenderTools {
  readonly manager: Pick<JobManager, 'records' | 'view'>;
  readonly jobs: Pick<JobIndex, 'ofScene' | 'takesOf' | 'pictures'>;
  readonly studio: Pick<KnownStudio, 'priceOf'>;
  readonly accountName: (id: string) => string | undefined;
}

type Rows = Pick<FilmView, 'jobs' | 'moreJobs'>;

interface Known {
  readonly uri: string;
  readonly rows: Rows;
  readonly records: readonly JobRecord[];
  /** Jobs for stills, by the id of the scene, the oldest first. */
  readonly stills: ReadonlyMap<SceneId, readonly JobRecord[]>;
}

/** What the jobs of a workspace have to say of one film; looked at only when they have changed. */
export class FilmRenders {
  private readonly tools: RenderTools;
  private known: Known | undefined;

  constructor(tools: RenderTools) {
    this.tools = tools;
  }

  /** Jobs have changed. */
  changed(): void {
    this.known = undefined;
  }

  /** The jobs that are under way or want something. */
  rows(uri: string): Rows {
    return this.look(uri).rows;
  }

  /** The jobs for stills of a scene, the oldest first. */
  stills(uri: string, id: SceneId): readonly JobRecord[] {
    return this.look(uri).stills.get(id) ?? [];
  }

  /** @param clips of each scene, in the order of the document */
  money(uri: vscode.Uri, script: ParsedScript, clips: readonly SceneClip[]): FilmMoney {
    const { jobs, studio } = this.tools;
    const address = uri.toString();
    const missing = script.scenes.flatMap((node, index) => {
      const clip = clips[index];
      if (clip === undefined) return [];
      const isWanted = isToBeRendered(
        node,
        clip,
        () => jobsOfTakes(jobs, uri, node.scene.id),
        (job) => isSamePicture(script, node, job, picturesOf(uri, jobs)),
      );
      return isWanted ? [node.scene.seconds] : [];
    });
    return filmMoney(this.look(address).records, studio.priceOf(script), missing);
  }

  private look(uri: string): Known {
    if (this.known?.uri === uri) return this.known;
    const { manager, jobs, accountName } = this.tools;
    const records = manager.records().filter(({ script }) => script === uri);
    const newest = records.flatMap((record) => {
      // Several takes of a scene may be on their way at once.
      const isNewest =
        record.drawing !== undefined || jobs.ofScene(uri, record.scene.id)?.id === record.id;
      if (isOver(record) && !isNewest) return [];
      const view = manager.view(record.id);
      return view === undefined ? [] : [{ ...view, record }];
    });
    const stills = Map.groupBy(
      records.filter(({ drawing }) => drawing === 'still'),
      ({ scene }) => scene.id,
    );
    this.known = { uri, records, stills, rows: filmJobs(newest, accountName) };
    return this.known;
  }
}
