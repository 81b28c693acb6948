import { t } from '../../base/l10n.ts';
import { languageName } from '../../models/prompts/language-names.ts';
import type { StoryCore } from '../../models/writer-tasks.ts';
import type { Beat, Brief } from '../../script/script-model.ts';
import { shownLanguage } from '../../script/shown-language.ts';
import { foreignLanguage, isPlainly, tellingWords } from './written-language.ts';

/** Something about a plan that is not as it was asked for, although its form is right. */
export interface PlanFault {
  /** One sentence for the writer. */
  readonly message: string;
  /** The same for the model, with what is to be done. */
  readonly complaint: string;
}

/** What is wrong with a story core. It costs another request, so that only what is nearly certain counts. */
export function checkCore(core: StoryCore, brief: Brief): PlanFault[] {
  const { title, logline, bible } = core;
  const faults = languageFaults(`${title}\n${logline}`, brief);
  if (faults.length > 0) return faults;
  const entries = [...bible.characters, ...bible.places];
  const story = [title, logline, ...entries.flatMap(({ name, look }) => [name, look])].join('\n');
  return isAnotherStory(brief, story)
    ? [
        {
          message: t('The story has not a single word of the idea in it.'),
          complaint: `The story has nothing to do with the idea, which is: ${brief.idea}\nTell the story of that idea and of no other.`,
        },
      ]
    : [];
}

/** What is wrong with beats. */
export function checkBeats(beats: readonly Beat[], brief: Brief): PlanFault[] {
  const text = beats.map(({ title, summary }) => `${title}\n${summary}`).join('\n');
  return languageFaults(text, brief);
}

function languageFaults(text: string, brief: Brief): PlanFault[] {
  const other = foreignLanguage(text, brief.language);
  if (other === undefined) return [];
  const wanted = languageName(brief.language);
  return [
    {
      message: t('The plan is in {0} and not in {1}.', other.shown, shownLanguage(brief.language)),
      complaint: `The plan is in ${other.english}. Everything that the audience or the writer reads has to be in ${wanted}; the looks may stay in English.`,
    },
  ];
}

/** An idea of fewer words may well be told in others. */
const fewestWords = 4;

/**
 * Whether a story shares no word with its idea. Only where both are plainly in the language of the
 * script, so that words can be compared at all.
 */
function isAnotherStory({ idea, language }: Brief, story: string): boolean {
  const wanted = new Set(tellingWords(idea, language));
  if (wanted.size < fewestWords) return false;
  if (!isPlainly(idea, language) || !isPlainly(story, language)) return false;
  return !tellingWords(story, language).some((word) => wanted.has(word));
}
