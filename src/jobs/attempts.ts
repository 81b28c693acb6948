import { nameKey } from '../script/names.ts';
import type { JobRecord } from './job.ts';
import { hasClip, stateOf } from './job-state.ts';
import { byAge } from './job-store.ts';

/** Jobs that were to make the same: clips of a scene, its stills, pictures of somebody. */
interface Subject {
  /** Those that have come to nothing, by id. */
  readonly failed: Map<string, JobRecord>;
  /** Those that have brought what they were to, by id. */
  readonly here: Map<string, JobRecord>;
}

/**
 * What has become of one attempt after the other to make the same. One that came to nothing is superseded once a
 * later one has brought what it was to.
 */
export class Attempts {
  private readonly subjects = new Map<string, Subject>();

  /**
   * One record has become another, is new or is gone.
   *
   * @returns ids of the jobs of which it may have become otherwise whether they are superseded
   */
  follow(before: JobRecord | undefined, after: JobRecord | undefined): Iterable<string> {
    const [from, to] = [placeOf(before), placeOf(after)];
    if (from?.key === to?.key && from?.list === to?.list) {
      if (after !== undefined && to !== undefined) this.of(to.key)[to.list].set(after.id, after);
      return [];
    }
    if (before !== undefined && from !== undefined) this.of(from.key)[from.list].delete(before.id);
    if (after !== undefined && to !== undefined) this.of(to.key)[to.list].set(after.id, after);
    const changed = [from, to].flatMap((place) => (place?.list === 'here' ? [place.key] : []));
    return changed.flatMap((key) => [...this.of(key).failed.keys()]);
  }

  /** Whether a job came to nothing, and a later one of the same made that good. */
  isSuperseded(record: JobRecord): boolean {
    const place = placeOf(record);
    if (place?.list !== 'failed') return false;
    const later = this.subjects.get(place.key)?.here.values() ?? [];
    return [...later].some((other) => byAge(record, other) < 0);
  }

  private of(key: string): Subject {
    const known = this.subjects.get(key);
    if (known !== undefined) return known;
    const subject: Subject = { failed: new Map(), here: new Map() };
    this.subjects.set(key, subject);
    return subject;
  }
}

/** Where a job is kept; absent while it has no outcome that says anything. */
function placeOf(
  record: JobRecord | undefined,
): { readonly key: string; readonly list: keyof Subject } | undefined {
  if (record === undefined) return undefined;
  const state = stateOf(record);
  const isOut = state === 'failed' || state === 'expired';
  if (!hasClip(record) && !isOut) return undefined;
  const { drawing, script, scene } = record;
  const whose = scene.id === '' ? nameKey(scene.title) : scene.id;
  const key = JSON.stringify([script, drawing, whose]);
  return { key, list: hasClip(record) ? 'here' : 'failed' };
}
