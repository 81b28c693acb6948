import { memoize } from '../base/memoize.ts';
import { type Span, touches } from './markdown/block-types.ts';
import type { ParsedScript, SceneNode } from './parse/parsed-script.ts';
import { type Standing, standingsOf } from './standing-facts.ts';

/** How things stand at a beat, and where in the document that was asked for. */
export interface StandingAt extends Standing {
  readonly span: Span;
}

/** The scene in whose heading an offset lies: its title, its id, or the line with its place and time. */
export function sceneHeadedAt({ scenes }: ParsedScript, offset: number): SceneNode | undefined {
  return scenes.find(({ heading, idSpan, lineSpan }) =>
    [heading, idSpan, lineSpan].some((span) => touches(span, offset)),
  );
}

/** How things stand at the beat in which an offset lies, or at the beat of the scene in whose heading. */
export function standingAt(script: ParsedScript, offset: number): StandingAt | undefined {
  const { outline } = script;
  const node = outline.find(({ span }) => touches(span, offset));
  const scene = sceneHeadedAt(script, offset);
  const index =
    node === undefined
      ? outline.findIndex(({ hasId, beat }) => hasId && beat.id === scene?.id)
      : outline.indexOf(node);
  const span = node?.span ?? scene?.heading;
  const standing = standingsOf(beatsOf(outline))[index];
  return standing === undefined || span === undefined ? undefined : { ...standing, span };
}

const beatsOf = memoize((outline: ParsedScript['outline']) => outline.map(({ beat }) => beat));
