export declare function green(text: string): string;
export declare function red(text: string): string;
export declare function grey(text: string): string;

export declare class Log {
  readonly file: string;
  readonly write: (text: string) => void;
  constructor(name: string);
  tail(): string;
}

export declare class StepFailed extends Error {}

export declare function step<T>(
  name: string,
  work: (log: Log) => Promise<{
    readonly detail?: string;
    /** It went to its end, but not well. */
    readonly failed?: boolean;
    readonly value: T;
  }>,
  /** Where the lines go, if they are not to be shown at once. */
  say?: (text: string) => void,
): Promise<T>;
