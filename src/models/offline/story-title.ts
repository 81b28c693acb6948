import type { Brief } from '../../script/script-model.ts';
import { isEnglish, type Bank } from './bank.ts';
import { plainLine, type Idea } from './idea.ts';
import { capital, titleCase, wholePhrase } from './sentences.ts';

/** The idea as a title, a whole phrase; empty where none can be made of it. */
export function titleOf(brief: Brief, idea: Idea, bank: Bank, question: string): string {
  const [line = '', ...more] = brief.idea
    .split(/[\r\n]+| \/ /u)
    .filter((one) => /\p{L}/u.test(one));
  if (idea.tells === 'things' && more.length > 0) return capital(wholePhrase(plainLine(line)));
  if (!isEnglish(bank) || !/^en/iu.test(brief.language)) return capital(wholePhrase(idea.text));
  if (brief.structure === 'list') return titleCase(wholePhrase(idea.text));
  if (brief.structure === 'explainer')
    return question.length <= 72 ? question : titleCase(wholePhrase(idea.topic));
  if (idea.tells === 'things') return titleCase(wholePhrase(idea.text));
  const [person, other] = idea.people;
  const { predicate } = idea;
  if (predicate === undefined && idea.text.split(' ').length <= 6)
    return titleCase(wholePhrase(idea.text));
  if (predicate !== undefined && predicate.people > 1)
    return titleCase(idea.text.split(predicate.text)[0] ?? '').trim();
  if (person?.kind !== undefined && person.name === undefined) {
    const { label } = person.kind;
    if (idea.object !== undefined) return titleCase(`the ${label} and the ${idea.object}`);
    if (other?.kind !== undefined && other.name === undefined && other.kind !== person.kind)
      return titleCase(`the ${label} and the ${other.kind.label}`);
  }
  const names = idea.people.flatMap(({ name }) => name ?? []);
  const whole = wholePhrase(idea.text);
  const isAll = whole.length >= idea.text.length - 4;
  if (!isAll && person?.kind !== undefined && person.name === undefined && person.kind.label !== '')
    return titleCase(`the ${person.kind.label}`);
  if (!isAll && names.length > 1)
    return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
  return titleCase(whole);
}
