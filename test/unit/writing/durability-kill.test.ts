import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { renderNewScript } from '../../../src/script/render/render-new-script.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import { writtenScenes } from '../../../src/script/story-order.ts';
import { paces } from '../../../src/writing/schedule/scheduled-scene.ts';
import { englishBrief } from './durability-answers.ts';
import { logName, type ProgramOptions, scenesFolder, scriptName } from './durability-program.ts';
import { between, oneOf, ownWord, seeded, typedBy } from './durability-random.ts';

/** More of them with SCENEWRIGHT_KILLS=1000. */
const killsWanted = Number(process.env.SCENEWRIGHT_KILLS ?? 24);
/** Processes at a time; more would only wait for each other. */
const abreast = 3;

/** What is on disk of one script, as a process that was killed has left it. */
interface Left {
  /** What need not be asked again, because the document or a file of its own has it. */
  readonly safe: ReadonlySet<string>;
  /** Some of the outline is there, so that scenes may be written. */
  readonly begun: boolean;
  /** All of it is. */
  readonly planned: boolean;
}

/** One script and the processes that are killed over it. */
class Victim {
  readonly options: Omit<ProgramOptions, 'dieAt'>;
  readonly random: () => number;
  kills = 0;
  killsInPlanning = 0;
  private readonly file: string;
  private words = 0;
  /** All that the writer has typed, as it follows each other in the script. */
  private letters = '';
  private logged = 0;
  private readonly keptAnswers = new Set<string>();

  constructor(options: Omit<ProgramOptions, 'dieAt'>) {
    this.options = options;
    this.random = seeded(options.seed);
    this.file = path.join(options.folder, scriptName);
  }

  /**
   * Run one process, and kill it somewhere.
   *
   * @returns what it said at its end; nothing when it did not get there
   */
  async run(kill: 'by itself' | 'from outside' | 'never'): Promise<string | undefined> {
    const before = await this.left();
    // Early ones as often as late ones: planning has far fewer steps than writing.
    const steps = between(this.random, 1, this.random() < 0.5 ? 20 : 120);
    const dieAt = kill === 'by itself' ? { dieAt: steps } : {};
    const program = path.join(import.meta.dirname, 'durability-program.ts');
    const options: ProgramOptions = {
      ...this.options,
      seed: between(this.random, 1, 1e9),
      ...dieAt,
    };
    const child = spawn(process.execPath, [program, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // So many processes load the same modules.
      env: { ...process.env, NODE_COMPILE_CACHE: path.join(this.options.folder, '..', 'cache') },
    });
    let said = '';
    let complaints = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    const closed = once(child, 'close') as Promise<[number | null, string | null]>;
    if (kill === 'from outside') {
      await once(child.stdout, 'data');
      const timer = setTimeout(() => child.kill('SIGKILL'), this.random() * 120);
      await closed;
      clearTimeout(timer);
    }
    const [code, signal] = await closed;
    if (signal === 'SIGKILL') {
      this.kills++;
      if (!(await this.left()).begun) this.killsInPlanning++;
    }
    if (signal === null) assert.equal(code, 0, complaints);
    await this.check(before);
    return signal === 'SIGKILL' ? undefined : said.trim().split('\n').at(-1);
  }

  /** The writer uses the time until the next process: a note of their own, somewhere. */
  async type(): Promise<void> {
    const text = await readFile(this.file, 'utf8');
    const places = [...text.matchAll(/^(?=## Scene )/gmu)].map(({ index }) => index);
    const at = places[between(this.random, 0, places.length)] ?? text.length;
    const note = `${text.slice(0, at).endsWith('\n\n') ? '' : '\n'}${ownWord(++this.words)}\n\n`;
    const typed = text.slice(0, at) + note + text.slice(at);
    this.letters = typedBy(typed);
    await writeFile(this.file, typed);
  }

  /** The whole script is there, in order, and nothing is left over. */
  async checkEnd(): Promise<void> {
    const script = parseScript(await readFile(this.file, 'utf8'));
    const beats = script.outline.map(({ beat }) => beat.id);
    assert.equal(beats.length, this.beats);
    assert.deepEqual(
      script.scenes.map(({ id }) => id),
      beats,
    );
    assert.ok(script.scenes.every(({ written }) => written));
    assert.deepEqual(
      script.problems.filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(await this.keptScenes(), []);
    this.checkTyping(script.text);
  }

  private async check(before: Left): Promise<void> {
    this.checkTyping(await readFile(this.file, 'utf8'));
    const log = (await readFile(path.join(this.options.folder, logName), 'utf8')).split('\n');
    const asked = log
      .slice(this.logged)
      .flatMap((line) => (line.startsWith('asked ') ? [line.slice(6)] : []));
    for (const label of asked) {
      assert.ok(!before.safe.has(label), `${label} was asked again though it was safe`);
      assert.ok(label.startsWith('scene:') || !before.planned, `${label} after the plan`);
    }
    assert.deepEqual(
      asked,
      [...new Set(asked)],
      'a model that never fails is asked for everything once',
    );
    for (const line of log.slice(this.logged)) {
      if (line.startsWith('kept ') && !line.startsWith('kept scene:')) {
        this.keptAnswers.add(line.slice(5));
      }
    }
    this.logged = log.length - 1;
  }

  private get beats(): number {
    return this.options.seed % 2 === 0 ? 12 : 44;
  }

  private checkTyping(text: string): void {
    assert.equal(typedBy(text), this.letters);
  }

  private async left(): Promise<Left> {
    const script = parseScript(await readFile(this.file, 'utf8'));
    return {
      safe: new Set([
        ...writtenScenes(script).map(({ id }) => `scene:${id}`),
        ...(await this.keptScenes()).map((id) => `scene:${id}`),
        ...this.keptAnswers,
      ]),
      begun: script.outline.length > 0,
      planned: script.outline.length === this.beats,
    };
  }

  private async keptScenes(): Promise<string[]> {
    const names = await readdir(path.join(this.options.folder, scenesFolder)).catch(() => []);
    return names.flatMap((name) => /^(\w+)-\w+\.json$/u.exec(name)?.[1] ?? []);
  }
}

describe('an extension host that is killed', function () {
  this.timeout(180_000);
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'scenewright-kill-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it(`has lost no finished scene and no character typed, ${killsWanted} times at any moment`, async () => {
    let kills = 0;
    let killsInPlanning = 0;
    let scripts = 0;

    const victimise = async (): Promise<void> => {
      while (kills < killsWanted) {
        const seed = ++scripts;
        const own = await mkdtemp(path.join(folder, 'script-'));
        const random = seeded(seed);
        const duration = seed % 2 === 0 ? 96 : 352;
        await writeFile(
          path.join(own, scriptName),
          renderNewScript({ ...englishBrief, duration }, `Script ${seed}`),
        );
        await writeFile(path.join(own, logName), '');
        const victim = new Victim({
          folder: own,
          pace: paces[seed % paces.length] ?? 'batches',
          batchSize: oneOf(random, [3, 5, 8, 'auto']),
          seed,
        });
        let end: string | undefined;
        try {
          while (end === undefined && kills < killsWanted && victim.kills < 14) {
            await victim.type();
            end = await victim.run(random() < 0.6 ? 'by itself' : 'from outside');
            if (end === undefined) kills++;
          }
          end ??= await victim.run('never');
          assert.equal(end, JSON.stringify({ reason: 'done' }));
          killsInPlanning += victim.killsInPlanning;
          await victim.checkEnd();
        } catch (error) {
          throw new Error(`Script ${seed} (${JSON.stringify(victim.options)})`, { cause: error });
        }
      }
    };

    await Promise.all(Array.from({ length: abreast }, victimise));
    assert.ok(killsInPlanning >= 2, `${killsInPlanning} while it was planned`);
    assert.ok(kills - killsInPlanning >= 12, `${kills - killsInPlanning} while it was written`);
  });
});
