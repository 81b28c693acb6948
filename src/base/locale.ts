import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

const shared = 'scenewright.locale';

/** The language that numbers, dates and money are written in, as a BCP 47 tag that `Intl` takes. */
export function locale(): string {
  return (getEnvironmentData(shared) as string | undefined) ?? 'en';
}

/**
 * Have them written so from now on, in this thread and in workers that are started later.
 *
 * @param language BCP 47 tag; English where `Intl` cannot read it
 */
export function setLocale(language: string): void {
  setEnvironmentData(shared, canonical(language));
}

/**
 * What `make` gives for the language of this moment, made once for each: a formatter takes a thousand
 * times as long to make as to use.
 *
 * @param present the language of this moment, where that is not the one that numbers are in
 */
export function forLocale<T>(make: (language: string) => T, present = locale): () => T {
  const made = new Map<string, T>();
  return () => {
    const language = present();
    const known = made.get(language);
    if (known !== undefined) return known;
    const value = make(language);
    made.set(language, value);
    return value;
  };
}

function canonical(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
