/**
 * The words of the script, as plain data. No positions here: where a thing stands in the document is
 * the parser's business (`parse/parse-script.ts`).
 */

/** Six lower-case letters and digits. Names a beat, its scene and its clip for ever. */
export type SceneId = string;

export type Aspect = '16:9' | '9:16' | '1:1';
export const aspects: readonly Aspect[] = ['16:9', '9:16', '1:1'];

export type Structure = 'three-act' | 'list' | 'explainer';
export const structures: readonly Structure[] = ['three-act', 'list', 'explainer'];

/** What a script says that wrote it, where that was no model. */
export const offlineWriter = 'offline scaffold';

/** What the writer asked for. */
export interface Brief {
  readonly idea: string;
  /** Length of the finished video in whole seconds, 1 to {@link maxDuration}. */
  readonly duration: number;
  /** BCP 47 tag of the language that is spoken and narrated, such as `en` or `vi`. */
  readonly language: string;
  /** The look of the picture in the writer's words, such as `watercolour, soft morning light`. */
  readonly style: string;
  readonly aspect: Aspect;
  readonly structure: Structure;
  /** Anything else the writer wants observed; may be empty. */
  readonly instructions: string;
}

/** The largest seed of a render that all services take. */
export const largestSeed = 2_147_483_647;

/** Three hours, in seconds. */
export const maxDuration = 10_800;

/** What shows how somebody or a place looks, beside words. */
export interface Pictured {
  /** Pictures of it, the one that counts most first; absent where there are none. */
  readonly pictures?: readonly PicturePath[];
  /** What new pictures of it begin from, a whole number; absent where that is left to chance. */
  readonly seed?: number;
}

/** Where a picture is: relative to the script, with `/` between folders, as the writer has it. */
export type PicturePath = string;

export interface Character extends Pictured {
  readonly name: string;
  /** What must not drift: age, build, hair, face, clothes. */
  readonly look: string;
  /** How they speak; may be empty. */
  readonly voice: string;
}

export interface Place extends Pictured {
  readonly name: string;
  /** What must not drift: layout, materials, light. */
  readonly look: string;
  /** Pictures that show it only inside, or only from outside. */
  readonly inside?: readonly PicturePath[];
  readonly outside?: readonly PicturePath[];
}

export interface Bible {
  readonly characters: readonly Character[];
  readonly places: readonly Place[];
}

/**
 * What a beat promises its neighbours, in facts of wardrobe, props and knowledge (`contract-facts.ts`).
 * What no contract changes is as the beats before have left it; see `standing-facts.ts`.
 */
export interface Contract {
  /** What is different when the scene begins: what the cut before it has changed. */
  readonly entry: string;
  /** What is different when it ends. */
  readonly exit: string;
  /** The image, sound or line that carries over into the next scene. */
  readonly handOff: string;
  /** The scene goes on without a cut in time or place from the one before. */
  readonly continues: boolean;
}

/** One line of the outline: what a scene will be. */
export interface Beat {
  readonly id: SceneId;
  readonly title: string;
  /** Length of the scene's clip in seconds. */
  readonly seconds: number;
  /** Name of a place of the bible. */
  readonly place: string;
  /** Time of day, such as `night` or `dawn`; may be empty. */
  readonly time: string;
  /** Names of the bible's characters who are seen. */
  readonly cast: readonly string[];
  /** What happens, in a sentence or two. */
  readonly summary: string;
  readonly contract: Contract;
}

export interface DialogueLine {
  readonly speaker: string;
  /** How it is said, such as `whispering`; may be empty. */
  readonly tone: string;
  readonly line: string;
}

/** One clip's worth of script. */
export interface Scene {
  readonly id: SceneId;
  readonly title: string;
  readonly seconds: number;
  readonly place: string;
  readonly time: string;
  readonly cast: readonly string[];
  /** What is seen, as prose; paragraphs are parted by an empty line. */
  readonly action: string;
  readonly dialogue: readonly DialogueLine[];
  /** Spoken over the picture; may be empty. */
  readonly narration: string;
  /** Sounds and music; may be empty. */
  readonly sound: string;
  /** What the studio is asked to draw. */
  readonly prompt: string;
  /** Pictures that the clip begins and ends with, where the scene has them. */
  readonly firstFrame?: PicturePath;
  readonly lastFrame?: PicturePath;
  /** What is left to the writer, a line each; never spoken, drawn or sent. */
  readonly questions?: readonly string[] | undefined;
}

/** Everything that is decided before the first scene is written. */
export interface Plan {
  readonly title: string;
  /** The story in one or two sentences. */
  readonly logline: string;
  readonly bible: Bible;
  readonly outline: readonly Beat[];
}
