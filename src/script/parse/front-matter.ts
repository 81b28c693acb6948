import { isMap, isNode, isScalar } from 'yaml';
import { defined } from '../../base/defined.ts';
import { t } from '../../base/l10n.ts';
import { listed } from '../../base/lists.ts';
import type { Span } from '../markdown/block-types.ts';
import { briefDefaults } from '../brief.ts';
import { parseDuration } from '../durations/duration-text.ts';
import type { Aspect, Bible, Brief, PicturePath, Place, Structure } from '../script-model.ts';
import { mayBeScript } from './is-script.ts';
import { beyondLimits } from '../limits.ts';
import { aspects, largestSeed, maxDuration, structures } from '../script-model.ts';
import { problem, type Problem } from '../problems/script-problem.ts';
import { languageTag } from '../language-tag.ts';
import { normaliseLine, normaliseLines, normaliseProse } from '../normalise-text.ts';
import { readYaml, valuesOf } from './read-yaml.ts';

/** What the front matter says. Whatever it does not say, or not readably, is the default. */
export interface FrontMatter {
  /** What it was read from, marks included. */
  readonly head: string;
  readonly isScript: boolean;
  readonly title: string;
  readonly writer: string;
  /** Only where the writer put it there; it is read from under the title otherwise. */
  readonly logline: string;
  /** A `duration` that is missing or unusable is 0. */
  readonly brief: Brief;
  /** What renders are to begin from; absent where it is left to chance. */
  readonly seed?: number;
  readonly bible: Bible;
  readonly problems: readonly Problem[];
  /** Why the document is not to be read at all. */
  readonly beyond?: Problem;
}

/**
 * Read front matter. Every value is read as the text that the writer typed, so that a title such as
 * `1.0` or `yes` stays what it is.
 *
 * @param head the document as far as its front matter, which stands at `content`, is closed
 */
export function readFrontMatter(head: string, content: Span | undefined): FrontMatter {
  const source = content ? head.slice(content.start, content.end) : '';
  const { record, problems, spanOf, beyond } = recordOf(source, content ?? { start: 0, end: 0 });
  const line = (key: string): string => normaliseLine(textOf(record[key]));

  const version = line('scenewright') || (/^scenewright:\s*(\d+)/m.exec(source)?.[1] ?? '');
  const isBeyond = beyond !== undefined && content !== undefined && mayBeScript(head);
  const isScript = version === '1' && !isBeyond;
  const found: Problem[] = [...problems];
  const choice = <T extends string>(key: string, known: readonly T[], otherwise: T): T => {
    const value = line(key);
    const chosen = known.find((one) => one === value);
    if (chosen === undefined && value !== '') {
      const message = t(
        '“{0}” is not a known {1}: {2} is used. Choose one of {3}.',
        value,
        key,
        otherwise,
        listed(known),
      );
      found.push(problem('front-matter-value', 'warning', spanOf(key), message));
    }
    return chosen ?? otherwise;
  };

  if (version !== '' && version !== '1') {
    const message = t(
      'This script says that it has format {0}; this version of Scenewright reads format 1.',
      version,
    );
    found.push(problem('unknown-format', 'warning', spanOf('scenewright'), message));
  }
  const duration = parseDuration(line('duration')) ?? 0;
  const usable = Number.isInteger(duration) && duration >= 1 && duration <= maxDuration;
  if (isScript && line('duration') !== '' && !usable) {
    const message = t(
      '“{0}” is no length for a video. Give whole seconds from 1 to {1}.',
      line('duration'),
      maxDuration,
    );
    found.push(problem('front-matter-value', 'warning', spanOf('duration'), message));
  }
  const seedIn = (from: YamlRecord, key: string): { readonly seed?: number } => {
    const value = normaliseLine(textOf(from.seed));
    if (value === '') return {};
    const seed = Number(value);
    if (Number.isInteger(seed) && seed >= 0 && seed <= largestSeed) return { seed };
    const message = t(
      '“{0}” is no seed, so renders begin from chance. Give a whole number from 0 to {1}.',
      value,
      largestSeed,
    );
    if (isScript) found.push(problem('front-matter-value', 'warning', spanOf(key), message));
    return {};
  };
  return {
    head,
    isScript,
    title: line('title'),
    writer: line('writer'),
    logline: line('logline'),
    brief: {
      idea: normaliseProse(textOf(record.idea)),
      duration: usable ? duration : 0,
      language: languageTag(line('language')) ?? (line('language') || briefDefaults.language),
      style: line('style') || briefDefaults.style,
      aspect: choice<Aspect>('aspect', aspects, briefDefaults.aspect),
      structure: choice<Structure>('structure', structures, briefDefaults.structure),
      instructions: normaliseProse(textOf(record.instructions)),
    },
    ...seedIn(record, 'seed'),
    bible: {
      characters: named(record.characters).map(({ name, from }) => ({
        name,
        look: normaliseLines(textOf(from.look)),
        voice: normaliseLines(textOf(from.voice)),
        ...defined({ pictures: pathsIn(from.picture ?? from.pictures) }),
        ...seedIn(from, 'characters'),
      })),
      places: named(record.places).map(({ name, from }) => ({
        name,
        look: normaliseLines(textOf(from.look)),
        ...placePictures(from.picture ?? from.pictures),
        ...seedIn(from, 'places'),
      })),
    },
    problems: isScript || version !== '' ? found : [],
    ...(isBeyond ? { beyond: beyondLimits(content, beyond) } : {}),
  };
}

type YamlRecord = Readonly<Record<string, unknown>>;

function recordOf(
  source: string,
  content: Span,
): {
  record: YamlRecord;
  problems: Problem[];
  spanOf: (key: string) => Span;
  beyond?: string;
} {
  const unreadable = (at: Span, reason: string): Problem =>
    problem(
      'front-matter-unreadable',
      'error',
      at,
      t('The front matter is not valid YAML, so parts of it are not seen: {0}', reason),
    );
  const nothing = { record: {}, problems: [], spanOf: () => content };
  const document = readYaml(source);
  if (typeof document === 'string') return { ...nothing, beyond: document };
  try {
    const { contents } = document;
    const problems = document.errors.slice(0, 1).map((error) => {
      const [start, end] = error.pos;
      return unreadable(
        { start: content.start + start, end: content.start + Math.max(end, start + 1) },
        error.message,
      );
    });
    const spanOf = (key: string): Span => {
      const pairs = isMap(contents) ? contents.items : [];
      const node = pairs.find((pair) => isScalar(pair.key) && pair.key.value === key)?.value;
      const range = isNode(node) ? node.range : undefined;
      if (!range) return content;
      return { start: content.start + range[0], end: content.start + range[1] };
    };
    return { record: asRecord(valuesOf(document)), problems, spanOf };
  } catch (error) {
    // Aliases of aliases without end: hostile, and not worth more words.
    const reason = error instanceof Error ? normaliseLine(error.message) : t('it cannot be read.');
    return { ...nothing, problems: [unreadable(content, reason)] };
  }
}

function asRecord(value: unknown): YamlRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.assign(Object.create(null) as Record<string, unknown>, value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** One path, or a list of them; absent where there is none. */
function pathsIn(value: unknown): readonly PicturePath[] | undefined {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const paths = values.map((one) => normaliseLine(textOf(one))).filter((one) => one !== '');
  return paths.length === 0 ? undefined : paths;
}

/** The same for a place, which may have those of its inside and outside apart. */
function placePictures(value: unknown): Pick<Place, 'pictures' | 'inside' | 'outside'> {
  const { inside, outside } = asRecord(value);
  return defined({
    pictures: pathsIn(value),
    inside: pathsIn(inside),
    outside: pathsIn(outside),
  });
}

/** List items that have a name: maps with `name`, or a bare text that is the name. */
function named(value: unknown): { name: string; from: YamlRecord }[] {
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items
    .map((item) => {
      const from = asRecord(item);
      return { name: normaliseLine(textOf(item) || textOf(from.name)), from };
    })
    .filter(({ name }) => name !== '');
}
