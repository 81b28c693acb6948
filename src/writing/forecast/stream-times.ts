import type { SceneId } from '../../script/script-model.ts';

/** How long a scene will probably take in all, told from how its text streams in. */
export interface LikelyLength {
  readonly ms: number;
  /** Standard deviation of the natural logarithm of `ms`. */
  readonly spread: number;
}

/** What the streaming of a scene tells at a moment. */
export interface Streamed {
  /** Absent until enough has streamed in, of this scene and of finished ones. */
  readonly likely?: LikelyLength;
  /** It will hardly take less, as so much of it should be there by now otherwise. */
  readonly atLeastMs?: number;
}

/** So many characters of readable text from one mark to the next. */
const stride = 100;

/** How far the time at a mark and the whole time go apart, until scenes of this run have shown it. */
const usualSpread = 0.3;

/** As how many scenes that counts. */
const usualWeight = 2;

/** A few scenes that agree by chance prove no more than this. */
const leastSpread = 0.08;

/** Hardly any scene takes less than expected by so many times the spread. */
const caution = 2;

/** Over finished scenes: their whole time by the time at a mark, as logarithms. */
interface Ratio {
  count: number;
  sum: number;
  squares: number;
}

/**
 * Learns from the scenes of a run how the text of a scene streams in: how much longer than up to its
 * hundredth, two hundredth … character it takes to its end. With that the length of a scene under way
 * can be told long before it is finished, however the endpoint streams: at an even speed, after a long
 * silence, or with much to come that is not shown.
 */
export class StreamTimes {
  private readonly marks = new Map<SceneId, number[]>();
  /** By mark. */
  private readonly ratios: Ratio[] = [];

  /** A scene is asked for, or asked for again: its text begins anew. */
  begun(id: SceneId): void {
    this.marks.set(id, []);
  }

  /**
   * @param characters readable text of the scene so far
   * @param ageMs how long it has been asked for
   */
  text(id: SceneId, characters: number, ageMs: number): void {
    const marks = this.marks.get(id);
    if (marks === undefined || ageMs <= 0) return;
    while ((marks.length + 1) * stride <= characters) marks.push(ageMs);
  }

  /** The scene is finished after so long in all; it teaches about those to come. */
  finished(id: SceneId, wholeMs: number): void {
    for (const [mark, ageMs] of this.take(id).entries()) {
      const log = Math.log(Math.max(wholeMs, ageMs) / ageMs);
      const ratio = (this.ratios[mark] ??= { count: 0, sum: 0, squares: 0 });
      ratio.count++;
      ratio.sum += log;
      ratio.squares += log * log;
    }
  }

  /** The scene has come to nothing; what was seen of it teaches nothing. */
  dropped(id: SceneId): void {
    this.take(id);
  }

  /** @param ageMs how long the scene has been asked for */
  tell(id: SceneId, ageMs: number): Streamed {
    const marks = this.marks.get(id) ?? [];
    // Of the last marks nothing may be known yet: no finished scene was as long.
    const reached = Math.min(marks.length, this.ratios.length) - 1;
    const likely = this.toldBy(reached, marks[reached] ?? 0);
    // It reaches its next mark now, at the earliest.
    const next = this.toldBy(marks.length, ageMs);
    return {
      ...(likely === undefined ? {} : { likely }),
      ...(next === undefined ? {} : { atLeastMs: next.ms * Math.exp(-caution * next.spread) }),
    };
  }

  /** The whole time of a scene that reaches a mark at an age. */
  private toldBy(mark: number, ageMs: number): LikelyLength | undefined {
    const ratio = this.ratios[mark];
    if (ratio === undefined) return undefined;
    const mean = ratio.sum / ratio.count;
    const squares = Math.max(0, ratio.squares - ratio.sum * mean);
    const variance = (squares + usualWeight * usualSpread ** 2) / (ratio.count - 1 + usualWeight);
    return { ms: ageMs * Math.exp(mean), spread: Math.max(leastSpread, Math.sqrt(variance)) };
  }

  private take(id: SceneId): readonly number[] {
    const marks = this.marks.get(id) ?? [];
    this.marks.delete(id);
    return marks;
  }
}
