/** A real VS Code that runs the extension from its sources' folder, whichever way it is had. */
export interface EditorHost {
  /** Such as `VS Code 1.139.1 (code-server)`. */
  readonly name: string;
  /** Bring what is missing into `.vscode-test/`; says whether there was anything to do. */
  install(onOutput: (text: string) => void): Promise<boolean>;
  /**
   * Run tests inside the extension host and close the editor.
   *
   * @returns the tests' exit code: 0 when `run()` of the tests' module has resolved.
   */
  runTests(options: TestRun): Promise<number>;
  /** Open the extension for a person; stays until `close` is called or the person closes it. */
  openEditor(options: EditorOptions): Promise<Editor>;
}

/** What the workbench speaks. */
export interface DisplayLanguage {
  /** As VS Code knows it, such as `vi`. */
  readonly tag: string;
  /** The extension's messages in it, and the texts of its manifest, where it does not bring them. */
  readonly bundle?: Readonly<Record<string, string>>;
  readonly manifest?: Readonly<Record<string, string>>;
}

export interface EditorOptions {
  /** Absolute path of the extension's folder. */
  readonly extension: string;
  /** Absolute folders of other extensions to run beside it, which may use proposed interfaces. */
  readonly companions?: readonly string[];
  /** Absolute path of the folder to open; an empty window where it is left out. */
  readonly workspace?: string;
  /** Open the folder in restricted mode, as one that the writer does not trust. */
  readonly untrusted?: boolean;
  /** Folder for the editor's own data; made when it is missing. */
  readonly profile: string;
  /** The user's settings of a fresh profile. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** English where it is left out; only where the editor is served. */
  readonly language?: DisplayLanguage;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Everything the editor's processes print. */
  readonly onOutput: (text: string) => void;
}

export interface TestRun extends EditorOptions {
  /** Absolute path of a CommonJS module that exports `run(): Promise<void>`. */
  readonly tests: string;
  /** What the tests print with `console`. */
  readonly onConsole: (text: string) => void;
}

export interface Editor {
  /** Where to open it in a browser, for the hosts that are served. */
  readonly url?: string;
  /** Resolves when the editor has ended, for whatever reason. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Added to {@link calmSettings} where the workspace is not to be trusted. */
const untrustedSettings: Readonly<Record<string, unknown>> = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/**
 * Settings for every run: nothing that greets, asks, animates or looks things up on the internet.
 */
const calmSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'editor.fontSize': 12,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': 'off',
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** The user's settings of a fresh profile. */
export function settingsOf({ untrusted, settings }: EditorOptions): Record<string, unknown> {
  return { ...calmSettings, ...(untrusted === true ? untrustedSettings : {}), ...settings };
}
