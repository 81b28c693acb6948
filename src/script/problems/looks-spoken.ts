import { plainText } from '../markdown/inline-text.ts';
import { direction } from '../parse/dialogue.ts';
import type { Lead } from '../parse/paragraph-lead.ts';
import { labelKind } from '../parse/part-labels.ts';

/** Whether what stands before a colon may be somebody's name, by its shape alone. */
export function mayBeName({ name, isMarked, rest }: Lead): boolean {
  if (rest.trim() === '' || labelKind(name) !== undefined || !isName.test(name)) return false;
  if (name.split(' ').length > 3 || common.test(name) || direction.test(name)) return false;
  return isMarked || isCapitals(name);
}

const isName = /^\p{L}[\p{L}\p{M}\p{N} '’.#-]{1,30}$/u;

function isCapitals(name: string): boolean {
  return name === name.toUpperCase() && /\p{Lu}/u.test(name);
}

/** What stands before colons in capitals and bold everywhere, and is nobody. */
const common = new RegExp(
  `^(?:${[
    'notes?|nb|n\\.b|ps|p\\.s|warnings?|caution|danger|important|attention|tips?|hints?|info|examples?|e\\.?g|i\\.?e|q|a|faq',
    'update|edit|todo|wip|draft|status|version|author|date|source|credits?|license|usage|install(?:ation)?|required|optional',
    'default|deprecated|breaking(?: changes?)?|security|summary|abstract|idea|goal|purpose|motivation|why|how|what|who|when|where',
    'camera|shot|angle|close(?:[- ]?up)?|wide|pov|insert|montage|flashback|cut|fade|dissolve|int|ext|setting|location|place|time',
    'day|night|later|meanwhile|lighting|light|mood|style|tone|props?|cast|characters?|costumes?|wardrobe|vfx|transition|duration',
    'json|yaml|toml|cors|rest|curl|bash|node|ascii|seed|model|negative(?: prompt)?|resolution|format|output|input|results?|features?',
    'requirements?|getting started|quick ?start|changelog|contributing|support|owner|team|new|fix(?:ed)?|added|changed|removed',
    'scene|act|beat|part|step \\d+|chapter|the end|end|start|begin|continued|intro|outro|text|image|picture|video|voice',
    'hinweis|achtung|wichtig|notiz|anmerkung|beispiel|tipp|warnung|kamera|licht|ort|zeit|stimmung|frage|antwort',
    'remarque|attention|conseil|exemple|caméra|lumière|lieu|nota|aviso|importante|ejemplo|atención|cámara|luz|lugar',
    'ghi chú|lưu ý|chú ý|quan trọng|ví dụ|máy quay|ánh sáng|địa điểm|примечание|внимание|важно|камера|свет|место',
  ].join('|')})$`,
  'iu',
);

/**
 * A name in capitals that is emphasised, quotation marks around all that follows, or behind capitals words of
 * people who speak to each other.
 */
export function looksSpoken({ name, rest, isMarked }: Lead): boolean {
  if (isMarked && isCapitals(name) && isSayable.test(name)) return true;
  const said = plainText(rest).trim();
  if (/^(?:"[^"]*"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|「[^」]*」|『[^』]*』)$/u.test(said))
    return true;
  if (!isCapitals(name) || said.length > 300) return false;
  return between.test(said) || (said.length < 100 && /[!?！？]["”»]?$/u.test(said));
}

/** No abbreviation such as API or HTTP. */
const isSayable =
  /^(?:\p{L}[AEIOUYÀ-ÖØ-ÝАЕЁИОУЫЭЮЯ]\p{L}|(?=.*[^BCDFGHJKLMNPQRSTVWXZ\P{L}]).*\p{L}.*\p{L}.*\p{L}.*\p{L}.*)$/u;

/** `I`, `me`, `you` and their like. */
const between = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${[
    "I|I[’'](?:m|ll|ve|d)|me|my|mine|[Yy]our?",
    '[Ii]ch|[Mm]ich|[Mm]ir|[Mm]eine?|[Dd]u|[Dd]ich|[Dd]ir',
    "[Jj]e|[Jj][’']\\p{L}+|[Mm]oi|[Tt]u|[Tt]oi|[Yy]o|[Tt]ú|[Ee]u|[Vv]ocê|[Ii]o",
    '[Tt]ôi|[Mm]ình|[Cc]háu|[Mm]nie|[Яя]|[Мм]не|[Мм]еня|[Тт]ы|[Тт]ебя',
  ].join('|')})(?![\\p{L}\\p{M}])`,
  'u',
);
