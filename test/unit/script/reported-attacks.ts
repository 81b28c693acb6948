import { type Attack, lines, repeated } from './attacks.ts';

/** A piece again and again, on one line. */
const row =
  (piece: string): Attack =>
  (length) =>
    repeated(piece, length);

/** One half of a text and then the other, each again and again: what is opened, and what closes it. */
const closed =
  (opening: string, closing: string): Attack =>
  (length) => {
    const times = Math.ceil(length / (opening.length + closing.length));
    return `${opening.repeat(times)}a${closing.repeat(times)}`;
  };

/**
 * What has made readers of Markdown stop, as people have reported it of several of them and as fuzzers have
 * found it, and what looks like it in the words of a script.
 */
export const reportedAttacks: Readonly<Record<string, Attack>> = {
  'brackets in brackets': closed('[', ']'),
  'pictures in links': closed('[![', '](b)](c)'),
  'pictures in pictures': closed('![', '](b)'),
  'brackets that are references': closed('[', '][b]'),
  'links without an address': row('[a]('),
  'links to brackets': closed('[a](', ')'),
  'links with a title that never ends': row('[a](b "'),
  'addresses in angles': row('[a](<b>'),
  entities: row('&amp;&lt;&CounterClockwiseContourIntegral;'),
  'an entity that never ends': (length) => `&${repeated('a', length)}`,
  ampersands: row('&'),
  'numbers of characters': row('&#x10ffff;&#0;&#99999999;'),
  'a table of many columns': (length) =>
    `${repeated('|a', length / 2)}|\n${repeated('|-', length / 2)}|`,
  'a table of many lines': (length) => `|a|b|\n|-|-|\n${lines(() => '|*a*|`b`|')(length)}`,
  'rows of a table that never was': lines(() => '| a | b |\n| - |'),
  footnotes: lines((i) => `[^${i}]: a [^${i + 1}]\n`),
  'footnotes in footnotes': row('[^a]: '),
  'references to footnotes': row('[^a][^b]'),
  'footnotes that are indented': lines((i) => `${' '.repeat(4 * (i % 20))}[^${i}]: a\n`),
  'definitions in angles': row('[a]: <'),
  'a definition with a long name': (length) => `[${repeated('a ', length)}]: b`,
  'definitions over lines': lines(() => '[a]:\nb\n"c'),
  'a comment that never ends': (length) => `<!-- ${repeated('a -- b\n\n', length)}`,
  'comments that end at once': row('<!--><!--->'),
  'comments in a paragraph': (length) => `a ${repeated('<!-- b -->', length)}`,
  'comments that end too often': row('-->'),
  declarations: lines(() => '<!A\n\na'),
  'tags with attributes that never end': row('<a b=\'c" '),
  'closing tags': row('</a '),
  'raw elements': lines(() => '<script>\n\n<pre>\n\n'),
  'a long paragraph that is a heading': (length) => `${lines(() => 'a\tb *c*')(length)}===`,
  'a long line that is a heading': (length) => `${repeated('a *b* ', length)}\n---`,
  addresses: row('http://a.b/c?d=e '),
  'an address without an end': (length) => `https://a.b/${repeated('c/', length)}`,
  'addresses in brackets': row('(http://a.b/('),
  'addresses of mail': row('a@b.c '),
  'mail without an end': row('a@b'),
  'words that begin as addresses do': row('www.'),
  'one word struck out': closed('~~', '~~'),
  'words struck out': row('~a~~b~'),
  tildes: row('~'),
  'stars before and behind': closed('*', '*'),
  'underscores within words': row('a_b__c'),
  'runs of stars of all lengths': (length) => {
    let text = '';
    for (let i = 1; text.length < length; i++) text += `${'*'.repeat(i % 40)}a `;
    return text;
  },
  'emphasis of two kinds': closed('*_', '_*'),
  'hands of all colours': row('👍🏽'),
  families: row('👨‍👩‍👧‍👦'),
  'marks upon marks': (length) => `a${repeated('\u0301\u0323', length)}`,
  variations: row('❤\ufe0f'),
  'a word without an end': row('a'),
  'a sentence without spaces': row('字'),
  'carriage returns alone': row('a\r'),
  'empty lines of carriage returns': row('\r'),
  'carriage returns in a list': row('- a\r  b\r'),
  'NULs alone': row('\0'),
  'halves of characters': row('\ud800'),
  'second halves of characters': row('\udc00a'),
  'marks of direction': row('\u202e\u2066a'),
  'spaces without a width': row('\u200b'),
  'other ends of lines': row('a\u2028b\u2029\u0085'),
  'byte order marks': row('\ufeff'),
  backslashes: row('\\'),
  'hard breaks': row('a  \n'),
  'backslashes at ends of lines': row('a\\\n'),
  'spaces alone': row(' '),
  'tabs alone': row('\t'),
  'quotes and tabs': lines(() => '>\t>\ta'),
  'number signs': row('#'),
  'headings of all levels': lines((i) => `${'#'.repeat(1 + (i % 7))} a\n`),
  'headings without words': lines(() => '##'),
  'headings that close': lines(() => '## a ##   #\n'),
  'rules with spaces': row('- * _ '),
  'rules in lists': lines(() => '- ***\n- a'),
  'a number without an end': (length) => `${repeated('1', length)}. a`,
  'long numbers': lines(() => '999999999. a\n'),
  'items of both kinds': lines((i) => (i % 2 === 0 ? '1. a' : '1) a')),
  'empty items': lines(() => '1.\n'),
  'items of fences': lines(() => '1. ```\n   a\n'),
  'items that each hide a fence': lines((i) => `${i}. a\n\n   ~~~\n`),
  'items of quotes of items': lines(() => '1. > 1. > a\n'),
  'backticks of three lengths': lines((i) => '`'.repeat(3 + (i % 3))),
  'backticks that close nothing': (length) =>
    `${repeated('``', length / 2)} ${repeated('`a', length / 2)}`,
  colons: row(':'),
  'speakers in one line': row('**MARA**: a '),
  'speakers that never end': lines(() => '> **MARA (a'),
  'brackets behind a speaker': (length) => `> **MARA** ${closed('(', ')')(length)}: a`,
  'speakers of all widths': lines(() => 'ＭＡＲＡ： a\n'),
  labels: lines(() => '**Narration:** a\n**Sound:** b'),
  'fields without words': row('· '),
  seconds: row('8 s · '),
  'digits of all scripts': row('８ ٨ ८ s · '),
  'headings of scenes': lines(() => '## Scene 1'),
  'lines that name scenes': lines((i) => `Scene ${i}: a\n`),
  'places of scenes': lines(() => '## INT. LAMP ROOM - NIGHT\n'),
  'names behind an @': row('@Mara @Old '),
  questions: lines(() => '<!-- To do: a -->'),
  'questions that never end': row('<!-- To do: [a] '),
  'ids of scenes': row('<!-- scene: aaaaa1 -->'),
  'ids of beats': row('a <!-- id: aaaaa1 --> '),
  'prompts in prompts': lines(() => '```prompt\n````prompt'),
};

/** The same of YAML. */
export const reportedYamlAttacks: Readonly<Record<string, Attack>> = {
  'a billion laughs': (length) => {
    let text = 'a0: &a0 [x, x, x, x, x, x, x, x, x]\n';
    for (let i = 1; text.length < length; i++) {
      text += `a${i}: &a${i} [${Array<string>(9)
        .fill(`*a${i - 1}`)
        .join(', ')}]\n`;
    }
    return text;
  },
  'a billion laughs among the characters': (length) =>
    `x: &x [${repeated('*x, ', length / 2)}]\ncharacters: [${repeated('*x, ', length / 2)}]`,
  'an alias in its own anchor': lines((i) => `a${i}: &a${i} {b: *a${i}}`),
  'maps in maps in one line': (length) => `a: ${closed('{a: ', '}')(length)}`,
  'lists in maps in one line': (length) => `a: ${closed('[{a: ', '}]')(length)}`,
  'a key without an end': (length) => `${repeated('a', length)}: b`,
  'a key of many words': (length) => `${repeated('a ', length)}: b`,
  'a key in quotes': (length) => `"${repeated('a\\n', length)}": b`,
  'keys that are lists': lines(() => '? [a, b]\n: c'),
  'keys that are long, in a map': (length) => `a: {${repeated('b', length)}: c}`,
  'maps of maps with many keys': lines((i) => `k${i}: {a: {b: {c: {d: e}}}}`),
  'merges of many': (length) => `x: &x {a: b}\ny: {<<: [${repeated('*x, ', length)}]}`,
  'merges of merges': lines((i) =>
    i === 0 ? 'm0: &m0 {a: b}' : `m${i}: &m${i} {<<: [*m${i - 1}, *m${i - 1}]}`,
  ),
  'a name of an anchor without an end': (length) => `a: &${repeated('b', length)} c`,
  'a tag without an end': (length) => `a: !${repeated('b', length)} c`,
  'declarations of tags': lines((i) => `%TAG !a${i}! tag:b:`),
  'quotes in quotes': (length) => `a: '${repeated("''", length)}'`,
  'a text in lines of its own': (length) => `a: |\n${lines(() => '  b')(length)}`,
  'a folded text': (length) => `a: >\n${lines((i) => `${' '.repeat(2 + (i % 30))}b`)(length)}`,
  'texts in lines of their own': lines((i) => `a${i}: |\n  b`),
  'a plain text of many lines': (length) => `a: b\n${lines(() => '  c: d')(length)}`,
  'a number without an end': (length) => `duration: ${repeated('1', length)}`,
  'a time without an end': (length) => `duration: ${repeated('1:', length)}`,
  'commas and colons': (length) => `a: {${repeated(',:', length)}}`,
  'maps without values': (length) => `a: {${repeated('b:,', length)}}`,
  'halves of characters': (length) => `a: ${repeated('\ud800', length)}`,
  'carriage returns alone': row('a: b\r'),
  'names that differ by nothing': (length) =>
    `characters:\n${lines((i) => `  - name: N${i}\n    look: ${'a'.repeat(i % 50)}`)(length)}`,
  'a look without an end': (length) =>
    `characters:\n  - name: A\n    look: ${repeated('a, ', length)}`,
};
