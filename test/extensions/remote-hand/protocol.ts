import type { ScenewrightApi } from '../../../src/editor/api.ts';

/** Name of the variable that holds the port on loopback where the program outside listens. */
export const portVariable = 'SCENEWRIGHT_REMOTE_HAND';

/** Name of the header by which requests to this machine say which process they are from. */
export const askerHeader = 'x-extension-host';

/** What an extension host says of itself when it has come up. */
export interface Hello {
  readonly pid: number;
  /** Absolute path of the folder or the `.code-workspace` file that the window shows. */
  readonly workspace: string;
  /** How many folders that means, as far as VS Code knows. */
  readonly folders: number;
}

/** What a window can be asked for, one JSON object a line. */
export type Ask =
  | { readonly do: 'run'; readonly command: string; readonly argument: unknown }
  | { readonly do: 'look' }
  | { readonly do: 'show'; readonly file: string };

/** What a window holds. */
export interface Look {
  readonly documents: readonly OpenDocument[];
  readonly jobs: ReturnType<ScenewrightApi['jobs']>;
}

export interface OpenDocument {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
  readonly isDirty: boolean;
}

export type Asked = Ask & { readonly id: number };

/** An answer to what was asked under the same number: `value`, or why there is none. */
export interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}
