/**
 * Where stories happen: settings of five places each, with what a scene needs to be staged there.
 * Looks and fixtures are in English, and the looks also in `look-words.json`; names and sounds are in the
 * languages that the scaffold speaks.
 */
export interface SettingPlace {
  /** By language; English always. */
  readonly names: Readonly<Record<string, string>> & { readonly en: string };
  /** Words of an idea that mean this very place, of those that name its setting. */
  readonly words?: string;
  /** Layout, materials, light: what must not drift. */
  readonly look: string;
  /** Where one comes in, with its article. */
  readonly way: string;
  /** Where a thing can be laid down, with its article. */
  readonly spot: string;
  /** What one sees beyond, with its article. */
  readonly view: string;
  /** What one hears, with nobody speaking, parted by commas; by language, English always. */
  readonly sound: Readonly<Record<string, string>> & { readonly en: string };
}

/**
 * What is around a setting and heard from far away: people and their machines, nature alone, the machines of
 * a place with nothing to breathe outside; or nothing that the setting's own sounds do not tell.
 */
export const heardAirs = ['town', 'nature', 'space'] as const;
export type HeardAir = (typeof heardAirs)[number];
export type Air = HeardAir | 'closed';

export interface Setting {
  readonly id: string;
  /** Words of an idea that name this setting, in any of the languages, joined by `|`. */
  readonly named: string;
  /** Words of whom and what belongs there, for ideas that name no place; may be empty. */
  readonly words: string;
  /** A thing to hold that belongs here, without article. */
  readonly object: string;
  readonly air: Air;
  readonly places: readonly SettingPlace[];
}

/** See `resources/stories/settings.json`. */
export interface Settings {
  readonly settings: readonly Setting[];
  /** Where a story goes that names no place of its own. */
  readonly town: Setting;
  /** Words for places of which no more is known than their names, by language. */
  readonly rooms: Readonly<Record<string, string>>;
}
