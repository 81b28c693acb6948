import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { between, ownWord } from '../unit/writing/durability-random.ts';
import type { Account } from './account.ts';
import type { EditorWindow } from './editor-window.ts';
import { textOnDisk } from './findings.ts';
import type { Moment } from './moments.ts';
import { textsBelow } from './texts.ts';
import type { WindowPair } from './window-pair.ts';

/**
 * How long an extension host stands still, in milliseconds: longer than a lock waits for a sign of life
 * (six looks, two seconds apart, after as long without a sign of life), so that another may take over.
 */
const standstillMs = 30_000;
/** So short that nobody may. */
const pauseMs = 3000;

export interface Struck {
  readonly pair: WindowPair;
  readonly account: Account;
  readonly random: () => number;
  /** Absolute path of the script that is worked on, once there is one. */
  readonly script: string | undefined;
  /** The window that is at work. */
  readonly worker: EditorWindow;
  /** The windows that the writer types into. */
  readonly typesInto: readonly EditorWindow[];
  /** Someone sits down at a window whose neighbour does not answer, and goes on there. */
  readonly goOnIn: (window: EditorWindow) => void;
}

/** Do to the windows what the moment says, and bring back what it took. */
export async function strike(moment: Moment, struck: Struck): Promise<void> {
  const { pair, account, worker } = struck;
  const targets =
    moment.of === 'both' ? pair.windows : [moment.of === 'worker' ? worker : pair.other(worker)];
  if (moment.typesBefore) await type(struck, pair.windows, true);
  const untouched = pair.windows.find((window) => !targets.includes(window));
  switch (moment.kind) {
    case 'kill':
      noteEnd(account, targets);
      for (const window of targets) window.signal('SIGKILL');
      await Promise.all(targets.map((window) => window.gone()));
      await account.noteKept();
      if (moment.typesMeanwhile) await type(struck, targets, false);
      break;
    case 'stop':
    case 'pause': {
      const goOn = standStill(account, targets);
      try {
        if (moment.typesMeanwhile) await type(struck, targets, false);
        await account.noteKept();
        const isLong = moment.kind === 'stop';
        if (isLong && untouched !== undefined) struck.goOnIn(untouched);
        await delay(isLong ? standstillMs : pauseMs);
      } finally {
        goOn();
      }
      break;
    }
    case 'reload':
    case 'close':
      for (const window of targets) await putAway(struck, window);
      noteEnd(account, targets);
      if (moment.kind === 'reload') await Promise.all(targets.map((window) => window.reload()));
      else {
        await Promise.all(targets.map((window) => window.close()));
        if (untouched !== undefined) {
          struck.goOnIn(untouched);
          await Promise.race([pair.after(between(struck.random, 1, 5), 0), delay(pauseMs)]);
        }
        for (const window of targets) await window.open();
      }
      break;
  }
  await Promise.all(targets.map((window) => window.host()));
  if (struck.script !== undefined) {
    for (const window of targets) await window.show(struck.script);
  }
}

function noteEnd(account: Account, targets: readonly EditorWindow[]): void {
  for (const { pid } of targets) {
    if (pid !== undefined)
      account.disturbances.push({ pid, kind: 'ended', from: Date.now(), to: Infinity });
  }
}

/** @returns lets them go on */
function standStill(account: Account, targets: readonly EditorWindow[]): () => void {
  const entries = targets.flatMap(({ pid }) =>
    pid === undefined ? [] : { pid, kind: 'stopped' as const, from: Date.now(), to: Infinity },
  );
  account.disturbances.push(...entries);
  for (const window of targets) window.signal('SIGSTOP');
  return () => {
    for (const window of targets) window.signal('SIGCONT');
    for (const entry of entries) entry.to = Date.now();
  };
}

/** Type into those of these windows that the writer uses, and save sometimes where that is possible. */
async function type(
  { account, random, script, typesInto }: Struck,
  windows: readonly EditorWindow[],
  maySave: boolean,
): Promise<void> {
  if (script === undefined) return;
  for (const window of windows) {
    if (!typesInto.includes(window) || !window.isShowing(script)) continue;
    const word = ownWord(account.words + 1);
    if (!(await window.type(word))) continue;
    account.noteTyped(script, word, window.name);
    // What two windows have changed only one can save.
    if (maySave && typesInto.length === 1 && random() < 0.5) await window.save();
  }
}

/** VS Code needs a moment to put away what was typed; a page that is gone before is not our matter. */
async function putAway({ pair, account, script }: Struck, window: EditorWindow): Promise<void> {
  if (script === undefined) return;
  const words = account.wordsIn(script, window.name);
  await eventually(`a backup of what was typed into the window of the ${window.name}`, async () => {
    const backups = [...(await textsBelow(`${pair.userData}/Backups`)).values()];
    const texts = [await textOnDisk(script), ...backups];
    return words.every((word) => texts.some((text) => text.includes(word))) ? true : undefined;
  });
}
