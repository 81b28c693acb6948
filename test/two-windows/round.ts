import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { isOver, stateOf } from '../../src/jobs/job-state.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import { eventually } from '../support/eventually.ts';
import { oneOf } from '../unit/writing/durability-random.ts';
import type { Account } from './account.ts';
import type { EditorWindow } from './editor-window.ts';
import { isBehind, isComplete, recordsOf, textIn, textOnDisk } from './findings.ts';
import { HostGone } from './hands.ts';
import type { Moment } from './moments.ts';
import { strike } from './strike.ts';
import { sceneSeconds, type WindowPair } from './window-pair.ts';

export type Phase = 'writing' | 'rendering' | 'downloading';

export interface RoundOptions {
  readonly pair: WindowPair;
  readonly account: Account;
  readonly random: () => number;
  /** From 1. */
  readonly number: number;
  readonly scenes: number;
  /** The next moment for this half of the round; none when it is to go on undisturbed. */
  readonly moment: (half: 'writing' | 'rendering') => Moment | undefined;
  /** A moment has been, with what the services were busy with. */
  readonly onMoment: (moment: Moment, phase: Phase) => void;
  readonly log: (line: string) => void;
}

/** After so many beginnings a script should be written, or its clips be there. */
const mostBeginnings = 20;

/** One script, from its idea to its clips, with all that happens to the windows meanwhile. */
export class Round {
  private readonly options: RoundOptions;
  private readonly pair: WindowPair;
  private readonly typesInto: readonly EditorWindow[];
  /** What windows are doing at present, as far as we have asked for it. */
  private readonly works = new Set<Promise<void>>();
  private worker: EditorWindow;
  private script: string | undefined;

  constructor(options: RoundOptions) {
    this.options = options;
    this.pair = options.pair;
    const { random, pair, number } = options;
    const [folder, workspace] = pair.windows;
    this.worker = oneOf(random, [folder, workspace]);
    const both = [folder, workspace];
    const drawn = oneOf(random, [[], [folder], [workspace], both, both]);
    // However few rounds there are, something is typed in them.
    this.typesInto = number === 1 ? both : drawn;
  }

  async play(): Promise<void> {
    await this.half(
      'writing',
      () => this.isWritten(),
      () => this.write(),
    );
    await this.check();
    await this.half(
      'rendering',
      () => this.isRendered(),
      () => this.render(),
    );
    await this.check();
    await this.clear();
  }

  private async half(
    half: 'writing' | 'rendering',
    isOver: () => Promise<boolean>,
    begin: () => Promise<void>,
  ): Promise<void> {
    const { options, works, pair } = this;
    let moment = options.moment(half);
    for (let beginnings = 0; ;) {
      if (works.size === 0) {
        if (await isOver()) return;
        if (++beginnings > mostBeginnings) throw new Error(`${this.name}: ${half} never ends`);
        if (beginnings > 10) await delay(500);
        await begin();
        continue;
      }
      const work = Promise.race(works);
      if (moment === undefined) {
        await work;
        continue;
      }
      const struck = pair.after(moment.events, moment.delayMs).then(() => true);
      if (!(await Promise.race([struck, work.then(() => false)]))) continue;
      const phase = half === 'rendering' && pair.video.downloads > 0 ? 'downloading' : half;
      options.log(
        `${this.name}, ${phase}: ${moment.kind} of ${moment.of} (worker ${this.worker.name})`,
      );
      await strike(moment, {
        ...options,
        script: this.script,
        worker: this.worker,
        typesInto: this.typesInto,
        goOnIn: (window) => {
          this.goOnIn(window, half);
        },
      });
      options.onMoment(moment, phase);
      await this.check();
      moment = options.moment(half);
    }
  }

  private get name(): string {
    return `Story-${this.options.number}`;
  }

  private get uri(): string {
    return pathToFileURL(this.script ?? '').href;
  }

  /** Have something done, and see it as one of the works until it is. */
  private begin(window: EditorWindow, command: string, argument: object): void {
    const work = window
      .run(command, argument)
      .then(
        (result) => {
          this.options.log(`  ${window.name}: ${command} → ${JSON.stringify(result)}`);
        },
        (error: unknown) => {
          const why = error instanceof HostGone ? 'gone' : String(error);
          this.options.log(`  ${window.name}: ${command} → ${why}`);
        },
      )
      .finally(() => this.works.delete(work));
    this.works.add(work);
  }

  // ——— writing ———

  private async write(): Promise<void> {
    await this.find();
    if (this.script === undefined) {
      const idea = `The keeper of ${this.name} hands on the lamp`;
      this.begin(this.worker, 'scenewright.newScript', {
        idea,
        duration: this.options.scenes * sceneSeconds,
      });
      await eventually('the new script', async () =>
        this.works.size === 0 || (await this.find()) ? true : undefined,
      );
      return;
    }
    this.worker = await this.bestWindow();
    this.begin(this.worker, 'scenewright.writeScenes', { uri: this.uri });
  }

  /** @returns whether the script is there */
  private async find(): Promise<boolean> {
    if (this.script !== undefined) return true;
    const names = await readdir(this.pair.workspace);
    const name = names.find(
      (each) => each.includes(`-${this.name.toLowerCase()}-`) && each.endsWith('.md'),
    );
    if (name === undefined) return false;
    this.script = path.join(this.pair.workspace, name);
    for (const window of this.pair.windows) await window.show(this.script);
    return true;
  }

  private async isWritten(): Promise<boolean> {
    return (await this.completeWindows()).length > 0;
  }

  private async completeWindows(): Promise<EditorWindow[]> {
    const complete: EditorWindow[] = [];
    for (const window of this.pair.windows) {
      const text = this.script === undefined ? undefined : await textIn(window, this.script);
      if (text !== undefined && isComplete(parseScript(text))) complete.push(window);
    }
    return complete;
  }

  /** Whoever goes on does so where the most is: with unsaved changes windows may differ. */
  private async bestWindow(): Promise<EditorWindow> {
    const { script = '', pair } = this;
    const [folder, workspace] = pair.windows;
    const [one = '', two = ''] = await Promise.all(
      pair.windows.map((window) => textIn(window, script)),
    );
    const disk = await textOnDisk(script);
    const isFolderBehind = [two, disk].some((text) => isBehind(one, text));
    const isWorkspaceBehind = [one, disk].some((text) => isBehind(two, text));
    if (isFolderBehind !== isWorkspaceBehind) return isFolderBehind ? workspace : folder;
    if (isFolderBehind) return isBehind(one, two) ? workspace : folder;
    return oneOf(this.options.random, [folder, workspace]);
  }

  /** Go on in a window whose neighbour stands still or is gone, unless it plainly lacks something. */
  private goOnIn(window: EditorWindow, half: 'writing' | 'rendering'): void {
    const { script } = this;
    if (script === undefined) return;
    const patience = (async (): Promise<void> => {
      for (let attempt = 0; attempt < 20; attempt++) {
        const text = (await textIn(window, script)) ?? '';
        if (half === 'rendering') {
          if (isComplete(parseScript(text)))
            this.begin(window, 'scenewright.renderScenes', { uri: this.uri, confirmed: true });
          return;
        }
        if (isBehind(text, await textOnDisk(script))) return;
        const answer = await window
          .run('scenewright.writeScenes', { uri: this.uri })
          .catch((error: unknown) => error);
        this.options.log(
          `  ${window.name}: goes on → ${answer instanceof Error ? answer.message : JSON.stringify(answer)}`,
        );
        if (!(answer instanceof Error) || answer instanceof HostGone) return;
        await delay(1000);
      }
    })()
      .catch(() => undefined)
      .finally(() => this.works.delete(patience));
    this.works.add(patience);
  }

  // ——— rendering ———

  private async render(): Promise<void> {
    const { script = '', pair } = this;
    const complete = await this.completeWindows();
    const [first = this.worker, ...others] =
      this.options.random() < 0.5 ? complete : complete.reverse();
    this.worker = first;
    await this.retryUnclear();
    const work = (async (): Promise<void> => {
      const order = { uri: this.uri, confirmed: true };
      try {
        await first.run('scenewright.renderScenes', order);
      } catch (error) {
        this.options.log(`  ${first.name}: renderScenes → ${String(error)}`);
        const [second] = others;
        if (error instanceof HostGone) return;
        if (second !== undefined) {
          this.worker = second;
          await second.run('scenewright.renderScenes', order);
        } else if (String(error).includes('nother window')) {
          // As the message says: close the other one, and this one takes over.
          const blocker = pair.other(first);
          await blocker.close();
          await eventually('the jobs to be taken over', async () =>
            first.run('scenewright.renderScenes', order).then(
              () => true,
              () => undefined,
            ),
          );
          await blocker.open();
          await blocker.show(script);
        }
      }
      await eventually('an end of all jobs', async () => {
        const records = await recordsOf(pair, script);
        return records.every(isOver) ? true : undefined;
      });
    })()
      .catch((error: unknown) => {
        this.options.log(`  rendering: ${String(error)}`);
      })
      .finally(() => this.works.delete(work));
    this.works.add(work);
  }

  /** A look at the service: what it has not been asked for may be ordered again. */
  private async retryUnclear(): Promise<void> {
    const { pair, options } = this;
    for (const window of pair.windows) {
      const { jobs } = await window.look();
      for (const { id, state, script } of jobs) {
        if (state !== 'unclear' || script !== this.uri) continue;
        const record = (await recordsOf(pair, this.script ?? '')).find((each) => each.id === id);
        if (
          record === undefined ||
          pair.video.orders.some(({ prompt }) => prompt === record.prompt)
        )
          continue;
        const retried = await window
          .run('scenewright.jobs.retry', { job: id, confirmed: true })
          .then(
            () => true,
            () => false,
          );
        if (retried) options.account.ordersRetried++;
      }
    }
  }

  private async isRendered(): Promise<boolean> {
    const { script = '', pair } = this;
    const records = await recordsOf(pair, script);
    return Array.from({ length: this.options.scenes }, (_, index) => index + 1).every((number) =>
      records.some(
        (record) =>
          record.number === number &&
          (stateOf(record) === 'done' ||
            (stateOf(record) === 'unclear' &&
              pair.video.orders.some(({ prompt }) => prompt === record.prompt))),
      ),
    );
  }

  // ——— account ———

  private async check(): Promise<void> {
    const { script } = this;
    if (script === undefined) return;
    await this.options.account.checkWords(script, this.name);
    await this.options.account.checkClips(script, this.name);
  }

  /**
   * VS Code backs up unsaved text about a second after it has changed. Scenes that came into an editor
   * just before its window went are kept by the extension until they are saved: a person who asks for
   * them again has them back, and pays for none.
   */
  private async bringBack(): Promise<void> {
    for (let tries = 0; tries < mostBeginnings && !(await this.isWritten()); tries++) {
      if (tries > 10) await delay(500);
      await this.write();
      await Promise.all(this.works);
    }
  }

  /** All is told; the editors go, with what is unsaved in them. */
  private async clear(): Promise<void> {
    const { script = '', pair, options } = this;
    await this.bringBack();
    await options.account.noteKept();
    const [window] = await this.completeWindows();
    const text = window === undefined ? '' : ((await textIn(window, script)) ?? '');
    options.account.checkScript(text, this.name);
    for (const each of pair.windows) {
      await each.run('workbench.action.files.revert', undefined);
      await each.run('workbench.action.closeAllEditors', undefined);
    }
  }
}
