import * as vscode from 'vscode';
import { isCancelled } from '../../base/errors.ts';
import type { Brief } from '../../script/script-model.ts';
import type { AddAccountArgument } from '../accounts/account-picks.ts';
import type { ChooseStudioArgument, StudioChoice } from '../accounts/choose-studio.ts';
import type { ChooseWriterArgument, WriterChoice } from '../accounts/choose-writer.ts';
import {
  callerOf,
  isByHand,
  type CallArgument,
  type Caller,
  type OrderArgument,
} from './caller.ts';
import type { JobFilter } from '../job-list/job-filter.ts';
import type { Messages } from '../ui/messages.ts';

/** A script, by its address. */
export interface ScriptArgument extends OrderArgument {
  readonly uri: vscode.Uri | string;
}

export interface NewScriptArgument extends Partial<Brief>, OrderArgument {
  /** Folder for the file: absolute, or relative to the first workspace folder. */
  readonly folder?: string;
  /** Stop after the outline, so that it can be edited before the scenes are written. */
  readonly outlineOnly?: boolean;
}

export interface WritingResult {
  readonly uri: string;
  /** Scenes that the script holds once the run has ended. */
  readonly scenes: number;
  /** Scenes of the outline that are still missing. */
  readonly failed: number;
  /** Why the run ended before its time; absent when it was complete or cancelled. */
  readonly error?: string;
}

export interface JobArgument extends OrderArgument {
  readonly job: string;
}

/** Any field marks a call as automation's. */
export type NoArgument = Readonly<Record<string, unknown>>;

export interface JobCount {
  /** How many jobs it was done to. */
  readonly jobs: number;
}

/**
 * Every command: the argument object that automation passes, and what it gets back. A test compares
 * this list with `package.json`.
 */
export interface CommandTypes {
  'scenewright.newScript': [NewScriptArgument, WritingResult];
  'scenewright.writeScenes': [ScriptArgument, WritingResult];
  'scenewright.rewriteScene': [
    ScriptArgument & {
      /** Number of the scene in the document, from 1. */
      readonly scene: number;
      readonly instruction?: string;
      /** Put the new text in at once instead of showing it as a diff. */
      readonly apply?: boolean;
    },
    { readonly applied: boolean },
  ];
  /**
   * Takes the last rewrite of a scene that nobody has decided on yet. Rejects where there is none, or
   * the scene has changed since it was asked for.
   */
  'scenewright.takeRewrite': [
    ScriptArgument & { readonly scene: number },
    { readonly applied: boolean },
  ];
  'scenewright.refuseRewrite': [
    ScriptArgument & { readonly scene: number },
    { readonly applied: false },
  ];
  'scenewright.pauseWriting': [ScriptArgument, undefined];
  'scenewright.resumeWriting': [ScriptArgument, undefined];
  'scenewright.cancelWriting': [ScriptArgument, undefined];
  'scenewright.showProgress': [Partial<ScriptArgument>, undefined];
  'scenewright.renderScenes': [
    ScriptArgument & {
      /** Numbers of the scenes in the document, from 1. Left out: all that are missing or stale. */
      readonly scenes?: readonly number[];
    },
    { readonly jobs: readonly string[] },
  ];
  'scenewright.assembleVideo': [
    ScriptArgument,
    { readonly file: string; readonly seconds: number; readonly clips: number },
  ];
  'scenewright.exportSubtitles': [ScriptArgument, { readonly files: readonly string[] }];
  'scenewright.chooseStudio': [ChooseStudioArgument & OrderArgument, StudioChoice];
  'scenewright.addAccount': [AddAccountArgument & OrderArgument, { readonly id: string }];
  'scenewright.manageAccounts': [Record<string, never>, undefined];
  'scenewright.chooseWriter': [ChooseWriterArgument & OrderArgument, WriterChoice];
  'scenewright.revealScene': [ScriptArgument & { readonly sceneId: string }, undefined];
  'scenewright.jobs.open': [JobArgument, undefined];
  'scenewright.jobs.reveal': [JobArgument, undefined];
  'scenewright.jobs.retry': [JobArgument, undefined];
  'scenewright.jobs.cancel': [JobArgument, undefined];
  'scenewright.jobs.pause': [JobArgument, undefined];
  'scenewright.jobs.resume': [JobArgument, undefined];
  'scenewright.jobs.remove': [JobArgument, undefined];
  'scenewright.jobs.openExternal': [JobArgument, undefined];
  'scenewright.jobs.revealScene': [JobArgument, undefined];
  /** Orders the enlargement, which may cost money; asks only a person. */
  'scenewright.jobs.upscale': [JobArgument, undefined];
  'scenewright.jobs.pauseAll': [NoArgument, JobCount];
  'scenewright.jobs.resumeAll': [NoArgument, JobCount];
  /** Never what is unclear, has expired or was cancelled. */
  'scenewright.jobs.retryFailed': [NoArgument & OrderArgument, JobCount];
  'scenewright.jobs.filter': [
    CallArgument & { readonly filter: JobFilter },
    { readonly filter: JobFilter },
  ];
}

export type CommandId = keyof CommandTypes;
export type Argument<K extends CommandId> = CommandTypes[K][0];
export type Result<K extends CommandId> = CommandTypes[K][1];

export type Handler<K extends CommandId> = (
  /** What a view, automation or a link passed; empty when it came from the palette. */
  argument: Partial<Argument<K>>,
  context: {
    readonly caller: Caller;
    /** A person is at the other end: missing parts may be asked for. */
    readonly interactive: boolean;
    /** The rows of a multiple selection in a tree, the clicked one included. */
    readonly selection: readonly Partial<Argument<K>>[];
    /** What the editor holds whose title bar was clicked. */
    readonly resource: vscode.Uri | undefined;
  },
) => Promise<Result<K> | undefined>;

/**
 * Passed by links of ours, which can hold nothing but what can be written down. It gives no rights:
 * errors are shown, not thrown.
 */
export interface LinkArgument {
  readonly isLink?: true;
}

/**
 * Register a command. From the palette, a menu or a key without arguments its errors are shown to the
 * writer; called with an argument object they reject the call and nothing pops up but the questions
 * that {@link Caller} tells of.
 */
export function registerCommand<K extends CommandId>(
  id: K,
  messages: Messages,
  handler: Handler<K>,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (first?: unknown, second?: unknown) => {
    const resource = first instanceof vscode.Uri ? first : undefined;
    const plain =
      typeof first === 'object' && first !== null && resource === undefined ? first : {};
    const caller = callerOf(plain);
    const { interactive } = caller;
    const rows = Array.isArray(second) && second.every(isByHand) ? second : [];
    const selection = (rows.length > 0 ? rows : [plain]) as Partial<Argument<K>>[];
    try {
      return await handler(plain, { caller, interactive, selection, resource });
    } catch (error) {
      if (!interactive && (plain as LinkArgument).isLink !== true) throw error;
      if (!isCancelled(error)) messages.error(error);
      return undefined;
    }
  });
}
