import type { Event } from '../base/events.ts';
import type { JobView } from '../jobs/job.ts';
import type { CodeBlockEditors } from './cards/code-block-editors.ts';
import type { ExtendMarkdownIt } from './cards/preview-cards.ts';
import type { ConsentToken } from './commands/caller.ts';
import type { Handler } from './commands/register-commands.ts';
import type { accountCommands } from './accounts/account-commands.ts';
import type { drawingCommands } from './drawing/drawing-commands.ts';
import type { filmCommands } from './film/film-commands.ts';
import type { jobListCommands } from './job-list/job-list-commands.ts';
import type { jobRowCommands } from './job-list/job-row-commands.ts';
import type { pictureCommands } from './pictures/picture-commands.ts';
import type { rearrangingCommands } from './rearranging/rearranging-commands.ts';
import type { takeCommands } from './render/take-commands.ts';
import type { renderCommands } from './render/render-commands.ts';
import type { rewritingCommands } from './rewriting/rewriting-commands.ts';
import type { markCommands } from './script/register-script.ts';
import type { sentCommands } from './sent/register-sent.ts';
import type { sceneCommands } from './scenes/register-scenes.ts';
import type { writingCommands } from './writing/writing-commands.ts';
import type { BatchEvent, WritingResult } from './writing/writing-run.ts';

/** What `activate()` returns to other extensions. Everything in it but the token and the parts for VS Code's Markdown is plain data. */
export interface ScenewrightApi {
  readonly version: 1;
  /**
   * Says that your code acts for the person. A command whose argument has it as `consent` asks nobody:
   * it does what it is told, and rejects where there would be something to decide, such as an order
   * that exceeds the budget. As `confirmed` it answers that with yes as well. Without it, the person is
   * asked before anything is paid for, sent to another address, written outside of the open folders or
   * thrown away, because a link or a key binding may pass any other argument. It has to be this very
   * object, so it counts only in the extension host that Scenewright itself runs in.
   */
  readonly consent: ConsentToken;
  /** All video jobs that this workspace knows. */
  readonly jobs: () => JobView[];
  /** The jobs that have changed, at most ten times a second. */
  readonly onDidChangeJobs: Event<readonly JobView[]>;
  /** A batch of scenes has come into a script. */
  readonly onDidWriteBatch: Event<BatchEvent>;
  /** A writing run has ended, whichever way. */
  readonly onDidFinishWriting: Event<WritingResult>;
  /** For VS Code's Markdown preview alone, which draws the scenes of scripts as cards with it. */
  readonly extendMarkdownIt: ExtendMarkdownIt;
  /** For VS Code's editor of rendered Markdown alone, which shows prompts of scripts as cards with it. */
  readonly markdownCodeBlockEditors: CodeBlockEditors;
}

type Commands = ReturnType<typeof accountCommands> &
  ReturnType<typeof drawingCommands> &
  ReturnType<typeof filmCommands> &
  ReturnType<typeof jobListCommands> &
  ReturnType<typeof jobRowCommands> &
  ReturnType<typeof markCommands> &
  ReturnType<typeof pictureCommands> &
  ReturnType<typeof rearrangingCommands> &
  ReturnType<typeof renderCommands> &
  ReturnType<typeof rewritingCommands> &
  ReturnType<typeof sceneCommands> &
  ReturnType<typeof sentCommands> &
  ReturnType<typeof takeCommands> &
  ReturnType<typeof writingCommands>;

/** Of each command the argument object that automation passes, and the answer. */
type CommandTypes = {
  readonly [K in keyof Commands]: Commands[K] extends Handler<infer A extends object, infer R>
    ? [A, R]
    : never;
};

export type CommandId = keyof CommandTypes;
export type Argument<K extends CommandId> = CommandTypes[K][0];
export type Result<K extends CommandId> = CommandTypes[K][1];
