import { createHash } from 'node:crypto';
import { seamAnswerSchema, type SeamAnswer } from '../../models/answer-schemas.ts';
import type { Scene, SceneId } from '../../script/script-model.ts';
import type { AnswerJournal } from '../journal/answer-journal.ts';

/**
 * What has been said of neighbours that code suspects, kept until the later one is in the document:
 * a run that is resumed asks nobody a second time about the same two texts.
 */
export class SeamVerdicts {
  private readonly answers: AnswerJournal | undefined;
  private readonly keys = new Map<SceneId, Set<string>>();

  constructor(answers: AnswerJournal | undefined) {
    this.answers = answers;
  }

  /** What was said of these very texts, if anything was. */
  async of(earlier: Scene, later: Scene): Promise<SeamAnswer | undefined> {
    return seamAnswerSchema.safeParse(await this.answers?.get(this.keyOf(earlier, later))).data;
  }

  async keep(earlier: Scene, later: Scene, verdict: SeamAnswer): Promise<void> {
    // Where it cannot be kept all that is lost is the chance not to ask again.
    await this.answers?.put(this.keyOf(earlier, later), verdict).catch(() => undefined);
  }

  /** These scenes are in the document, or their texts others: what was said is of no use any more. */
  async forget(scenes: readonly Scene[]): Promise<void> {
    const keys = scenes.flatMap(({ id }) => [...(this.keys.get(id) ?? [])]);
    for (const { id } of scenes) this.keys.delete(id);
    const { answers } = this;
    if (answers !== undefined) await Promise.allSettled(keys.map((key) => answers.remove(key)));
  }

  private keyOf(earlier: Scene, later: Scene): string {
    const key = createHash('sha256')
      .update(JSON.stringify(['seam', earlier, later]))
      .digest('hex');
    const keys = this.keys.get(later.id) ?? new Set();
    this.keys.set(later.id, keys.add(key));
    return key;
  }
}
