import { numberIn } from '../../script/number-words.ts';

/** What a list or an explanation is of. */
export interface Topic {
  /** The number of a list, 2 to 50. */
  readonly count: number | undefined;
  /** Whether the list is counted downwards, as a “top ten” is. */
  readonly countdown: boolean;
  /** What a list or explanation is about, without its number. */
  readonly topic: string;
}

/** Numbers in Vietnamese words that are two. */
const twoWords = /^(mười|hai)\s+(một|hai|ba|bốn|lăm|sáu|bảy|tám|chín|mươi)(?=\s)/iu;

/** A number that stands behind what is counted: “Mistakes everybody makes: 5 of them”. */
const behind =
  /^(.+?)\s*[:–—,(-]\s*(\d{1,2}|\p{L}+)\s+(?:of them|davon|stück|de ellos|de ellas|d['’]entre eux|thứ)\)?\s*$/iu;

const lead =
  /^(?:(?:the|my|our|your|top|best|these|los|las|les|die|der|mes|nos|meine|unsere|mis|nuestros|những)\s+)*/iu;

/** What asks for an explanation, and for whom: neither is what it is about. */
const explaining =
  /^(?:explain(?:ing)?|understand(?:ing)?|erklär\p{L}*|explica\p{L}*|expliqu\p{L}*|giải thích)(?: (?:mir|me|us))?\s+/iu;
const toWhom =
  /\s+(?:to|for|like|für|einem|einer|a|para|à|pour|cho)\s+(?:(?:an?|my|your|the|im|i['’]m|ein\p{L}*|un\p{L}*|một)\s+)?(?:[\p{L}\d-]+\s+){0,3}?(?:old|child(?:ren)?|kids?|beginners?|kind(?:er|ern)?|niñ\p{L}+|principiantes|enfants?|débutants|trẻ em|người mới)\s*$/iu;

/** @param language BCP 47 tag; numbers in words are read in it and in English */
export function readTopic(text: string, language: string): Topic {
  const [, told, last = ''] = behind.exec(text) ?? [];
  const tag = language.toLowerCase().split(/[-_]/u)[0] ?? '';
  const counted = told === undefined ? undefined : numberIn(last.toLowerCase(), tag);
  if (told !== undefined && counted !== undefined && counted > 1 && counted <= 50) {
    return { count: counted, countdown: false, topic: told };
  }
  const [before = ''] = lead.exec(text) ?? [];
  const rest = text.slice(before.length).replace(tag === 'vi' ? twoWords : /^$/u, '$1-$2');
  const [all = '', first = ''] = /^(\d{1,3}|a dozen|[\p{L}\p{M}-]+)\s+(?=\S)/iu.exec(rest) ?? [];
  const count = numberIn(first.toLowerCase(), tag);
  if (count === undefined || count < 2 || count > 50) {
    const plain = text.replace(explaining, '').replace(toWhom, '');
    return { count: undefined, countdown: false, topic: plain === '' ? text : plain };
  }
  const topic = rest.slice(all.length);
  return { count, countdown: /(?:^|\s)top\s/iu.test(before), topic };
}
