/** What the driver inside VS Code tells the process outside, one POST each, awaited. */
export type Report =
  | { readonly type: 'begin'; readonly step: string }
  | { readonly type: 'end'; readonly step: string; readonly detail: string }
  | { readonly type: 'fail'; readonly step: string; readonly message: string }
  /** Answered once the picture is taken. */
  | {
      readonly type: 'picture';
      readonly name: string;
      /** What has to be seen on it. */
      readonly of: 'progress' | 'views' | 'stills' | 'video';
    }
  | { readonly type: 'outcome'; readonly outcome: Outcome };

/** What is there in the end; the outer process checks it on disk. */
export interface Outcome {
  /** Absolute path of the script. */
  readonly script: string;
  readonly scenes: number;
  readonly clips: readonly {
    readonly scene: number;
    readonly file: string;
    readonly poster: string;
  }[];
  readonly video: string;
  /** Milliseconds from the idea to the video. */
  readonly ms: number;
}

/** What the driver is started with, as JSON in {@link taskVariable}. */
export interface Task {
  /** Where reports go, and what they carry as bearer token. */
  readonly address: string;
  readonly token: string;
  readonly idea: string;
  readonly style: string;
  /** Seconds. */
  readonly duration: number;
  /** Whether sheets and stills are drawn. */
  readonly pictures: boolean;
  /** Key of the sample studio's account. */
  readonly key: string;
}

export const taskVariable = 'SCENEWRIGHT_DEMO_TASK';
