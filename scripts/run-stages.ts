import type { Results } from '../test/runner/results.ts';
import { step, type Log } from './steps.mjs';

export interface Stage {
  readonly name: string;
  /** Other stages that have to be done first. */
  readonly needs: readonly string[];
  /** Returns the results, for a stage that runs tests. */
  readonly run: (log: Log) => Promise<{ readonly detail?: string; readonly results?: Results }>;
}

export interface StagesToRun {
  /** In the order in which they are shown, each after those that it needs. */
  readonly stages: readonly Stage[];
  /** How many are under way side by side: much of some is waiting. */
  readonly atOnce: number;
  /** Stages whose tests are all listed. */
  readonly listed: readonly string[];
  /** Called with the results of each that runs tests. */
  readonly onResults: (name: string, results: Results) => Promise<void>;
}

interface Sums {
  readonly passed: number;
  /** Tests; a stage without results counts as one. */
  readonly failed: number;
}

interface Outcome extends Sums {
  /** Whether what needs this stage can be run. */
  readonly isDone: boolean;
}

/** Run stages. Each is shown once it and all before it have ended. */
export async function runStages(run: StagesToRun): Promise<Sums> {
  const { stages, atOnce } = run;
  const outcomes = new Map<string, Outcome>();
  const texts = new Map<string, string>();
  const left = [...stages];
  let shown = 0;
  const show = (): void => {
    for (let stage = stages[shown]; stage !== undefined; stage = stages[++shown]) {
      if (!outcomes.has(stage.name)) return;
      process.stdout.write(texts.get(stage.name) ?? '');
    }
  };
  const begin = async (stage: Stage): Promise<void> => {
    // One alone is seen while it runs.
    const say =
      atOnce === 1
        ? undefined
        : (text: string): void => {
            texts.set(stage.name, (texts.get(stage.name) ?? '') + text);
          };
    const isMissing = stage.needs.some((name) => outcomes.get(name)?.isDone === false);
    const outcome = isMissing ? notRun(stage, say) : await outcomeOf(stage, run, say);
    outcomes.set(stage.name, outcome);
    show();
  };
  const underWay = new Set<Promise<void>>();
  while (left.length > 0 || underWay.size > 0) {
    const ready = left.findIndex(({ needs }) => needs.every((name) => outcomes.has(name)));
    const [stage] = underWay.size < atOnce && ready >= 0 ? left.splice(ready, 1) : [];
    if (stage === undefined) {
      await Promise.race(underWay);
      continue;
    }
    const done = begin(stage).then(() => {
      underWay.delete(done);
    });
    underWay.add(done);
  }
  const all = [...outcomes.values()];
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}

type Say = ((text: string) => void) | undefined;

function write(say: Say, text: string): void {
  if (say === undefined) process.stdout.write(text);
  else say(text);
}

function notRun({ name }: Stage, say: Say): Outcome {
  write(say, `- ${name}  not run\n`);
  return { passed: 0, failed: 1, isDone: false };
}

async function outcomeOf(stage: Stage, run: StagesToRun, say: Say): Promise<Outcome> {
  try {
    const results = await step(
      stage.name,
      async (log) => {
        const { results: value, detail } = await stage.run(log);
        if (value === undefined) return { ...(detail === undefined ? {} : { detail }), value };
        await run.onResults(stage.name, value);
        return { detail: value.summary, failed: value.failed > 0, value };
      },
      say,
    );
    if (results === undefined) return { passed: 0, failed: 0, isDone: true };
    if (run.listed.includes(stage.name)) write(say, `${results.list}\n`);
    if (results.failed > 0) write(say, `\n${results.why}\n`);
    return { passed: results.passed, failed: results.failed, isDone: true };
  } catch {
    // The step has shown why.
    return { passed: 0, failed: 1, isDone: false };
  }
}
