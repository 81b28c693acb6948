import type { Scene } from '../../script/script-model.ts';
import { wordsOfRepeat } from './scene-checks.ts';
import { runsIn, sentencesIn } from './repeated-text.ts';

/** So many others that have the same in common are paired with a scene: else it would be all with all. */
const mostInCommon = 8;

/** Two scenes that share a smaller part of their runs do not tell the same. */
const leastShared = 0.5;

/**
 * Finds the scenes of a long script that may tell the same, without comparing each with each: by what they
 * have in common. What has not changed since the last look costs nothing.
 */
export class RepeatedScenes {
  private readonly known = new Map<Scene, Set<Scene>>();
  private readonly byRun = new ScenesBy<number>();
  private readonly bySentence = new ScenesBy<string>();

  /** The script has these scenes now. A scene is the same for as long as it is the same object. */
  update(scenes: readonly Scene[]): void {
    const now = new Set(scenes);
    // Who was paired with one that is gone may repeat others that were not looked at for that.
    const alone = new Set<Scene>();
    for (const [scene, like] of this.known) {
      if (now.has(scene)) continue;
      this.forget(scene);
      for (const other of like) alone.add(other);
    }
    const fresh = [...now].filter((scene) => !this.known.has(scene));
    for (const scene of fresh) this.enter(scene);
    for (const scene of [...alone, ...fresh]) this.pair(scene);
  }

  /** The scenes that may tell the same as this one, as far as that is worth a closer look. */
  like(scene: Scene): Iterable<Scene> {
    return this.known.get(scene) ?? [];
  }

  private enter(scene: Scene): void {
    this.known.set(scene, new Set());
    for (const run of runsIn(scene)) this.byRun.add(run, scene);
    for (const sentence of sentencesIn(scene, wordsOfRepeat)) this.bySentence.add(sentence, scene);
  }

  private forget(scene: Scene): void {
    for (const other of this.like(scene)) this.known.get(other)?.delete(scene);
    this.known.delete(scene);
    for (const run of runsIn(scene)) this.byRun.remove(run, scene);
    for (const sentence of sentencesIn(scene, wordsOfRepeat)) {
      this.bySentence.remove(sentence, scene);
    }
  }

  private pair(scene: Scene): void {
    const like = this.known.get(scene);
    if (like === undefined) return;
    const runs = runsIn(scene);
    const shared = new Map<Scene, number>();
    for (const run of runs) {
      for (const other of this.byRun.beside(run, scene)) {
        shared.set(other, (shared.get(other) ?? 0) + 1);
      }
    }
    for (const [other, count] of shared) {
      if (count >= leastShared * Math.min(runs.size, runsIn(other).size)) like.add(other);
    }
    for (const sentence of sentencesIn(scene, wordsOfRepeat)) {
      for (const other of this.bySentence.beside(sentence, scene)) like.add(other);
    }
    for (const other of like) this.known.get(other)?.add(scene);
  }
}

/** Scenes by something that they have; nearly always one has it alone, which is to take no room. */
class ScenesBy<Key> {
  private readonly scenes = new Map<Key, Scene | Set<Scene>>();

  add(key: Key, scene: Scene): void {
    const there = this.scenes.get(key);
    if (there instanceof Set) there.add(scene);
    else this.scenes.set(key, there === undefined ? scene : new Set([there, scene]));
  }

  remove(key: Key, scene: Scene): void {
    const there = this.scenes.get(key);
    if (there instanceof Set) there.delete(scene);
    else if (there === scene) this.scenes.delete(key);
  }

  /** Others that have it too, no more than are worth looking at. */
  *beside(key: Key, scene: Scene): Iterable<Scene> {
    const there = this.scenes.get(key);
    if (!(there instanceof Set)) return;
    let left = mostInCommon;
    for (const other of there) {
      if (other === scene) continue;
      yield other;
      if (--left === 0) return;
    }
  }
}
