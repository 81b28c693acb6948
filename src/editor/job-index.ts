import type { JobManager } from '../jobs/manager.ts';
import type { JobRecord } from '../jobs/model.ts';
import type { SceneId } from '../script/model.ts';

/** The jobs seen from the scripts: the newest of each scene, and whose clip a file is. */
export class JobIndex {
  private readonly manager: Pick<JobManager, 'records' | 'onDidChange' | 'onDidRemove'>;
  private scenes: Map<string, JobRecord> | undefined;
  private files: Map<string, JobRecord> | undefined;

  constructor(manager: Pick<JobManager, 'records' | 'onDidChange' | 'onDidRemove'>) {
    this.manager = manager;
    manager.onDidChange(() => {
      this.refresh();
    });
    manager.onDidRemove(() => {
      this.refresh();
    });
  }

  /** Look at the jobs anew; done by itself a moment after each change of theirs. */
  refresh(): void {
    this.scenes = undefined;
    this.files = undefined;
  }

  /**
   * The newest job of a scene of a script. Where the script has none, the newest that any script had
   * for this id: a script that was renamed, moved or copied keeps its clips.
   */
  ofScene(script: string, id: SceneId): JobRecord | undefined {
    this.scenes ??= this.byScene();
    return this.scenes.get(sceneKey(id, script)) ?? this.scenes.get(sceneKey(id));
  }

  /** The newest job whose clip is, or will be, this file. */
  ofFile(file: string): JobRecord | undefined {
    this.files ??= new Map(this.oldestFirst().map((record) => [record.file, record]));
    return this.files.get(file);
  }

  private byScene(): Map<string, JobRecord> {
    const scenes = new Map<string, JobRecord>();
    for (const record of this.oldestFirst()) {
      scenes.set(sceneKey(record.scene.id, record.script), record);
      scenes.set(sceneKey(record.scene.id), record);
    }
    return scenes;
  }

  private oldestFirst(): JobRecord[] {
    return [...this.manager.records()].sort((a, b) => a.createdAt - b.createdAt);
  }
}

function sceneKey(id: SceneId, script = ''): string {
  return `${id} ${script}`;
}
