import { t } from '../../base/l10n.ts';
import { lazily } from '../../base/lazily.ts';
import { memoize, memoizeLast } from '../../base/memoize.ts';
import type { Block, Code, Heading, Span } from '../markdown/block-types.ts';
import { shiftedSpan } from '../markdown/shift-blocks.ts';
import { type KnownNames, type Named, nameKey, spelledOut } from '../names.ts';
import { speakerNames } from '../normalise-scene.ts';
import { nearNames, personMeant } from '../near-names.ts';
import { readsAsAction } from '../parse/told-paragraph.ts';
import type { ParsedScript, SceneNode } from '../parse/parsed-script.ts';
import { secondsIn } from '../parse/labelled-fields.ts';
import type { SectionContent } from '../parse/layout.ts';
import { leadOf } from '../parse/paragraph-lead.ts';
import type { LabelLanguage } from '../parse/label-table.ts';
import { labelLanguage, wordsFor } from '../parse/label-words.ts';
import {
  isPlain,
  type ReadScene,
  saidBy,
  type ScenePart,
  secondsInHeading,
} from '../parse/scene-section.ts';
import type { Scene } from '../script-model.ts';
import { within } from './find-problems.ts';
import { looksSpoken, mayBeName } from './looks-spoken.ts';
import { problem, type Problem } from './script-problem.ts';

/**
 * What in a scene is all but certainly meant as one of its parts and is not read as one. Ordinary bold text,
 * notes and code are none of it: each needs a sign of its own that it is meant so.
 *
 * @param nodes those of its scenes that may have any
 */
export function* nearMisses(
  script: ParsedScript,
  nodes: readonly SceneNode[] = script.scenes,
): Generator<Problem> {
  const speaking = lazily(() => namesIn(script));
  const { language } = script.brief;
  for (const node of nodes) {
    const leads = leadsIn(node.parts, script.reading.names, node.scene, language);
    if (leads.length > 0) yield* nearLeads(script.text, node, leads, speaking);
    if (node.scene.prompt === '') yield* unmarkedPrompt(script.text, node);
    yield* unreadSeconds(node);
  }
}

/** Whether a scene may have any, by what it says alone. */
export function mayNearlyMiss(
  { parts, scene }: ReadScene,
  { heading }: SectionContent,
  names: KnownNames,
  language: string,
): boolean {
  return (
    secondsInHeading(heading) !== undefined ||
    leadsIn(parts, names, scene, language).length > 0 ||
    (scene.prompt === '' && parts.some(({ block }) => block.type === 'code')) ||
    secondsSaid(parts).length > 0
  );
}

function* nearLeads(
  text: string,
  { section, scene }: SceneNode,
  leads: readonly NearLead[],
  speaking: () => ReadonlySet<string>,
): Generator<Problem> {
  for (const { block, name, meant, label, isSpoken, isAbove } of leads) {
    const span = shiftedSpan(block, section.at);
    const at = within(text, span, name);
    if (isAbove) {
      const message = t(
        '“{0}” seems to speak what follows, but is not among the characters of the front matter.',
        name,
      );
      yield problem('unquoted-speech', 'warning', at, message, { name: spelledOut(name) });
      continue;
    }
    if (label !== undefined) {
      const message = t('“{0}” is read as action. “{1}” would be a label.', name, label);
      yield problem('misspelt-label', 'warning', at, message, { name, meant: [label] });
      continue;
    }
    const isSomebody = isSpoken || meant !== undefined || isToldOf(name, scene.action);
    if (!isSomebody && !speaking().has(nameKey(name))) continue;
    const message = t(
      '“{0}” seems to speak here, but is not among the characters of the front matter, and nothing is quoted: it is read as action.',
      name,
    );
    const about = { name: spelledOut(name), block: span };
    yield problem('unquoted-speech', 'warning', at, message, about);
  }
}

/** A name in capitals of somebody whom the action tells of as well: `MARTHA` of Martha. */
function isToldOf(name: string, action: string): boolean {
  if (name !== name.toUpperCase() || !/\p{Lu}/u.test(name)) return false;
  const [first = '', ...rest] = name.toLowerCase();
  const told = `${first.toUpperCase()}${rest.join('')}`;
  const at = action.indexOf(told);
  return at !== -1 && !/[\p{L}\p{M}]/u.test(action.charAt(at + told.length));
}

/** Whoever speaks or is shown anywhere. */
function namesIn({ scenes, outline }: ParsedScript): ReadonlySet<string> {
  const all = [
    ...scenes.flatMap(({ scene }) => [
      ...scene.cast,
      ...scene.dialogue.map(({ speaker }) => speaker),
    ]),
    ...outline.flatMap(({ beat }) => beat.cast),
  ];
  return new Set(all.filter((name) => name !== '').map(nameKey));
}

/** So many are told of a scene. */
const mostLeads = 20;

interface NearLead {
  readonly block: Block;
  readonly name: string;
  /** The character that it is all but. */
  readonly meant: string | undefined;
  /** The label that it is all but. */
  readonly label: string | undefined;
  readonly isSpoken: boolean;
  /** It stands with its colon alone above what is quoted. */
  readonly isAbove: boolean;
}

/** What stands before a colon at the start of action and may be a name or a label. */
const leadsIn = memoizeLast(
  (
    parts: readonly ScenePart[],
    names: KnownNames,
    { cast }: Scene,
    language: string,
  ): readonly NearLead[] =>
    parts
      .flatMap(({ block, kinds }, i): NearLead[] => {
        const source = kinds.includes('action') ? sourceOf(block) : undefined;
        const lead = source === undefined ? undefined : leadOf(source);
        if (
          !source ||
          source.startsWith('`') ||
          !lead ||
          !readsAsAction(source, speakerNames(cast, names))
        )
          return [];
        const { name, isMarked } = lead;
        const label = isMarked ? labelMeant(name, language) : undefined;
        const isAbove = lead.rest === '' && isQuoted(parts[i + 1]);
        const isName = mayBeName(isAbove ? { ...lead, rest: name, isMarked: true } : lead);
        if (label === undefined && !isName) return [];
        const meant = isName ? personNear(name, names.characters) : undefined;
        return [{ block, name, label, meant, isSpoken: looksSpoken(lead), isAbove }];
      })
      .slice(0, mostLeads),
);

/** Whether a block is quoted: by its Markdown, or by the marks that it stands between. */
function isQuoted(part: ScenePart | undefined): boolean {
  if (part?.block.type === 'quote') return part.kinds.includes('dialogue');
  return part?.block.type === 'paragraph' && /^["“„«»「『][^]*["”“»«」』]$/u.test(part.block.raw);
}

/** The paragraph, or the first of a list. */
function sourceOf(block: Block): string | undefined {
  if (block.type === 'paragraph') return block.raw;
  const [first] = block.type === 'list' ? (block.items[0]?.own.children ?? []) : [];
  return first?.type === 'paragraph' ? first.raw : undefined;
}

function personNear(name: string, characters: KnownNames['characters']): string | undefined {
  return (personMeant(characters, name) ?? nearNames(characters, name)[0])?.name;
}

/** Those that are long enough for one to be told from another word. */
const labelsOf = (language: LabelLanguage): readonly Named[] =>
  (['narration', 'sound', 'action', 'dialogue', 'prompt'] as const)
    .flatMap((name) => wordsFor(name, language))
    .filter((word) => word.length > 5)
    .map((name) => ({ name }));
const english = labelsOf('en');

function labelMeant(name: string, language: string): string | undefined {
  if (name.length < 5 || name.length > 20) return undefined;
  const own = labelLanguage(language);
  const near = nearNames(english, name)[0] ?? (own && nearNames(labelsOf(own), name)[0]);
  return near?.name;
}

/** Seconds in a field of its own that do not count, because the scene says them elsewhere as well. */
function* unreadSeconds({ id, section, scene, parts }: SceneNode): Generator<Problem> {
  const { heading } = section.content;
  const inHeading = secondsInHeading(heading);
  const found =
    inHeading === undefined || inHeading === scene.seconds
      ? secondsSaid(parts).find(({ seconds }) => seconds !== scene.seconds)
      : { block: headingSpan(heading), seconds: inHeading };
  if (!found) return;
  const { block, seconds } = found;
  const message = t(
    'This says {0} s, and the scene lasts {1} s by its line or its beat, which count.',
    seconds,
    scene.seconds,
  );
  const about = { seconds, ...(id === undefined ? {} : { id }) };
  yield problem('unread-seconds', 'warning', shiftedSpan(block, section.at), message, about);
}

/** Where a heading says the seconds. */
function headingSpan(heading: Heading): Span {
  const said = saidBy(heading);
  return said ? shiftedSpan(said.span, heading.rawSpan.start) : heading;
}

/** The seconds that are said in what is told as action, and in tables. */
const secondsSaid = memoize((parts: SceneNode['parts']) =>
  parts.flatMap(({ block, kinds }) => {
    const isTable = block.type === 'paragraph' && block.raw.includes('|') && kinds.length === 0;
    const source = kinds.includes('action') || isTable ? sourceOf(block) : undefined;
    const seconds = source !== undefined && /\p{Nd}/u.test(source) ? secondsIn(source) : undefined;
    return seconds === undefined ? [] : [{ block, seconds }];
  }),
);

/** The only block of text that is all but certainly the prompt of a scene that has none. */
function* unmarkedPrompt(text: string, { section, parts }: SceneNode): Generator<Problem> {
  const [fence, ...more] = parts.flatMap(({ block }) => (block.type === 'code' ? [block] : []));
  if (!fence || more.length > 0) return;
  const { start, end } = shiftedSpan(fence, section.at);
  const said = /^.*/.exec(text.slice(start, end))?.[0] ?? '';
  if (!saysPrompt(said, fence) && !(isPlain(fence) && isProse(fence))) return;
  const message = t(
    'This seems to be the prompt of the scene, but its first line does not say “prompt”.',
  );
  const about = { block: { start, end } };
  yield problem('unmarked-prompt', 'information', { start, end }, message, about);
}

/** Whether the first line of a fence names a prompt, or whom it is for: `text title="prompt"`, `veo`, `json`. */
function saysPrompt(line: string, { info, value }: Code): boolean {
  if (/(?<![\p{L}-])prompt(?![\p{L}-])/iu.test(line.slice(info.length))) return true;
  if (/^(?:prompts|veo|sora|runway|kling|pika|luma|hailuo|wan|midjourney|t2v)[\d.]*$/i.test(info))
    return true;
  return /^json$/i.test(info) && /"(?:video_?)?prompt"\s*:/i.test(value);
}

/** Sentences in any language, and no commands, listings or drawings. */
function isProse({ value }: Code): boolean {
  if (/\(c\)|[{}<>=$\\|`~^]|[;/#*_]\s*$|\(\)|:\/\/|^\s*[-+#$>*/\d]/mu.test(value)) return false;
  const letters = value.match(/[\p{L}\p{M}\s]/gu)?.length ?? 0;
  if (letters < value.length * 0.85 || !/^\P{Ll}/u.test(value)) return false;
  return (
    (value.match(/\p{L}+/gu)?.length ?? 0) > 3 ||
    /[\p{sc=Han}\p{sc=Kana}\p{sc=Thai}]{8}/u.test(value)
  );
}
