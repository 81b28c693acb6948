import { Emitter } from '../../base/events.ts';
import { foldedPath, isOnePlace } from '../../base/one-place.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobRecord } from '../../jobs/job.ts';
import type { SceneId } from '../../script/script-model.ts';

type Jobs = Pick<JobManager, 'records' | 'onDidChange' | 'onDidRemove'>;

/** Which job is whose, by id; it stays as it is while jobs only get on. */
interface Order {
  /** By id of the job: the address of its script. */
  readonly ids: ReadonlyMap<string, string>;
  /** The newest job of a scene, by {@link sceneKey}. */
  readonly scenes: ReadonlyMap<string, string>;
  /** The jobs of clips by their folded paths, the newest first. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** The jobs seen from the scripts: the newest of each scene, and whose clip a file is. */
export class JobIndex {
  private readonly jobs: Jobs;
  private records: ReadonlyMap<string, JobRecord> | undefined;
  private order: Order | undefined;
  private readonly changed = new Emitter<void>();

  /** Jobs have got on, are new or are gone, and all that is asked here from now on takes it into account. */
  readonly onDidChange = this.changed.event;

  constructor(jobs: Jobs) {
    this.jobs = jobs;
    jobs.onDidChange((views) => {
      this.records = undefined;
      if (views.some(({ id, script }) => this.order?.ids.get(id) !== script)) {
        this.order = undefined;
      }
      this.changed.fire();
    });
    jobs.onDidRemove(() => {
      this.refresh();
      this.changed.fire();
    });
  }

  /** Look at the jobs anew; done by itself a moment after each change of theirs. */
  refresh(): void {
    this.records = undefined;
    this.order = undefined;
  }

  /**
   * The newest job of a scene of a script. Where the script has none, the newest that any script had
   * for this id: a script that was renamed, moved or copied keeps its clips.
   */
  ofScene(script: string, id: SceneId): JobRecord | undefined {
    const { scenes } = this.ordered();
    return this.record(scenes.get(sceneKey(id, script)) ?? scenes.get(sceneKey(id)));
  }

  /**
   * The newest job whose clip is, or will be, this file: by whichever name, where the disk does not tell
   * two names apart.
   */
  ofFile(file: string): JobRecord | undefined {
    const ids = this.ordered().files.get(foldedPath(file)) ?? [];
    return ids
      .map((id) => this.job(id))
      .find((job) => job !== undefined && isOnePlace(job.file, file));
  }

  /** A job by its own id. */
  job(id: string): JobRecord | undefined {
    return this.byId().get(id);
  }

  private record(id: string | undefined): JobRecord | undefined {
    return id === undefined ? undefined : this.job(id);
  }

  private byId(): ReadonlyMap<string, JobRecord> {
    this.records ??= new Map(this.jobs.records().map((record) => [record.id, record]));
    return this.records;
  }

  private ordered(): Order {
    this.order ??= orderOf(this.byId().values());
    return this.order;
  }
}

function orderOf(records: Iterable<JobRecord>): Order {
  const scenes = new Map<string, string>();
  const files = new Map<string, string[]>();
  const ids = new Map<string, string>();
  for (const { id, script, scene, file } of [...records].sort(byAge)) {
    scenes.set(sceneKey(scene.id, script), id);
    scenes.set(sceneKey(scene.id), id);
    const folded = foldedPath(file);
    files.set(folded, [id, ...(files.get(folded) ?? [])]);
    ids.set(id, script);
  }
  return { ids, scenes, files };
}

function byAge(a: JobRecord, b: JobRecord): number {
  return a.createdAt - b.createdAt;
}

function sceneKey(id: SceneId, script = ''): string {
  return `${id} ${script}`;
}
