import { readFileSync } from 'node:fs';
import { writeFileAtomic } from '../../../src/base/files.ts';
import { asScenewrightError, type ScenewrightError } from '../../../src/base/errors.ts';
import { applyEdits, type TextEdit } from '../../../src/script/edits/text-edit.ts';
import { assignMissingIds } from '../../../src/script/edits/assign-ids.ts';
import { insertPlan } from '../../../src/script/edits/insert-plan.ts';
import { insertScenes } from '../../../src/script/edits/insert-scenes.ts';
import { newSceneId } from '../../../src/script/scene-ids.ts';
import { parseScript } from '../../../src/script/parse/parse-script.ts';
import type { ParsedScript } from '../../../src/script/parse/parsed-script.ts';
import { planOf, wantedScenes, writtenScenes } from '../../../src/script/story-order.ts';
import type { WritingEvent } from '../../../src/writing/writing-events.ts';
import type { WriteOptions } from '../../../src/writing/write-options.ts';
import { writeScript } from '../../../src/writing/write-script.ts';

/** Something that holds a script and can be edited while it is written. */
export interface Paper {
  read(): string;
  write(text: string): Promise<void>;
  /** Throws where no more of the outline may come into it. */
  requireBeats?(): void;
}

/** A file, replaced as an editor saves it: a reader finds the old text or the new one. */
export class PaperFile implements Paper {
  private readonly file: string;

  constructor(file: string) {
    this.file = file;
  }

  read(): string {
    return readFileSync(this.file, 'utf8');
  }

  write(text: string): Promise<void> {
    return writeFileAtomic(this.file, text);
  }
}

export class PaperInMemory implements Paper {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  read(): string {
    return this.text;
  }

  write(text: string): Promise<void> {
    this.text = text;
    return Promise.resolve();
  }
}

export type EngineOptions = Omit<WriteOptions, 'brief' | 'plan' | 'written' | 'script' | 'newId'>;

export interface RunEnd {
  readonly reason: 'done' | 'cancelled' | 'failed';
  readonly error?: ScenewrightError;
}

/**
 * Writes what a script lacks as the extension does: the text is parsed, ids are given, the engine
 * runs, and what it hands over is put into the text as it is at that moment.
 *
 * @param onEvent told of each event before anything of it comes into the text
 */
export async function writeOn(
  paper: Paper,
  options: EngineOptions,
  onEvent: (event: WritingEvent) => void = () => undefined,
): Promise<RunEnd> {
  const parsed = (): ParsedScript => parseScript(paper.read());
  const edit = async (compute: (script: ParsedScript) => readonly TextEdit[]): Promise<void> => {
    const script = parsed();
    const edits = compute(script);
    if (edits.length > 0) await paper.write(applyEdits(script.text, edits));
  };
  const giveIds = (): Promise<void> => edit((script) => assignMissingIds(script, newSceneId));

  await giveIds();
  const begun = parsed();
  const plan = planOf(begun);
  const events = writeScript({
    ...options,
    brief: begun.brief,
    ...(plan === undefined ? {} : { plan }),
    written: writtenScenes(begun),
    script: () => {
      const script = parsed();
      const now = planOf(script);
      return now && { plan: now, written: writtenScenes(script) };
    },
    newId: newSceneId,
  });
  let end: RunEnd | undefined;
  for await (const event of events) {
    onEvent(event);
    if (event.type === 'outlined') {
      try {
        paper.requireBeats?.();
      } catch (error) {
        return { reason: 'failed', error: asScenewrightError(error) };
      }
      await edit((script) => insertPlan(script, event.plan, options.model.label));
    } else if (event.type === 'batchWritten') {
      await edit((script) => insertScenes(script, wantedScenes(script, event.scenes)));
      await giveIds();
    } else if (event.type === 'stopped') end = event;
  }
  if (end === undefined) throw new Error('The run never said how it ended.');
  return end;
}
