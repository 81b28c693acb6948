import { TruncatedAnswer } from '../../../src/models/answer-errors.ts';
import type { BeatAnswer, OutlineAnswer } from '../../../src/models/answer-schemas.ts';
import type { GenerateOptions } from '../../../src/models/writer-model.ts';
import type { OutlineTask, WriterTask } from '../../../src/models/writer-tasks.ts';
import { answerOfPlanning } from '../../../fixtures/plan-answers.ts';
import { sceneOfId } from './durability-answers.ts';
import { FakeModel, failures, type VirtualClock } from './writing-support.ts';

type Slip = 'none' | 'network' | 'invalid' | 'cut' | 'few' | 'many' | 'twice' | 'whole' | 'busy';
const slips: readonly Slip[] = [
  'network',
  'invalid',
  'cut',
  'few',
  'many',
  'twice',
  'whole',
  'busy',
];

/** Streams beats and slips as real models do; knows what it has answered in full. */
export class SlippingModel extends FakeModel {
  readonly done: string[] = [];
  share = 0;
  private readonly random: () => number;

  constructor(clock: VirtualClock, random: () => number) {
    super();
    this.random = random;
    const wait = (seconds: number, { signal }: GenerateOptions): Promise<void> =>
      clock.sleep(seconds * 1000, signal);
    this.answer = async ({ task }, options) => {
      const answer = await this.answerTo(task, options, wait);
      options.signal.throwIfAborted();
      this.done.push(nameOf(task));
      return answer;
    };
  }

  private async answerTo(
    task: WriterTask,
    options: GenerateOptions,
    wait: (seconds: number, options: GenerateOptions) => Promise<void>,
  ): Promise<unknown> {
    const { random } = this;
    const slip =
      random() < this.share ? (slips[Math.floor(random() * slips.length)] ?? 'none') : 'none';
    if (slip === 'busy') throw failures.busy();
    if (task.kind !== 'outline') {
      await wait(5 * random(), options);
      if (slip === 'network') throw failures.network();
      if (slip === 'invalid') throw failures.invalid();
      return task.kind === 'scene' ? sceneOfId(task.beat.id) : answerOfPlanning(task);
    }
    return this.beats(task, slip, options, wait);
  }

  private async beats(
    task: OutlineTask,
    slip: Slip,
    options: GenerateOptions,
    wait: (seconds: number, options: GenerateOptions) => Promise<void>,
  ): Promise<OutlineAnswer> {
    const { random } = this;
    let beats: BeatAnswer[] = (answerOfPlanning(task) as OutlineAnswer).beats;
    const at = Math.floor(random() * (beats.length + 1));
    if (slip === 'few') beats = beats.slice(0, Math.max(1, at));
    if (slip === 'many')
      beats = [
        ...beats,
        ...beats.slice(0, 1).map((one) => ({ ...one, summary: 'And so it went on.' })),
      ];
    if (slip === 'twice') beats = [...beats, ...beats];
    if (slip === 'whole') return { beats };
    for (const [i, beat] of beats.entries()) {
      if (i === at && slip === 'network') throw failures.network();
      if (i === at && slip === 'invalid') throw failures.invalid();
      if (i === at && slip === 'cut') throw new TruncatedAnswer('It broke off.', 'Be briefer.');
      await wait(2 * random(), options);
      options.onEntry?.(beat);
    }
    return { beats };
  }
}

function nameOf(task: WriterTask): string {
  if (task.kind === 'outline') return `beats ${task.part.from}–${task.part.to}`;
  return task.kind === 'scene' ? `scene ${task.beat.id}` : task.kind;
}
