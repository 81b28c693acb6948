import type { Span } from './block.ts';

/** Something in the document that the writer should know of. */
export interface Problem {
  readonly span: Span;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly code: ProblemCode;
}

export type ProblemCode =
  /** The front matter is not valid YAML. */
  | 'front-matter-unreadable'
  /** A value of the front matter is none of those that are allowed; the default is used. */
  | 'front-matter-value'
  /** `scenewright:` names a format that is not this one. */
  | 'unknown-format'
  /** Two beats, or two scenes, have one id. */
  | 'duplicate-id'
  /** A scene has no id yet, so that no clip can belong to it. */
  | 'scene-without-id'
  /** A name in a cast is none of the bible's characters. */
  | 'unknown-cast'
  /** A place is none of the bible's places. */
  | 'unknown-place'
  /** What stands where the seconds belong is not a number of seconds. */
  | 'seconds-not-a-number';

export function problem(
  code: ProblemCode,
  severity: Problem['severity'],
  span: Span,
  message: string,
): Problem {
  return { span, severity, message, code };
}
