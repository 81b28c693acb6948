import type { Bank } from './bank.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { vi } from './vi.ts';

/** The full bank, which every other one translates in part. */
export const english: Bank = en;

export const banks: readonly Bank[] = [en, vi, es, de, fr];

/** The bank of a BCP 47 tag's language; English for a language without one. */
export function bankFor(tag: string): Bank {
  const language = tag.toLowerCase().split(/[-_]/u)[0];
  return banks.find((bank) => bank.language === language) ?? en;
}
