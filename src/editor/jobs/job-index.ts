import { Emitter } from '../../base/events.ts';
import { KnownVideos } from '../../downloads/known-videos.ts';
import { foldedPath, isOnePlace } from '../../base/one-place.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { JobRecord } from '../../jobs/job.ts';
import { byAge } from '../../jobs/job-store.ts';
import { movedClips } from '../../jobs/job-moves.ts';
import { firstPlace, takeOf } from '../../jobs/take-place.ts';
import { PictureContents } from './picture-contents.ts';
import { nameKey } from '../../script/names.ts';
import type { SceneId } from '../../script/script-model.ts';
import type { DrawingKind } from '../../studios/port.ts';

type Jobs = Pick<JobManager, 'records' | 'onDidChange' | 'onDidRemove'>;

/** What of a script a picture is of: the first frame of a scene, or somebody or a place of the bible. */
export type PictureSubject =
  | { readonly kind: 'still'; readonly id: SceneId }
  | { readonly kind: Exclude<DrawingKind, 'still'>; readonly name: string };

/** Which job is whose, by id; it stays as it is while jobs only get on. */
interface Order {
  /** By id of the job: the address of its script. */
  readonly ids: ReadonlyMap<string, string>;
  /** The jobs of a scene, by {@link sceneKey}, the oldest first. */
  readonly scenes: ReadonlyMap<string, readonly string[]>;
  /** The jobs that draw, by {@link subjectKey}, the oldest first. */
  readonly drawings: ReadonlyMap<string, readonly string[]>;
  /** The jobs of clips by the folded paths of the first takes beside them, the newest first. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** The jobs seen from the scripts: the newest of each scene, and whose clip a file is. */
export class JobIndex {
  /** Files that no job knows and that are videos all the same. */
  readonly videos = new KnownVideos();
  /** What is in the pictures that scenes ask for. */
  readonly pictures: PictureContents;
  private readonly jobs: Jobs;
  private records: ReadonlyMap<string, JobRecord> | undefined;
  private order: Order | undefined;
  private moved: ReadonlySet<string> | undefined;
  private readonly changed = new Emitter<void>();

  /** Jobs have got on, are new or are gone, and all that is asked here from now on takes it into account. */
  readonly onDidChange = this.changed.event;

  /** @param mayLook whether pictures that scripts name may be looked at */
  constructor(jobs: Jobs, mayLook?: () => boolean) {
    this.jobs = jobs;
    this.pictures = new PictureContents(mayLook);
    jobs.onDidChange((views) => {
      this.forgetRecords();
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
    this.forgetRecords();
    this.order = undefined;
  }

  /**
   * The newest job of a scene of a script. Where the script has none, the newest that any script had
   * for this id: a script that was renamed, moved or copied keeps its clips.
   */
  ofScene(script: string, id: SceneId): JobRecord | undefined {
    const { scenes } = this.ordered();
    const ids = scenes.get(sceneKey(id, script)) ?? scenes.get(sceneKey(id)) ?? [];
    return this.record(ids.at(-1));
  }

  /**
   * The jobs of a scene's takes, the oldest first: those of the script, and before its first take those
   * that the scene had in another script. A script that was renamed behind our back goes on with the number
   * after its last take, and one that was copied begins anew.
   */
  takesOf(script: string, id: SceneId): readonly JobRecord[] {
    const { scenes } = this.ordered();
    const own = this.all(scenes.get(sceneKey(id, script)));
    const others = this.all(scenes.get(sceneKey(id))).filter((job) => job.script !== script);
    if (own.length === 0) {
      const last = others.at(-1)?.script;
      return others.filter((job) => job.script === last);
    }
    if (others.length === 0) return own;
    const first = Math.min(...own.map(({ file }) => takeOf(file)));
    return [...others.filter(({ file }) => takeOf(file) < first), ...own];
  }

  /** The jobs that draw a picture of a script, or have, the oldest first. */
  drawingsOf(script: string, subject: PictureSubject): readonly JobRecord[] {
    return this.all(this.ordered().drawings.get(subjectKey(script, subject)));
  }

  /**
   * The newest job whose clip is, or will be, this file or another take of the same scene beside it: by
   * whichever name, where the disk does not tell two names apart.
   */
  ofFile(file: string): JobRecord | undefined {
    const place = firstPlace(file);
    return this.all(this.ordered().files.get(foldedPath(place))).find((job) =>
      isOnePlace(firstPlace(job.file), place),
    );
  }

  /** Whether a job's clip was moved to this path. */
  isMovedClip(file: string): boolean {
    this.moved ??= movedClips(this.byId().values());
    return this.moved.has(file);
  }

  /**
   * The ids that scenes of a script had when they were rendered, by title as titles are compared; none for
   * titles that several had.
   */
  idsByTitle(script: string): ReadonlyMap<string, SceneId> {
    const ids = new Map<string, SceneId | undefined>();
    for (const { script: owner, scene, drawing } of this.byId().values()) {
      const key = nameKey(scene.title);
      if (owner !== script || key === '' || drawing !== undefined) continue;
      ids.set(key, ids.has(key) && ids.get(key) !== scene.id ? undefined : scene.id);
    }
    return new Map([...ids].flatMap(([key, id]) => (id === undefined ? [] : [[key, id]])));
  }

  /** A job by its own id. */
  job(id: string): JobRecord | undefined {
    return this.byId().get(id);
  }

  private forgetRecords(): void {
    this.records = undefined;
    this.moved = undefined;
  }

  private all(ids: readonly string[] = []): JobRecord[] {
    return ids.flatMap((id) => this.job(id) ?? []);
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
  const scenes = new Map<string, string[]>();
  const drawings = new Map<string, string[]>();
  const files = new Map<string, string[]>();
  const ids = new Map<string, string>();
  for (const { id, script, scene, file, drawing } of [...records].sort(byAge)) {
    ids.set(id, script);
    // A picture is no take of its scene.
    if (drawing !== undefined) {
      const subject = { kind: drawing, id: scene.id, name: scene.title };
      add(drawings, subjectKey(script, subject), id);
      continue;
    }
    for (const key of [sceneKey(scene.id, script), sceneKey(scene.id)]) add(scenes, key, id);
    const folded = foldedPath(firstPlace(file));
    files.set(folded, [id, ...(files.get(folded) ?? [])]);
  }
  return { ids, scenes, drawings, files };
}

function add(lists: Map<string, string[]>, key: string, id: string): void {
  const there = lists.get(key);
  if (there === undefined) lists.set(key, [id]);
  else there.push(id);
}

function subjectKey(script: string, subject: PictureSubject): string {
  const whose = subject.kind === 'still' ? subject.id : nameKey(subject.name);
  return JSON.stringify([script, subject.kind, whose]);
}

function sceneKey(id: SceneId, script = ''): string {
  return `${id} ${script}`;
}
