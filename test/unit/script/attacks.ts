/**
 * Texts that somebody may send to make a reader of Markdown or YAML stop: each kind of construct that
 * such readers have taken more than their share of time for, as long as is asked for.
 */
export type Attack = (length: number) => string;

/** A piece again and again. */
export function repeated(piece: string, length: number): string {
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

export function lines(line: (index: number) => string): Attack {
  return (length) => {
    let text = '';
    for (let i = 0; text.length < length; i++) text += `${line(i)}\n`;
    return text;
  };
}

const inRow =
  (piece: string, tail = 'x'): Attack =>
  (length) =>
    repeated(piece, length) + tail;

/** Blocks in blocks, and blocks without end. */
const blocks: Readonly<Record<string, Attack>> = {
  'bullets in one line': inRow('- '),
  'bullets and nothing else': inRow('- ', ''),
  'stars in one line': inRow('* '),
  'plus signs in one line': inRow('+ '),
  'numbers in one line': inRow('1. '),
  'quotes in one line': inRow('> '),
  'quotes without spaces': inRow('>'),
  'bullets in quotes in one line': inRow('> - '),
  'bullets behind tabs': inRow('-\t'),
  'ever deeper bullets': lines((i) => `${' '.repeat(2 * i)}- a`),
  'ever deeper quotes': lines((i) => `${'> '.repeat(i + 1)}a`),
  'lines in a deep list': (length) => '- '.repeat(40) + lines(() => `${' '.repeat(80)}a`)(length),
  'deep quotes': lines(() => `${'> '.repeat(40)}a\n`),
  'deep lists, one after the other': lines(() => `${'- '.repeat(20)}a\n`),
  'lists in lists, one after the other': lines(() => '- - a'),
  'lists in quotes in lists, one after the other': lines(() => '> - > - a'),
  'numbers in numbers, one after the other': lines(() => `${'1. '.repeat(20)}a`),
  'quotes within a list': lines(() => '- a\n\n  > b\n'),
  'a long list': lines(() => '- a'),
  'a long loose list': lines(() => '- a\n'),
  'a long list of lists': lines((i) => (i % 2 === 0 ? '- a' : '  - b')),
  'a long numbered list': lines((i) => `${i})\ta`),
  'paragraphs with tabs': lines(() => 'a\tb\n'),
  'a paragraph of many lines': lines(() => 'a\tb'),
  'empty lines of spaces': (length) => `a\tb\n${lines(() => '   ')(length)}`,
  'an empty line of spaces': (length) => `a${' '.repeat(length)}\tb`,
  'fences that never close': lines((i) => `${'`'.repeat(3 + (i % 50))} x y\n\n## a\n`),
  'fences of two kinds': lines((i) => (i % 2 === 0 ? '```a b\n' : '~~~a b\n')),
  'empty lines in a fence': (length) => `\`\`\`prompt\n${'\n'.repeat(length)}x\n\`\`\`\n`,
  'empty lines in a fence that never closes': (length) => `\`\`\`prompt x\n${'\n'.repeat(length)}x`,
  'comments that never close': lines(() => '<!-- a'),
  'comments in one line': inRow('<!-- '),
  'tags in one line': inRow('<a '),
  'lines of tags': lines(() => '<a>\n'),
  definitions: lines((i) => `[a${i}]: b`),
  'definitions with a title that never ends': lines((i) => `[a${i}]: b "c`),
  'underlined headings': lines(() => 'a\t\n==='),
  'underlined headings between empty lines': lines(() => 'a\t\n===\n'),
  'headings with tabs': lines(() => '# a\t'),
  'thematic breaks': lines(() => '***'),
  'single carriage returns': inRow('a\r\r'),
  NULs: inRow('a\0\n'),
  'paragraphs with a NUL': (length) => `\0\n\n${lines(() => 'a\n')(length)}`,
  'items that are fences': lines(() => '- ```\n  a\n'),
  'scenes of one id': lines(() => '## Scene 1: a\n<!-- scene: aaaaa1 -->\n\n*a · b · c · 8 s*\n'),
  'beats of one id': (length) =>
    `## Outline\n\n${lines((i) => `${i + 1}. **a** · 8 s · b, c · d <!-- id: aaaaa1 -->`)(length)}`,
  'beats that are not plain': (length) =>
    `## Outline\n\n${lines(() => '1) **a** · 8 s · b, c\t · d')(length)}`,
  contracts: (length) => `## Outline\n\n1. **a**\n\n${lines(() => '   - Enters: a')(length)}`,
  'lines that leave their list': (length) => `- a\n${lines(() => 'b · 8 s')(length)}`,
  'lines that leave their quote': (length) => `> a\n${lines(() => 'b')(length)}`,
  'heads in lines without end': (length) => `1. **a** ·\n${lines(() => '   a ·')(length)}`,
  'spaces within a head': (length) => `1. a${' '.repeat(length)}b\n   c · 8 s`,
  'spaces before an id': (length) => `1. a${' '.repeat(length)}b <!-- id: aaaaa1 --> c`,
  'ids that never end': (length) => `1. a ${repeated('<!-- id: ', length)}`,
  'contracts that left their item': (length) => `1. a\n\n${lines(() => '  - Leaves: b\n')(length)}`,
  'beats under headings': lines(() => '### a <!-- id: aaaaa1 -->\n\n- Leaves: b\n'),
  'beats in acts': lines(() => '## a\n\n1. **a** · 8 s <!-- id: aaaaa1 -->\n'),
  'beats within beats': lines(() => '1. a\n   - b <!-- id: aaaaa1 -->'),
  'quoted beats': lines(() => '> 1. a <!-- id: aaaaa1 -->\n'),
  'marks around a heading': (length) => `## ${repeated('.', length)}a${repeated('.', length)}*b`,
  'spaces in a heading': (length) =>
    `## Scene 1${' '.repeat(length)}b\n\n## a${' '.repeat(length)}b`,
  'leftovers of a merge among many paragraphs': (length) =>
    `${repeated('a\n\n', length / 2)}${repeated('>>>>>>> a\n\nb\n\n', length / 2)}`,
  'quotes of many speakers': lines((i) => `> **M${i}** (a): b\n`),
  'speakers of one quote': lines((i) => `> **M${i}** (a): b\n>`),
  'no-break spaces in a name': (length) => `> **${'\u00a0'.repeat(length)}x**: a`,
  'no-break spaces and brackets in a name': (length) => `> **${repeated('\u00a0(a', length)}x**: a`,
  'brackets behind a name': (length) => `> **a** ${repeated('(a)', length)}: a`,
  'a long cast': (length) => `*a · b · ${repeated('x, ', length)} · 8 s*`,
  'a line of many fields': (length) => `*${repeated('a · ', length)} 8 s*`,
};

/** Marks within a paragraph. */
const inline: Readonly<Record<string, Attack>> = Object.fromEntries(
  [
    ...[
      '*a **a ',
      '*a_ ',
      'a***b',
      '_a ',
      '[',
      '[a',
      '![',
      '[a]',
      '[a](b',
      '[a](<b',
      '[a][',
      '![a](',
    ],
    ...[
      '`a``',
      '`\\',
      '<',
      '<a ',
      '<!--a',
      '<![CDATA[',
      '<?',
      '<!A ',
      '<a:',
      '<a b="',
      '&amp',
      '&#',
    ],
    ...['~a*', '\\*', '(*', '*a\n', '*a\\\n'],
  ].map((piece) => [`“${piece.replaceAll('\n', '⏎')}” in a paragraph`, inRow(piece)]),
);

export const markdownAttacks: Readonly<Record<string, Attack>> = {
  ...blocks,
  ...inline,
  'ever longer runs of backticks': (length) => {
    let text = '';
    for (let i = 1; text.length < length; i++) text += `${'`'.repeat(i)}a`;
    return text;
  },
  'links in links': (length) => repeated('[', length / 5) + repeated('](b)', length),
  ...Object.fromEntries(
    ['*a_ ', '<?', '[a][', '`a``'].map((piece) => [
      `“${piece}” in each of many paragraphs`,
      lines(() => `x${piece.repeat(150)}\n`),
    ]),
  ),
};

export const yamlAttacks: Readonly<Record<string, Attack>> = {
  'question marks in one line': inRow('? '),
  'bullets in one line': inRow('- '),
  'bullets and question marks': inRow('? - '),
  'bullets and keys': inRow('- a: '),
  'colons in one line': inRow(': '),
  'keys in one line': inRow('a: '),
  brackets: inRow('['),
  braces: inRow('{'),
  'braces with keys': inRow('{a: '),
  'brackets that close': (length) => `a: ${'['.repeat(length / 2)}${']'.repeat(length / 2)}`,
  'ever deeper keys': lines((i) => `${' '.repeat(i)}a:`),
  'ever deeper bullets': lines((i) => `${' '.repeat(i)}-`),
  'aliases of aliases': lines((i) =>
    i === 0 ? 'a0: &a0 [x,x]' : `a${i}: &a${i} [*a${i - 1},*a${i - 1}]`,
  ),
  'aliases of one anchor': (length) => `a: &a x\nb:\n${lines(() => '- *a')(length)}`,
  'anchors and aliases': lines((i) => `a${i}: &a${i} x\nb${i}: *a${i}`),
  anchors: (length) => `b: ${repeated('&a ', length)}`,
  tags: (length) => `b: ${repeated('!a ', length)}`,
  keys: lines((i) => `k${i}: v`),
  'one key again and again': lines(() => 'k: v'),
  'merge keys': (length) => `x: &x {a: b}\n${lines((i) => `k${i}: {<<: *x}`)(length)}`,
  commas: (length) => `a: [${repeated(',', length)}]`,
  'keys of keys behind quotes': (length) => repeated('? characters:\n"- ', length),
  'keys of braces behind quotes': (length) =>
    repeated(`${'{'.repeat(25)}${'"'.repeat(14)}`, length),
  'quotes that never close': lines((i) => `a${i}: "`),
  escapes: (length) => `a: "${repeated('\\u', length)}"`,
  'lines of a text': (length) => `a: "${lines(() => '  x')(length)}"`,
  'empty lines': (length) => `a: b${'\n'.repeat(length)}c: d`,
  comments: lines(() => '# c'),
  tabs: lines(() => '\ta: b'),
  documents: lines(() => '...'),
  'what is no YAML': lines(() => '@a: `b'),
  characters: (length) => `characters:\n${lines((i) => `- N${i}`)(length)}`,
  'characters of one name': (length) => `characters:\n${lines(() => '- N')(length)}`,
  'a long duration': (length) => `duration: ${repeated('1 h ', length)}`,
};

/** A script with this in its front matter, in its outline, or in its first scene. */
export function scriptWith({ yaml = '', outline = '', body = '' }): string {
  const names = yaml.startsWith('characters:') ? '' : 'characters: [Mara, Old Tom]\n';
  const beats = outline === '' ? '' : `## Outline\n\n${outline}\n\n`;
  return `---\nscenewright: 1\n${names}places: [Lamp room]\n${yaml}\n---\n\n# A script\n\n${beats}## Scene 1: One\n\n${body}\n`;
}
