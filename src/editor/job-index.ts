import type { JobManager } from '../jobs/manager.ts';
import type { JobRecord } from '../jobs/model.ts';
import type { SceneId } from '../script/model.ts';

/** The jobs seen from the scripts: the newest of each scene, and whose clip a file is. */
export class JobIndex {
  private readonly manager: Pick<JobManager, 'records' | 'onDidChange' | 'onDidRemove'>;
  private scenes: Map<string, Map<SceneId, JobRecord>> | undefined;
  private files: Map<string, JobRecord> | undefined;

  constructor(manager: Pick<JobManager, 'records' | 'onDidChange' | 'onDidRemove'>) {
    this.manager = manager;
    const forget = (): void => {
      this.scenes = undefined;
      this.files = undefined;
    };
    manager.onDidChange(forget);
    manager.onDidRemove(forget);
  }

  /** The newest job of each scene of a script. */
  ofScript(script: string): ReadonlyMap<SceneId, JobRecord> {
    return (this.scenes ??= this.byScene()).get(script) ?? new Map<SceneId, JobRecord>();
  }

  /** The newest job whose clip is, or will be, this file. */
  ofFile(file: string): JobRecord | undefined {
    this.files ??= new Map(this.oldestFirst().map((record) => [record.file, record]));
    return this.files.get(file);
  }

  private byScene(): Map<string, Map<SceneId, JobRecord>> {
    const scripts = new Map<string, Map<SceneId, JobRecord>>();
    for (const record of this.oldestFirst()) {
      const scenes = scripts.get(record.script) ?? new Map<SceneId, JobRecord>();
      scripts.set(record.script, scenes.set(record.scene.id, record));
    }
    return scripts;
  }

  private oldestFirst(): JobRecord[] {
    return [...this.manager.records()].sort((a, b) => a.createdAt - b.createdAt);
  }
}
