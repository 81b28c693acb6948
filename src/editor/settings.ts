import * as vscode from 'vscode';
import type { Disposable } from '../base/events.ts';
import type { Pace } from '../writing/schedule/scheduled-scene.ts';
import type { DrawingProvider } from '../studios/drawing/registry.ts';
import type { OnlineProvider } from '../studios/registry.ts';

export type WriterProvider = 'offline' | 'openai' | 'vscode';
export type VideoProvider = 'animatic' | OnlineProvider;
export type PictureProvider = 'animatic' | DrawingProvider;

/** What is made of a value in the settings file. Defaults come from `package.json` alone. */
interface Kind<T> {
  readonly read: (value: unknown) => T;
  /** The least and the most of a number. */
  readonly range?: readonly [number, number];
}

/** As VS Code hands it over. */
const plain = <T>(): Kind<T> => ({ read: (value) => value as T });

/** Brought into its range: VS Code marks values outside in the settings file but hands them over. */
const amount = (least: number, most = Number.MAX_VALUE): Kind<number> => ({
  read: (value) => {
    const number = Number(value);
    return Number.isFinite(number) ? Math.min(most, Math.max(least, number)) : least;
  },
  range: [least, most],
});

/** The same for numbers that count something. */
const count = (least: number, most: number): Kind<number> => {
  const { read } = amount(least, most);
  return { read: (value) => read(Math.trunc(Number(value))), range: [least, most] };
};

const orAuto = ({ read, ...kind }: Kind<number>): Kind<number | 'auto'> => ({
  ...kind,
  read: (value) => (value === 'auto' ? value : read(value)),
});

/**
 * Every setting of the extension, under its key; the type is what its value is. A test compares them
 * with `package.json`.
 */
const kinds = {
  writer: {
    provider: plain<WriterProvider>(),
    baseUrl: plain<string>(),
    model: plain<string>(),
    vscodeModel: plain<string>(),
    /** Of new scripts: a tag or a name, or `auto`. */
    language: plain<string>(),
    pace: plain<Pace>(),
    batchSize: orAuto(count(1, 50)),
    contextTokens: count(0, 1_000_000),
    answerTokens: count(0, 1_000_000),
    hedge: plain<boolean>(),
    /** Minutes. */
    patience: amount(0, 1440),
    /** Money per million tokens. */
    price: plain<{ readonly input: number; readonly output: number }>(),
    budget: amount(0),
  },
  video: {
    provider: plain<VideoProvider>(),
    baseUrl: plain<string>(),
    model: plain<string>(),
    clipSeconds: plain<readonly number[]>(),
    requestFormat: plain<'json' | 'multipart'>(),
    /** Where it is `auto`, the model's own way. */
    sound: plain<'auto' | 'on' | 'off'>(),
    resolution: plain<string>(),
    negativePrompt: plain<string>(),
    pollSeconds: amount(1, 120),
    stills: plain<'off' | 'ask' | 'required'>(),
    /** US dollars for a clip and for each of its seconds; what is left out the studio tells. */
    price: plain<{ readonly perClip?: number; readonly perSecond?: number }>(),
    /** US dollars; 0 for no limit. */
    budget: amount(0),
  },
  pictures: {
    provider: plain<PictureProvider>(),
    baseUrl: plain<string>(),
    model: plain<string>(),
    /** US dollars for one; 0 where nobody knows. */
    price: amount(0),
  },
  downloads: {
    parallel: count(1, 20),
    folder: plain<string>(),
    segments: count(1, 4),
    connectionsPerHost: count(1, 64),
    /** Megabytes per second; 0 for no limit. */
    bandwidth: amount(0, 100_000),
    /** Gigabytes. */
    largestClip: amount(0.01, 100_000),
  },
  upscale: plain<'off' | '4k'>(),
  ffmpegPath: plain<string>(),
  codeLens: plain<boolean>(),
  /** `auto` for that of VS Code, or one that there is a translation for. */
  displayLanguage: plain<string>(),
};

/** One setting: what it is at this moment, and when that changes. */
export class Setting<T> {
  /** Without the `scenewright.` before it. */
  readonly key: string;
  readonly range: Kind<T>['range'];
  private readonly read: Kind<T>['read'];

  constructor(key: string, { read, range }: Kind<T>) {
    this.key = key;
    this.read = read;
    this.range = range;
  }

  get value(): T {
    return this.valueFor(undefined);
  }

  /** The value for a file, whose folder may have one of its own. */
  valueFor(file: vscode.Uri | undefined): T {
    return this.read(vscode.workspace.getConfiguration('scenewright', file).get(this.key));
  }

  /** Whether anybody has set it, in whatever scope; a default is nobody's word. */
  get isSet(): boolean {
    const values = vscode.workspace.getConfiguration('scenewright').inspect(this.key);
    return [values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
  }

  /** It has changed in some scope. */
  readonly onDidChange = (listener: () => unknown): vscode.Disposable =>
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`scenewright.${this.key}`)) listener();
    });

  /**
   * Put a value where it counts: with the user's own settings, unless the workspace has one, which
   * would go before it.
   */
  async set(value: T): Promise<void> {
    const configuration = vscode.workspace.getConfiguration('scenewright');
    const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
    const inspected = configuration.inspect(this.key);
    const target =
      inspected?.workspaceFolderValue !== undefined
        ? WorkspaceFolder
        : inspected?.workspaceValue !== undefined
          ? Workspace
          : Global;
    await configuration.update(this.key, value, target);
  }
}

type SettingsOf<T> = {
  readonly [K in keyof T]: T[K] extends Kind<infer V> ? Setting<V> : SettingsOf<T[K]>;
};

function settingsOf<T extends object>(kindTree: T, prefix = ''): SettingsOf<T> {
  const entries = Object.entries(kindTree).map(([name, kind]: [string, object]) => {
    const key = prefix + name;
    const isKind = 'read' in kind;
    return [name, isKind ? new Setting(key, kind as Kind<unknown>) : settingsOf(kind, `${key}.`)];
  });
  return Object.fromEntries(entries) as SettingsOf<T>;
}

export const settings = settingsOf(kinds);

/** Have something for as long as a setting is on. */
export function whileOn(setting: Setting<boolean>, make: () => Disposable): Disposable {
  let made = setting.value ? make() : undefined;
  const listening = setting.onDidChange(() => {
    if (setting.value) made ??= make();
    else {
      made?.dispose();
      made = undefined;
    }
  });
  return {
    dispose: () => {
      listening.dispose();
      made?.dispose();
    },
  };
}

type KeysOf<T> = {
  [K in keyof T & string]: T[K] extends Kind<unknown> ? K : `${K}.${KeysOf<T[K]>}`;
}[keyof T & string];

type ValueAt<T, K extends string> = K extends `${infer Part}.${infer Rest}`
  ? ValueAt<T[Part & keyof T], Rest>
  : T[K & keyof T] extends Kind<infer V>
    ? V
    : never;

/** By key, what the value of each setting is. */
export type SettingTypes = {
  readonly [K in KeysOf<typeof kinds>]: ValueAt<typeof kinds, K>;
};
