import { createHash } from 'node:crypto';
import type { Beat, Brief, Scene, SceneId } from '../../script/script-model.ts';
import { memoizeLast } from '../../base/memoize.ts';
import type { ParsedScript, SceneNode } from '../../script/parse/parsed-script.ts';
import { planOf } from '../../script/story-order.ts';
import { RepeatedScenes } from './repeated-scenes.ts';
import { askForTheSame } from './repeated-text.ts';
import {
  beatsById,
  copyFault,
  echoFault,
  languageFaults,
  type SceneFault,
  type SceneFlag,
  spokenFaults,
  uncastFaults,
} from './scene-checks.ts';

/** Something about a scene of a script that is to be looked at. */
export interface SceneMark extends SceneFlag {
  /** Position of the scene in the document, from 0. */
  readonly index: number;
  readonly id: SceneId;
  /** What a model would be told to do about it, in English; absent where that is the writer's alone. */
  readonly complaint?: string;
  /** Whom it is about. */
  readonly name?: string;
  /** Stands for this remark on the scene as it reads now: another one once that is another text. */
  readonly key: string;
}

/**
 * Looks at the scenes of one script as at freshly written ones, whoever wrote them: what is said of them
 * follows from the document alone, so that it can never be out of step with that. Of what is the same as
 * at the last look little is looked at again.
 */
export class SceneMarks {
  private readonly repeated = new RepeatedScenes();

  of(script: ParsedScript): readonly SceneMark[] {
    const written = script.scenes.filter((node) => node.written);
    this.repeated.update(written.map(({ scene }) => scene));
    const positions = new Map(written.map(({ scene }, i) => [scene, i]));
    const outline = planOf(script)?.outline ?? [];
    const beats = beatsById(outline);
    const { brief, reading } = script;
    return script.scenes.flatMap((node, index) => {
      if (!node.written) return [];
      const { scene } = node;
      const beat = beats.get(scene.id);
      const found: (SceneFault & { readonly name?: string })[] = [
        ...ownFaults(scene, brief.language, brief.idea, brief.instructions),
        ...this.repeats(scene, positions, outline),
        ...(beat === undefined ? [] : uncastFaults(scene, beat, reading.names, outline)),
      ];
      return found.map((fault) => markOf(fault, node, index));
    });
  }

  /** What a scene tells again of those before it. */
  private repeats(
    scene: Scene,
    positions: ReadonlyMap<Scene, number>,
    outline: readonly Beat[],
  ): SceneFault[] {
    const own = positions.get(scene) ?? 0;
    const place = (other: Scene): number => positions.get(other) ?? Infinity;
    const before = [...this.repeated.like(scene)].filter((other) => place(other) < own);
    if (before.length === 0) return [];
    const beats = beatsById(outline);
    const beat = beats.get(scene.id);
    const others = before
      .filter(({ id }) => !askForTheSame(beats.get(id), beat))
      .sort((a, b) => place(a) - place(b));
    for (const find of [copyFault, echoFault]) {
      for (const other of others) {
        const fault = find(scene, other, outline);
        if (fault !== undefined) return [fault];
      }
    }
    return [];
  }
}

/** What is said of a scene by itself. */
const ownFaults = memoizeLast(
  (scene: Scene, language: string, idea: string, instructions: string): SceneFault[] => {
    const brief: Pick<Brief, 'language' | 'idea' | 'instructions'> = {
      language,
      idea,
      instructions,
    };
    return [...languageFaults(scene, { brief }), ...spokenFaults(scene, { brief })];
  },
);

function markOf(
  { kind, message, complaint, name }: SceneFault & { readonly name?: string },
  { scene }: SceneNode,
  index: number,
): SceneMark {
  const mark = { index, id: scene.id, kind, message, complaint, key: markKey(kind, scene, name) };
  return name === undefined ? mark : { ...mark, name };
}

/** Names a remark on a scene as it reads now. */
export function markKey(kind: SceneFlag['kind'], scene: Scene, name = ''): string {
  const { id, title, seconds, cast, action, dialogue, narration, sound, prompt } = scene;
  const text = [title, seconds, cast, action, dialogue, narration, sound, prompt];
  return createHash('sha256')
    .update(JSON.stringify([kind, id, name, text]))
    .digest('base64url')
    .slice(0, 22);
}
