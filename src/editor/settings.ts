import * as vscode from 'vscode';
import type { Pace } from '../writing/schedule.ts';
import type { OnlineProvider } from './accounts/studio-list.ts';

export type WriterProvider = 'offline' | 'openai' | 'vscode';
export type VideoProvider = 'animatic' | OnlineProvider;

/** Every setting of the extension and its type; a test compares this list with `package.json`. */
export interface SettingTypes {
  'writer.provider': WriterProvider;
  'writer.baseUrl': string;
  'writer.model': string;
  'writer.vscodeModel': string;
  'writer.pace': Pace;
  'writer.batchSize': number | 'auto';
  'writer.contextTokens': number;
  'writer.hedge': boolean;
  /** Money per million tokens. */
  'writer.price': { readonly input: number; readonly output: number };
  'writer.budget': number;
  'video.provider': VideoProvider;
  'video.baseUrl': string;
  'video.model': string;
  'video.clipSeconds': readonly number[];
  'video.requestFormat': 'json' | 'multipart';
  'video.pollSeconds': number;
  /** US dollars for a clip and for each of its seconds; what is left out the studio tells. */
  'video.price': { readonly perClip?: number; readonly perSecond?: number };
  /** US dollars; 0 for no limit. */
  'video.budget': number;
  'downloads.parallel': number;
  'downloads.folder': string;
  'downloads.segments': number;
  'downloads.connectionsPerHost': number;
  /** Megabytes per second; 0 for no limit. */
  'downloads.bandwidth': number;
  /** Gigabytes. */
  'downloads.largestClip': number;
  'downloads.replaced': 'trash' | 'delete';
  upscale: 'off' | '4k';
  ffmpegPath: string;
}

/** Ranges of the numbers. VS Code marks values outside in the settings file but still hands them over. */
const ranges: Partial<Record<keyof SettingTypes, readonly [number, number]>> = {
  'writer.batchSize': [1, 50],
  'writer.contextTokens': [0, 1_000_000],
  'writer.budget': [0, Number.MAX_VALUE],
  'video.pollSeconds': [1, 120],
  'video.budget': [0, Number.MAX_VALUE],
  'downloads.parallel': [1, 20],
  'downloads.segments': [1, 4],
  'downloads.connectionsPerHost': [1, 64],
  'downloads.bandwidth': [0, 100_000],
  'downloads.largestClip': [0.01, 100_000],
};

/** The numbers that count something. */
const counts: ReadonlySet<keyof SettingTypes> = new Set([
  'writer.batchSize',
  'writer.contextTokens',
  'downloads.parallel',
  'downloads.segments',
  'downloads.connectionsPerHost',
]);

/**
 * The value of a setting as it is now, numbers brought into their range and counts made whole.
 * Defaults come from `package.json` alone.
 */
export function setting<K extends keyof SettingTypes>(key: K, scope?: vscode.Uri): SettingTypes[K] {
  const value: unknown = vscode.workspace.getConfiguration('scenewright', scope).get(key);
  const range = ranges[key];
  if (range === undefined || value === 'auto') return value as SettingTypes[K];
  const number = counts.has(key) ? Math.trunc(Number(value)) : Number(value);
  const [least, most] = range;
  return (
    Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : least
  ) as SettingTypes[K];
}

/** Calls `listener` whenever the named setting changes in any scope. */
export function onSettingChanged(key: keyof SettingTypes, listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`scenewright.${key}`)) listener();
  });
}

/**
 * Put a setting where it counts: with the user's own ones, unless the workspace has a value, which
 * would go before it.
 */
export async function remember<K extends keyof SettingTypes>(
  key: K,
  value: SettingTypes[K],
): Promise<void> {
  const settings = vscode.workspace.getConfiguration('scenewright');
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const inspected = settings.inspect(key);
  const target =
    inspected?.workspaceFolderValue !== undefined
      ? WorkspaceFolder
      : inspected?.workspaceValue !== undefined
        ? Workspace
        : Global;
  await settings.update(key, value, target);
}
