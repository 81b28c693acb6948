import type { Span } from '../markdown/block-types.ts';
import type { SceneId } from '../script-model.ts';

/** Something in the document that the writer should know of. */
export interface Problem {
  readonly span: Span;
  /** `information` is what may well be meant so. */
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly code: ProblemCode;
  /** What it is about, for a fix that one click makes; empty where there is none. */
  readonly about: ProblemSubject;
}

/** What of the front matter makes up the bible. */
export type BibleList = 'characters' | 'places';

export interface ProblemSubject {
  /** The name that is not where it should be, as the document spells it. */
  readonly name?: string;
  /** Names that may have been meant, the likeliest first. */
  readonly meant?: readonly string[];
  /** The list of the front matter that has it. */
  readonly list?: BibleList;
  /** The block of the document. */
  readonly block?: Span;
  /** The scene or beat. */
  readonly id?: SceneId;
  /** Seconds that are said and do not count. */
  readonly seconds?: number;
  /** Seconds of each scene in the order of the outline, and of all together as the writer wants it. */
  readonly lengths?: { readonly seconds: readonly number[]; readonly wanted: number };
  /** Seconds that a scene's words take. */
  readonly takes?: number;
  /** The scene has action, of which a prompt can be made. */
  readonly hasAction?: boolean;
  /** It is sure what belongs to what. */
  readonly isSure?: boolean;
  /** What a check has against the scene, as it is told from others, and what a model would do about it. */
  readonly mark?: { readonly kind: MarkKind; readonly complaint?: string };
  /** Where that is not sure: the positions of the beats that it may be of, and their titles. */
  readonly maybe?: readonly { readonly index: number; readonly title: string }[];
}

/** What a check may have against a scene that was taken all the same. */
export type MarkKind =
  'language' | 'duplicate' | 'cast' | 'spoken' | 'newcomer' | 'seam' | 'prompt';

export type ProblemCode =
  /** The front matter is not valid YAML. */
  | 'front-matter-unreadable'
  /** A value of the front matter is none of those that are allowed; the default is used. */
  | 'front-matter-value'
  /** `scenewright:` names a format that is not this one. */
  | 'unknown-format'
  /** It is larger or nested more deeply than any script is; nothing of it is read. */
  | 'beyond-limits'
  /** Both sides of a merge stand in the document. */
  | 'merge-conflict'
  /** Two beats, or two scenes, have one id. */
  | 'duplicate-id'
  /** A scene has no id yet, so that no clip can belong to it. */
  | 'scene-without-id'
  /** A scene belongs to no beat, while beats have no scene: they would be written again. */
  | 'untied-scene'
  /** A line seems to be the heading of a scene that is missing, and is not read as one. */
  | 'damaged-heading'
  /** Text of a scene stands where no scene begins. */
  | 'scene-without-heading'
  /** The comment with the id of a beat or scene is text. */
  | 'escaped-id'
  /** There are scenes, and no outline that they could be of. */
  | 'outline-missing'
  /** A name in a cast is none of the bible's characters. */
  | 'unknown-cast'
  /** A place is none of the bible's places. */
  | 'unknown-place'
  /** A prompt names by `@` what is none of the bible's characters and places. */
  | 'unknown-mention'
  /** What stands where the seconds belong is not a number of seconds. */
  | 'seconds-not-a-number'
  /** What a scene's comment says of its take is no number of one. */
  | 'take-not-a-number'
  /** A comment says what is left to the writer. */
  | 'to-do'
  /** The words of a scene take longer to speak than the scene lasts. */
  | 'speech-too-long'
  /** A speaker is none of the bible's characters, nor plainly a voice. */
  | 'unknown-speaker'
  /** Somebody unknown seems to speak, outside of any quote; it is read as action. */
  | 'unquoted-speech'
  /** What stands before a text is all but a label. */
  | 'misspelt-label'
  /** Something is told in a form that is not read. */
  | 'unread-form'
  /** Seconds in a field of its own that do not count. */
  | 'unread-seconds'
  /** A code block seems to be the prompt of a scene that has none. */
  | 'unmarked-prompt'
  /** A scene says something, and nothing of what is to be drawn. */
  | 'prompt-missing'
  /** Somebody or something is shown and has no look, so that nothing keeps pictures of them alike. */
  | 'look-missing'
  /** Somebody speaks who is not among those whom the scene shows. */
  | 'speaker-not-in-cast'
  /** A beat goes on without a cut, and yet in another place. */
  | 'place-jump'
  /** The scenes add up to another length than was asked for. */
  | 'length-missed'
  /** A check has something against a scene, which is to be looked at. */
  | `scene-${Exclude<MarkKind, 'spoken'>}`;

/** What a document says may be as long as the document. */
const maxMessage = 600;

export function problem(
  code: ProblemCode,
  severity: Problem['severity'],
  span: Span,
  message: string,
  about: ProblemSubject = {},
): Problem {
  const shown = message.length > maxMessage ? `${message.slice(0, maxMessage)}…` : message;
  return { span, severity, message: shown, code, about };
}
