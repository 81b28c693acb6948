export type Change = (text: string) => string;

const replaced =
  (what: RegExp | string, by: string): Change =>
  (text) =>
    text.replace(what, by);

/** Only the outline is changed. */
const inOutline =
  (change: Change): Change =>
  (text) =>
    text.replace(/^## Outline\n[^]*?(?=^## Scene 1)/m, change);

const bulleted = (mark: string): Change =>
  inOutline((text) => text.replace(/^( *)\d+\. /gm, (whole) => mark.padEnd(whole.length)));

/** What hands and tools do to a document that shows the same afterwards. */
export const outlineChanges: Record<string, Change> = {
  'a colon behind the heading': replaced('## Outline', '## Outline:'),
  'a full-width colon': replaced('## Outline', '## Outline：'),
  'a bold heading': replaced('## Outline', '## **Outline**'),
  'a bold heading with a colon in it': replaced('## Outline', '## __Outline:__'),
  'an italic heading with marks behind': replaced('## Outline', '## _Outline_ ##'),
  'a heading that is numbered': replaced('## Outline', '## 1. Outline'),
  'a heading with a picture': replaced('## Outline', '## 📝 Outline'),
  'a heading that is a link': replaced('## Outline', '## [Outline](#outline)'),
  'a heading with an anchor': replaced('## Outline', '## <a id="outline"></a>Outline'),
  'no-break spaces': replaced('## Outline', '## \u00a0Outline\u00a0'),
  'an underlined heading': replaced('## Outline', 'Outline\n-------'),
  'a heading in capitals': replaced('## Outline', '## OUTLINE'),
  'a heading of level 1': replaced('## Outline', '# Outline'),
  'a heading of level 3': replaced('## Outline', '### Outline'),
  'a heading of level 4 in bold': replaced('## Outline', '#### **Outline**'),
  'a heading in German': replaced('## Outline', '## Gliederung'),
  'a heading in Vietnamese': replaced('## Outline', '## Dàn ý'),
  'a heading in words of its own': replaced('## Outline', '## Wie alles kommt'),
  'a heading of its own at level 3': replaced('## Outline', '### Wie alles kommt'),
  'a heading that is damaged': replaced('## Outline', '##Outline'),
  'a heading that is gone': replaced('## Outline\n\n', ''),
  'a place behind the last scene': behindScenes,
  'a place behind the last scene, and a heading of level 3': (text) =>
    behindScenes(text).replace('## Outline', '### Outline'),
  'the same, and a heading of its own': (text) =>
    behindScenes(text).replace('## Outline', '#### Wie alles kommt'),
  'all headings one level deeper': (text) => text.replace(/^(?=#+ )/gm, '#'),
  'all headings but the title one level deeper': (text) => text.replace(/^(?=##)/gm, '#'),
  'all headings but the title two levels deeper': (text) => text.replace(/^(?=##)/gm, '##'),
  'all headings one level up': (text) => text.replace(/^##/gm, '#'),
  'acts between the beats': (text) => text.replace(/^(?= *5\. )/m, '## Act two\n\n'),
  'acts of a lower level': (text) => text.replace(/^(?= *5\. )/m, '### Act two\n\n'),
  'bullets of hyphens': bulleted('-'),
  'bullets of stars': bulleted('*'),
  'bullets of plus signs': bulleted('+'),
  'check boxes': inOutline((text) => text.replace(/^( *\d+\. )/gm, '$1[ ] ')),
  'stars for all bullets': inOutline((text) => text.replace(/^( *)- /gm, '$1* ')),
  'one number for all': inOutline((text) => text.replace(/^ *\d+\. /gm, ' 1. ')),
  parentheses: inOutline((text) => text.replace(/^( *\d+)\. /gm, '$1) ')),
  'numbers without alignment': inOutline((text) => text.replace(/^ +(?=\d+\. )/gm, '')),
  'numbers that have become longer': inOutline((text) => text.replace(/^ *(\d+)\. /gm, '1$1. ')),
  'numbers that are much longer': inOutline((text) => text.replace(/^ *(\d+)\. /gm, '1000$1. ')),
  'items without an empty line': inOutline((text) => text.replace(/\n\n(?= *[\d-])/g, '\n')),
  'contracts without indentation': inOutline((text) => text.replace(/^ +(?=- )/gm, '')),
  'contracts and summaries without indentation': inOutline((text) => text.replace(/^ {4}/gm, '')),
  'tabs for indentation': inOutline((text) => text.replace(/^ {4}/gm, '\t')),
  'more indentation': inOutline((text) => text.replace(/^ {4}/gm, '      ')),
  'bold labels': inOutline((text) => text.replace(/^( *- )(\S+?):/gm, '$1**$2:**')),
  'italic labels and a full-width colon': inOutline((text) =>
    text.replace(/^( *- )(\S+?): /gm, '$1_$2_：'),
  ),
  'loose bullets': inOutline((text) => text.replace(/\n(?= *- )/g, '\n\n')),
  'ids on their own lines': (text) => text.replace(/[ \n]+(?=<!-- id)/g, '\n\n    '),
  'ids at the start of a line': (text) => text.replace(/[ \n]+(?=<!-- id)/g, '\n    '),
  'ids at the start of the margin': (text) => text.replace(/[ \n]+(?=<!-- id)/g, '\n'),
  'ids before everything': (text) => text.replace(/(\d+\. )([^]*?) (<!-- id: \w+ -->)/g, '$1$3 $2'),
  'ids behind the title': (text) =>
    text.replace(/(\*\*.+?\*\*)([^]*?) (<!-- id: \w+ -->)/g, '$1 $3$2'),
  'ids within the cast': (text) =>
    text.replace(/,(\s+[\p{L}\s]+?)\s+(<!-- id: \w+ -->)/gu, ', $2$1'),
  'ids behind the summary': (text) =>
    text.replace(/ (<!-- id: \w+ -->)(\s[^]*?)(?=\n\n)/g, '$2 $1'),
  'ids behind the contract': (text) =>
    text.replace(/ (<!-- id: \w+ -->)(\s[^]*?Hand-off.*)/g, '$2 $1'),
  'ids with dashes': (text) => text.replace(/<!-- (id: \w+) -->/g, '<!– $1 –>'),
  'the title underscored': (text) => text.replace(/\*\*(The lamp.*?)\*\*/g, '__$1__'),
  'the title in all emphasis there is': (text) =>
    text.replace(/\*\*(The lamp.*?)\*\*/g, '***$1***'),
  'the title without emphasis': (text) => text.replace(/\*\*(The lamp.*?)\*\*/g, '$1'),
  'the title as a link': (text) => text.replace(/\*\*(The lamp.*?)\*\*/g, '[**$1**](#scene-1)'),
  'fields in italics': (text) => text.replace(/· (8 s[^]*?)(?= <!-- id)/g, '· _$1_'),
  'a comment of somebody else': (text) => text.replace(/· 8 s/g, '· 8 s <!-- too long? -->'),
  'comments between the items': inOutline((text) =>
    text.replace(/\n\n(?= *\d+\. )/g, '\n\n<!-- think about this -->\n\n'),
  ),
  'comments in the items': inOutline((text) =>
    text.replace(/\n+(?= {4}- )/g, '\n\n    <!-- think about this -->\n\n'),
  ),
  'quotes in the items': inOutline((text) => text.replace(/\n+(?= {4}- )/g, '\n\n    > hm\n\n')),
  'the whole outline quoted': inOutline((text) =>
    text
      .trim()
      .replace(/^(?!## )/gm, '> ')
      .replace('> \n', '\n')
      .concat('\n\n'),
  ),
  'line breaks in the heads': (text) =>
    text.replace(/ \d+\. [^]*?-->/g, (head) => head.replaceAll('\n', '  \n')),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'line ends of old Macs': (text) =>
    text.replace(/(?<=^---\n[^]*?^---\n)[^]*/m, (body) => body.replaceAll('\n', '\r')),
  'a byte order mark': (text) => `\ufeff${text}`,
};

function behindScenes(text: string): string {
  const [outline = ''] = /^## Outline\n[^]*?(?=^## )/m.exec(text) ?? [];
  return `${text.replace(outline, '')}\n${outline}`;
}
