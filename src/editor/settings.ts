import * as vscode from 'vscode';
import type { Pace } from '../writing/schedule.ts';

export type WriterProvider = 'offline' | 'openai' | 'vscode';
export type VideoProvider = 'animatic' | 'openai-videos';

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
  'downloads.parallel': number;
  'downloads.folder': string;
  ffmpegPath: string;
}

/** Ranges of the numbers. VS Code marks values outside in the settings file but still hands them over. */
const ranges: Partial<Record<keyof SettingTypes, readonly [number, number]>> = {
  'writer.batchSize': [1, 50],
  'writer.contextTokens': [0, 1_000_000],
  'writer.budget': [0, Number.MAX_VALUE],
  'video.pollSeconds': [1, 120],
  'downloads.parallel': [1, 20],
};

/** The numbers that count something. */
const counts: ReadonlySet<keyof SettingTypes> = new Set([
  'writer.batchSize',
  'writer.contextTokens',
  'downloads.parallel',
]);

/**
 * The value of a setting as it is now, numbers brought into their range and counts made whole. Defaults come from
 * `package.json` alone.
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
