import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Scene, SceneId } from '../../script/model.ts';
import { keptScene } from './kept.ts';
import type { KeptAnswers } from './kept-answers.ts';

/** A scene that was written anew. */
export interface Rewrite {
  readonly scene: Scene;
  /** What the writer wanted changed; may be empty. */
  readonly instruction: string;
  /** The text of its section when it was asked for. */
  readonly before: string;
}

const keptRewrite = z.object({
  version: z.literal(1),
  scene: keptScene,
  instruction: z.string(),
  before: z.string(),
});

/**
 * Rewrites that the writer has neither taken nor refused yet, the last one of each scene: a diff that
 * goes with its window, or a word at the edge of it that is closed, loses nothing that was paid for.
 */
export class KeptRewrites {
  private readonly answers: KeptAnswers;

  constructor(answers: KeptAnswers) {
    this.answers = answers;
  }

  async get(id: SceneId): Promise<Rewrite | undefined> {
    const kept = keptRewrite.safeParse(await this.answers.get(keyOf(id))).data;
    if (kept?.scene.id !== id) return undefined;
    const { scene, instruction, before } = kept;
    return { scene, instruction, before };
  }

  /** @throws when it cannot be kept, such as on a full disk */
  async put({ scene, instruction, before }: Rewrite): Promise<void> {
    await this.answers.put(keyOf(scene.id), { version: 1, scene, instruction, before });
  }

  /** Forget it; no matter if there is none. */
  async remove(id: SceneId): Promise<void> {
    await this.answers.remove(keyOf(id));
  }
}

/** Ids come from documents that anybody may have edited; a digest is a safe name for a file. */
function keyOf(id: SceneId): string {
  return createHash('sha256').update(id).digest('hex');
}
