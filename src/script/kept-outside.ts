import { innerWords } from './inner-text.ts';
import { type Block, contains, type Span } from './markdown/block-types.ts';
import { blocksOf } from './markdown/read-blocks.ts';
import { shownWords } from './markdown/shown-words.ts';
import type { ParsedScript } from './parse/parsed-script.ts';

/**
 * What the writer has said to be no part of the story, so that nobody has to ask whether it is a scene of
 * the outline: by a comment, or by a heading that says so.
 */

/** Behind a heading it speaks of the whole section, elsewhere of what follows up to the next heading. */
export const outsideMark = '<!-- outline: none -->';

const markPattern = /^<!--\s*outline:\s*none\s*-->/i;

/** What sections are called that are no scenes, in capitals. */
const ownSections = new Set(
  `NOTES|MY NOTES|NOTE|IDEAS|IDEA|RESEARCH|REFERENCES|REFERENCE|SOURCES|MATERIAL|MATERIALS|SCRAPS|SCRAP
  |CUT|CUTS|CUT MATERIAL|CUT SCENES|DELETED|DELETED SCENES|DELETED MATERIAL|UNUSED|UNUSED SCENES|OUTTAKES
  |DRAFTS|OLD DRAFTS|OLD VERSIONS|ARCHIVE|ATTIC|GRAVEYARD|PARKING LOT|ALTERNATIVES|ALTERNATES|ALTS|TESTS
  |ALTERNATIVE PROMPTS|PROMPT IDEAS|TEST PROMPTS|EXAMPLE PROMPTS|EXAMPLES|STYLE TESTS|MOOD BOARD|MOODBOARD
  |STYLE GUIDE|LOOK BOOK|LOOKBOOK|WORLD|WORLDBUILDING|CHARACTERS|PLACES|TODO|TO DO|TO-DO|FEEDBACK|COMMENTS
  |APPENDIX|MISC|MISCELLANEOUS
  |NOTIZEN|IDEEN|RECHERCHE|QUELLEN|ENTWÜRFE|GESTRICHEN|GESTRICHENES|GESTRICHENE SZENEN|VERWORFEN|ARCHIV
  |IDÉES|RECHERCHES|BROUILLONS|COUPÉ|SCÈNES COUPÉES|SCÈNES SUPPRIMÉES
  |NOTAS|INVESTIGACIÓN|REFERENCIAS|BORRADORES|DESCARTES|ESCENAS ELIMINADAS|PESQUISA|REFERÊNCIAS
  |RASCUNHOS|CENAS CORTADAS|APPUNTI|IDEE|RICERCA|BOZZE|SCENE TAGLIATE|NOTITIES|ONDERZOEK
  |GHI CHÚ|Ý TƯỞNG|TƯ LIỆU|CẢNH ĐÃ CẮT|ЗАМЕТКИ|ИДЕИ|МАТЕРИАЛЫ|ЧЕРНОВИКИ|ВЫРЕЗАННЫЕ СЦЕНЫ
  |メモ|資料|没シーン|ボツ|笔记|備註|备注|资料|废弃场景|메모|자료|삭제 장면`
    .split('|')
    .map((name) => name.trim()),
);

/** What of a document the writer keeps outside of the outline. */
export function keptOutside({ reading }: ParsedScript): Span[] {
  const blocks = blocksOf(reading.layout);
  const found: Span[] = [];
  const open: { depth: number; start: number }[] = [];
  /** The heading that only comments have followed, and a mark without one. */
  let heading: { depth: number; start: number } | undefined;
  let mark: number | undefined;
  const closeAt = (end: number, depth: number): void => {
    if (mark !== undefined) found.push({ start: mark, end });
    mark = undefined;
    while ((open.at(-1)?.depth ?? -1) >= depth) {
      const { start } = open.pop() ?? { start: end };
      found.push({ start, end });
    }
  };
  for (const block of blocks) {
    if (block.type === 'heading') {
      closeAt(block.start, block.depth);
      heading = block;
      if (saysOwn(block, block.start === reading.layout.title?.start)) open.push(block);
    } else if (block.type === 'html' && markPattern.test(block.raw)) {
      if (heading === undefined) mark ??= block.start;
      else if (open.at(-1) !== heading) open.push(heading);
    } else if (block.type !== 'html') heading = undefined;
  }
  closeAt(Infinity, 0);
  return found;
}

function saysOwn(block: Block, isTitle: boolean): boolean {
  if (block.type !== 'heading' || isTitle) return false;
  const words = shownWords(block);
  if (words.length > 80) return false;
  return ownSections.has(innerWords(words).toUpperCase());
}

export function isWithin(spans: readonly Span[], at: number): boolean {
  return spans.some((span) => contains(span, at));
}
