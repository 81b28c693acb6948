import { ScenewrightError } from '../base/errors.ts';
import { t } from '../base/l10n.ts';
import { listed } from '../base/lists.ts';
import { formatDuration, parseDuration } from './durations/duration-text.ts';
import type { Aspect, Brief, Structure } from './script-model.ts';
import { aspects, maxDuration, structures } from './script-model.ts';
import { languageTag } from './language-tag.ts';
import { normaliseLine, normaliseProse } from './normalise-text.ts';

/** What a brief has where the writer said nothing. */
export const briefDefaults: Omit<Brief, 'idea' | 'duration'> = {
  language: 'en',
  style: 'cinematic, natural light',
  aspect: '16:9',
  structure: 'three-act',
  instructions: '',
};

/** A brief as it may come in from a command's argument: anything at all. */
export type PartialBrief = { readonly [Key in keyof Brief]?: unknown };

/**
 * Check a brief and fill in what it leaves open.
 *
 * @throws ScenewrightError `bad-input`, naming the first thing that cannot be done and what can.
 */
export function validateBrief(partial: PartialBrief): Brief {
  const idea = text(partial.idea, 'idea', normaliseProse);
  if (idea === '') {
    throw bad(t('There is no idea yet. Say in a sentence what the video is about.'));
  }
  const language = text(partial.language, 'language', normaliseLine) || briefDefaults.language;
  return {
    idea,
    duration: wholeSeconds(partial.duration),
    language: languageTag(language) ?? language,
    style: text(partial.style, 'style', normaliseLine) || briefDefaults.style,
    aspect: oneOf<Aspect>(partial.aspect, aspects, t('aspect ratio')) ?? briefDefaults.aspect,
    structure:
      oneOf<Structure>(partial.structure, structures, 'structure') ?? briefDefaults.structure,
    instructions: text(partial.instructions, 'instructions', normaliseProse),
  };
}

function wholeSeconds(value: unknown): number {
  const seconds = typeof value === 'string' ? parseDuration(value) : value;
  if (
    typeof seconds !== 'number' ||
    !Number.isInteger(seconds) ||
    seconds < 1 ||
    seconds > maxDuration
  ) {
    const wrong =
      value === undefined
        ? t('No length was given')
        : t('“{0}” is no length for a video', show(value));
    throw bad(
      t(
        '{0}. Give whole seconds from 1 to {1} ({2}), such as 180 or “3 min”.',
        wrong,
        maxDuration,
        formatDuration(maxDuration),
      ),
    );
  }
  return seconds;
}

function text(value: unknown, what: string, normalise: (text: string) => string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string')
    throw bad(t('The {0} has to be text, not {1}.', what, show(value)));
  return normalise(value);
}

function oneOf<T extends string>(value: unknown, known: readonly T[], what: string): T | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const found = known.find((one) => one === value);
  if (found !== undefined) return found;
  throw bad(t('“{0}” is not a known {1}. Choose one of {2}.', show(value), what, listed(known)));
}

/** A value in a message: short, and on one line. */
function show(value: unknown): string {
  // Undefined for functions and symbols, whatever the declaration says.
  const json = JSON.stringify(value) as string | undefined;
  const shown = typeof value === 'string' ? value : (json ?? typeof value);
  return normaliseLine(shown).slice(0, 60);
}

function bad(message: string): ScenewrightError {
  return new ScenewrightError('bad-input', message);
}
