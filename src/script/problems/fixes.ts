import type { Span } from '../markdown/block-types.ts';
import { type KnownNames, type Named } from '../names.ts';
import { nearNames, personMeant, placeMeant } from '../near-names.ts';
import type { SceneId } from '../script-model.ts';
import type { BibleList, MarkKind, Problem } from './script-problem.ts';
import { spreadLengths } from '../durations/spread-lengths.ts';
import { fitsInto } from '../durations/speech-length.ts';

/** What one click does about a problem. */
export type Fix =
  | { readonly kind: 'add-character' | 'add-place'; readonly name: string }
  | { readonly kind: 'change-name'; readonly name: string; readonly to: string; readonly at: Span }
  | { readonly kind: 'describe'; readonly name: string; readonly list: BibleList }
  | { readonly kind: 'add-to-cast'; readonly name: string; readonly id: SceneId }
  | { readonly kind: 'set-seconds'; readonly seconds: number; readonly id: SceneId }
  | { readonly kind: 'set-duration'; readonly seconds: number }
  | { readonly kind: 'spread'; readonly seconds: readonly number[] }
  | { readonly kind: 'give-ids' }
  | { readonly kind: 'take-out'; readonly at: Span }
  | { readonly kind: 'begin-with-cut'; readonly id: SceneId }
  | { readonly kind: 'quote' | 'make-prompt' | 'put-in-form'; readonly at: Span }
  | { readonly kind: 'tie' }
  | { readonly kind: 'tie-to'; readonly at: number; readonly index: number; readonly title: string }
  | { readonly kind: 'add-to-outline' | 'keep-outside'; readonly at: number }
  | { readonly kind: 'new-id' | 'newest-take' | 'prompt-of-action'; readonly id: SceneId }
  /** Have the scene written anew, to be looked at before it is taken. */
  | { readonly kind: 'rewrite'; readonly id: SceneId; readonly instruction: string }
  /** The writer has looked at it, and leaves it so. */
  | {
      readonly kind: 'accept';
      readonly id: SceneId;
      readonly mark: MarkKind;
      readonly name?: string;
    };

/**
 * The fixes there are for a problem, the likeliest first; none where only the writer can know.
 *
 * @param clipSeconds lengths that the studio can render
 * @param known names of the bible, for those that are only misspelt
 */
export function fixesFor(
  { code, about, span }: Problem,
  clipSeconds: readonly number[],
  { characters, places }: KnownNames = { characters: [], places: [] },
): Fix[] {
  const { name = '', id = '', takes = 0, list, isSure = false, meant = [], maybe = [] } = about;
  const { block } = about;
  const at = span.start;
  switch (code) {
    case 'unknown-cast':
    case 'unknown-speaker':
      return name === ''
        ? []
        : [
            ...changesTo(meantBy(personMeant(characters, name), characters, name), name, span),
            { kind: 'add-character', name },
          ];
    case 'unknown-place':
      return name === ''
        ? []
        : [
            ...changesTo(meantBy(placeMeant(places, name), places, name), name, span),
            { kind: 'add-place', name },
          ];
    case 'unknown-mention':
      return [
        ...changesTo(meant.slice(0, mostNames), name, span),
        { kind: 'add-character', name },
        { kind: 'add-place', name },
      ];
    case 'misspelt-label':
      return changesTo(meant, name, span);
    case 'unquoted-speech':
      return [
        ...changesTo(meantBy(personMeant(characters, name), characters, name), name, span),
        ...(block === undefined ? [] : [{ kind: 'quote', at: block } as const]),
        { kind: 'add-character', name },
      ];
    case 'unread-form':
      return block === undefined ? [] : [{ kind: 'put-in-form', at: block }];
    case 'unmarked-prompt':
      return block === undefined ? [] : [{ kind: 'make-prompt', at: block }];
    case 'prompt-missing':
      return id === '' ? [] : fixesOfPrompt(id, about);
    case 'look-missing':
      return list === undefined ? [] : [{ kind: 'describe', name, list }];
    case 'speaker-not-in-cast':
      return id === '' ? [] : [{ kind: 'add-to-cast', name, id }];
    case 'speech-too-long': {
      if (id === '') return [];
      const long = clipSeconds.filter((seconds) => fitsInto(takes, seconds));
      return [
        ...(long.length === 0
          ? []
          : [{ kind: 'set-seconds', seconds: Math.min(...long), id } as const]),
        { kind: 'accept', id, mark: 'spoken' },
      ];
    }
    case 'scene-cast':
    case 'scene-duplicate':
    case 'scene-language':
    case 'scene-newcomer':
    case 'scene-prompt':
    case 'scene-seam':
      return id === '' ? [] : fixesOfMark(id, about);
    case 'unread-seconds':
      return id === '' || about.seconds === undefined
        ? []
        : [{ kind: 'set-seconds', seconds: about.seconds, id }];
    case 'place-jump':
      return id === '' ? [] : [{ kind: 'begin-with-cut', id }];
    case 'untied-scene':
    case 'damaged-heading':
    case 'scene-without-heading':
    case 'escaped-id':
    case 'outline-missing':
      if (isSure || code === 'outline-missing') return isSure ? [{ kind: 'tie' }] : [];
      return [
        ...maybe.map(({ index, title }): Fix => ({ kind: 'tie-to', at, index, title })),
        ...(code === 'untied-scene' ? [{ kind: 'add-to-outline', at } as const] : []),
        { kind: 'keep-outside', at },
      ];
    case 'take-not-a-number':
      return id === '' ? [] : [{ kind: 'newest-take', id }];
    case 'duplicate-id':
      return id === '' ? [] : [{ kind: 'new-id', id }];
    case 'scene-without-id':
      return [{ kind: 'give-ids' }];
    case 'length-missed':
      return fixesOfLength(about, clipSeconds);
    case 'to-do':
      return [{ kind: 'take-out', at: span }];
    case 'front-matter-unreadable':
    case 'front-matter-value':
    case 'unknown-format':
    case 'beyond-limits':
    case 'merge-conflict':
    case 'seconds-not-a-number':
      // {@link withoutFix} says why.
      return [];
  }
}

/** Why one click does nothing about a problem, for each code of which that is so. */
export const withoutFix = {
  'front-matter-unreadable': 'What was meant by broken YAML only the writer knows.',
  'front-matter-value':
    'Which of the allowed values was meant only the writer knows; they are offered while it is typed.',
  'unknown-format':
    'A later version of Scenewright reads it; changing the number would break it there.',
  'beyond-limits': 'Nothing of it is read, so nothing of it can be changed safely.',
  'merge-conflict': 'VS Code resolves conflicts itself, and offers that above each of them.',
  'seconds-not-a-number':
    'What stands there may be a time, a name or a wish; how long it is only the writer knows.',
} satisfies Partial<Record<Problem['code'], string>>;

function fixesOfLength({ lengths }: Problem['about'], clipSeconds: readonly number[]): Fix[] {
  if (lengths === undefined) return [];
  const { seconds, wanted } = lengths;
  const spread = spreadLengths(seconds, clipSeconds, wanted);
  const total = seconds.reduce((sum, one) => sum + one, 0);
  return [
    ...(spread === undefined ? [] : [{ kind: 'spread', seconds: spread } as const]),
    { kind: 'set-duration', seconds: total },
  ];
}

function fixesOfPrompt(id: SceneId, { hasAction = false }: Problem['about']): Fix[] {
  return [
    ...(hasAction ? [{ kind: 'prompt-of-action', id } as const] : []),
    {
      kind: 'rewrite',
      id,
      // For a model.
      instruction: 'It has no prompt. Write the one that shows what it says, and keep the rest.',
    },
  ];
}

function fixesOfMark(id: SceneId, { mark, name }: Problem['about']): Fix[] {
  if (mark === undefined) return [];
  const { kind, complaint } = mark;
  return [
    ...(kind === 'cast' && name !== undefined ? [{ kind: 'add-to-cast', name, id } as const] : []),
    ...(complaint === undefined ? [] : [{ kind: 'rewrite', id, instruction: complaint } as const]),
    { kind: 'accept', id, mark: kind, ...(name === undefined ? {} : { name }) },
  ];
}

/** No more than can be read before a choice. */
const mostNames = 2;

function meantBy(meant: Named | undefined, entries: readonly Named[], name: string): string[] {
  const near = nearNames(entries, name);
  const all = new Set(meant === undefined ? near : [meant, ...near]);
  return [...all].slice(0, mostNames).map((one) => one.name);
}

function changesTo(names: readonly string[], name: string, at: Span): Fix[] {
  return names.map((to): Fix => ({ kind: 'change-name', name, to, at }));
}
