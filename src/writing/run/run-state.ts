import type { ScenewrightError } from '../../base/errors.ts';
import type { Beat, Bible, Brief, Plan, Scene, SceneId } from '../../script/script-model.ts';
import { askedHash } from '../journal/scene-journal.ts';
import type { ScriptState } from '../write-options.ts';
import type { SceneFlag } from '../checks/scene-checks.ts';
import { mergeScenes } from './scene-from-answer.ts';
import type { ScheduledScene } from '../schedule/scheduled-scene.ts';

/** A scene that is written and not in the document yet. */
export interface Finished {
  readonly scene: Scene;
  /** What it was asked for; see `askedHash`. */
  readonly hash: string;
  /** What it was taken with although it is not quite as asked. */
  readonly flags: readonly SceneFlag[];
  /** Why it is not safe on disk; absent when it is. */
  readonly unkept?: ScenewrightError;
}

/** The script as a run knows it: the plan, what the document holds, and what is on its way there. */
export class RunState {
  private readonly brief: Brief;
  private current: Plan;
  private document: readonly Scene[] = [];
  private inDocument = new Map<SceneId, Scene>();
  /** Scenes that are, or once were in this run, in the document: whatever the writer did to them since. */
  private readonly landed: Set<SceneId>;
  private readonly onTheirWay = new Map<SceneId, Finished>();
  /** How often a scene was finished in this run. */
  private readonly revisions = new Map<SceneId, number>();
  private positions = new Map<SceneId, number>();
  private hashes = new Map<SceneId, string>();
  private merged: readonly Scene[] | undefined;

  /** @param written the document's scenes, in its order */
  constructor(brief: Brief, plan: Plan, written: readonly Scene[]) {
    this.brief = brief;
    this.current = plan;
    this.landed = new Set();
    this.index();
    this.take(written);
  }

  get plan(): Plan {
    return this.current;
  }

  /** The scenes that this run has to bring into the document, in the outline's order. */
  missing(): ScheduledScene[] {
    let previous: SceneId | undefined;
    return this.current.outline.flatMap(({ id, contract }) => {
      const before = previous;
      previous = this.landed.has(id) ? undefined : id;
      if (previous === undefined) return [];
      return [
        {
          id,
          continues: contract.continues,
          ...(before === undefined ? {} : { previous: before }),
        },
      ];
    });
  }

  beat(id: SceneId): Beat | undefined {
    return this.current.outline[this.positions.get(id) ?? -1];
  }

  /** The beats before and after a beat in the outline. */
  neighbours(id: SceneId): { before: Beat | undefined; after: Beat | undefined } {
    const position = this.positions.get(id) ?? -2;
    const { outline } = this.current;
    return { before: outline[position - 1], after: outline[position + 1] };
  }

  /** What a scene is asked for as of now; `undefined` when the outline does not have it. */
  hashOf(id: SceneId): string | undefined {
    const known = this.hashes.get(id);
    if (known !== undefined) return known;
    const beat = this.beat(id);
    if (beat === undefined) return undefined;
    const hash = askedHash(this.brief, this.current.bible, beat);
    this.hashes.set(id, hash);
    return hash;
  }

  isInDocument(id: SceneId): boolean {
    return this.landed.has(id);
  }

  /** The scene on its way into the document, if it is what the plan asks for as of now. */
  finished(id: SceneId): Finished | undefined {
    const found = this.onTheirWay.get(id);
    return found !== undefined && found.hash === this.hashOf(id) ? found : undefined;
  }

  /** All that are on their way and wanted, in the outline's order. */
  allFinished(): Finished[] {
    return this.current.outline.flatMap(({ id }) => this.finished(id) ?? []);
  }

  /** The scene as the document has it, or as it will get it. */
  scene(id: SceneId): Scene | undefined {
    return this.finished(id)?.scene ?? this.inDocument.get(id);
  }

  /** Grows whenever the scene is finished anew. */
  revision(id: SceneId): number {
    return this.revisions.get(id) ?? 0;
  }

  finish(finished: Finished): void {
    const { id } = finished.scene;
    this.onTheirWay.set(id, finished);
    this.revisions.set(id, this.revision(id) + 1);
    this.merged = undefined;
  }

  /** Change no more than the flags of a finished scene. */
  reflag(finished: Finished): void {
    this.onTheirWay.set(finished.scene.id, finished);
  }

  /** These are in the document now. */
  land(scenes: readonly Scene[]): void {
    this.take(mergeScenes(this.document, scenes, this.current.outline));
  }

  /**
   * A plan that was read from the document, with all that is as it was replaced by what is known
   * already: then nobody has to look at it again.
   */
  recognise(plan: Plan): Plan {
    const sameBible = same(plan.bible, this.current.bible);
    const outline = withoutRepeats(plan.outline).map((beat) => {
      const known = this.beat(beat.id);
      return known !== undefined && same(known, beat) ? known : beat;
    });
    const sameOutline =
      outline.length === this.current.outline.length &&
      outline.every((beat, position) => beat === this.current.outline[position]);
    const { title, logline } = plan;
    const sameStory = title === this.current.title && logline === this.current.logline;
    if (sameBible && sameOutline && sameStory) return this.current;
    return {
      ...plan,
      bible: sameBible ? this.current.bible : plan.bible,
      outline: sameOutline ? this.current.outline : outline,
    };
  }

  /** The plan with further beats, where nobody but the run itself has the script. */
  grown({ bible, outline: beats }: Pick<Plan, 'bible' | 'outline'>): ScriptState {
    const fresh = beats.filter(({ id }) => !this.positions.has(id));
    const outline = [...this.current.outline, ...fresh];
    return { plan: { ...this.current, bible, outline }, written: this.document };
  }

  /** Take over what the writer has made of the script meanwhile; the plan is {@link recognise}d. */
  follow({ plan, written }: ScriptState): void {
    const hashes = new Map<SceneId, string>();
    for (const beat of plan.outline) {
      const hash = this.hashes.get(beat.id);
      const unchanged = plan.bible === this.current.bible && this.beat(beat.id) === beat;
      if (hash !== undefined && unchanged) hashes.set(beat.id, hash);
    }
    this.hashes = hashes;
    this.current = plan;
    this.index();
    this.take(written);
  }

  /** All that is written, in document order. The same array for as long as nothing is added. */
  written(): readonly Scene[] {
    this.merged ??= mergeScenes(
      this.document,
      this.allFinished().map(({ scene }) => scene),
      this.current.outline,
    );
    return this.merged;
  }

  private take(written: readonly Scene[]): void {
    this.document = written;
    this.inDocument = new Map(written.map((scene) => [scene.id, scene]));
    for (const { id } of written) {
      this.landed.add(id);
      this.onTheirWay.delete(id);
    }
    this.merged = undefined;
  }

  private index(): void {
    this.positions = new Map(this.current.outline.map(({ id }, position) => [id, position]));
  }
}

/** A beat that was copied with its id counts once until the writer has sorted that out. */
function withoutRepeats(outline: readonly Beat[]): readonly Beat[] {
  const seen = new Set<SceneId>();
  return outline.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function same(one: Beat | Bible, other: Beat | Bible): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
