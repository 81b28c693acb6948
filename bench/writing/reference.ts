import { ScenewrightError } from '../../src/base/errors.ts';
import type { WriterModel } from '../../src/models/writer-model.ts';
import type { Beat, Brief, Plan, Scene } from '../../src/script/script-model.ts';
import { sceneFromAnswer } from '../../src/writing/run/scene-from-answer.ts';
import { Schedule } from '../../src/writing/schedule/schedule.ts';
import { continuations } from './story.ts';
import type { EndpointConditions } from './endpoint-conditions.ts';

/** What our own engine is measured against, written as plainly as it can be, on the same client. */

export interface Job {
  readonly model: WriterModel;
  readonly brief: Brief;
  readonly plan: Plan;
  readonly conditions: EndpointConditions;
}

const batchSize = 5;

/**
 * Scenes as others write them: batches of five side by side, one batch after the other, one retry a
 * scene, and for context what the batches before have brought. Nothing is kept on disk or checked.
 */
export async function asOthersDo(job: Job): Promise<readonly Scene[]> {
  const { outline } = job.plan;
  const finished: Scene[] = [];
  for (let start = 0; start < outline.length; start += batchSize) {
    const before = [...finished];
    const batch = outline.slice(start, start + batchSize).map(async (beat) => {
      try {
        return await writeScene(job, beat, before);
      } catch {
        return await writeScene(job, beat, before);
      }
    });
    finished.push(...(await Promise.all(batch)));
  }
  return finished;
}

/**
 * Scenes as somebody would write them who knows the endpoint's limit at every moment: always as many
 * in flight as it takes, and never one more.
 */
export function asAnOracle(job: Job): Promise<readonly Scene[]> {
  const { plan, conditions } = job;
  const continues = continuations(conditions);
  const schedule = new Schedule(
    plan.outline.map(({ id }, i) => {
      const previous = plan.outline[i - 1]?.id;
      return {
        id,
        continues: continues[i] === true,
        ...(previous === undefined ? {} : { previous }),
      };
    }),
    { pace: 'planned', batchSize: 'auto' },
  );
  const finished: Scene[] = [];
  const { atOnce = Infinity, drop } = conditions.limits ?? {};
  return new Promise((resolve, reject) => {
    const send = async (beat: Beat): Promise<void> => {
      try {
        finished.push(await writeScene(job, beat, [...finished]));
      } catch (error) {
        // Sent while the limit dropped: it goes on when the next scene is done.
        if (!(error instanceof ScenewrightError && error.code === 'rate-limit')) throw error;
        schedule.putBack(beat.id);
        return;
      }
      schedule.written(beat.id);
      sendAll();
    };
    const sendAll = (): void => {
      if (schedule.complete) resolve(finished);
      const dropped = drop !== undefined && finished.length >= drop.after;
      for (;;) {
        const id = schedule.next(dropped ? drop.atOnce : atOnce);
        const beat = plan.outline.find((one) => one.id === id);
        if (beat === undefined) return;
        send(beat).catch(reject);
      }
    };
    sendAll();
  });
}

async function writeScene(
  { model, brief, plan }: Job,
  beat: Beat,
  finished: readonly Scene[],
): Promise<Scene> {
  const { title, logline, bible, outline } = plan;
  const answer = await model.generate(
    { kind: 'scene', brief, title, logline, bible, outline, beat, finished },
    { signal: new AbortController().signal },
  );
  return sceneFromAnswer(answer, beat, bible);
}
