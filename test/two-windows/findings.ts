import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { JobRecord } from '../../src/jobs/job.ts';
import { readRecord } from '../../src/jobs/read-record.ts';
import { parseScript } from '../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../src/script/parse/parsed-script.ts';
import { missingScenes, planOf } from '../../src/script/story-order.ts';
import type { EditorWindow } from './editor-window.ts';
import { textsBelow } from './texts.ts';
import type { WindowPair } from './window-pair.ts';

/** The records of the jobs of a script, in whichever storage they lie. */
export async function recordsOf(pair: WindowPair, script: string): Promise<readonly JobRecord[]> {
  const uri = pathToFileURL(script).href;
  const texts = await textsBelow(pair.userData);
  return [...texts].flatMap(([file, text]) => {
    if (!file.endsWith('.json') || !text.includes('"pictureHash"')) return [];
    const record = readRecord(text);
    return record.script === uri ? record : [];
  });
}

/** What a window has of a script in its editor; `undefined` where it is not open. */
export async function textIn(window: EditorWindow, script: string): Promise<string | undefined> {
  const { documents } = await window.look();
  return documents.find(({ file }) => file === script)?.text;
}

export async function textOnDisk(script: string): Promise<string> {
  return readFile(script, 'utf8').catch(() => '');
}

/** Ids of the scenes that a text has in full. */
function writtenIn(text: string): ReadonlySet<string> {
  const { scenes } = parseScript(text);
  return new Set(scenes.flatMap(({ id, written }) => (written && id !== undefined ? id : [])));
}

export function isComplete(script: ParsedScript): boolean {
  return planOf(script) !== undefined && missingScenes(script) === 0;
}

/** Whether one text of a script lacks what another one has. */
export function isBehind(text: string, other: string): boolean {
  const own = writtenIn(text);
  if (![...writtenIn(other)].every((id) => own.has(id))) return true;
  return planOf(parseScript(text)) === undefined && planOf(parseScript(other)) !== undefined;
}
