/** What may be meant by what has been begun to type. */
export interface Offer {
  readonly label: string;
  /** What takes the place of what has been typed of it; left out: the label. */
  readonly text?: string;
  readonly kind: 'key' | 'value' | 'character' | 'place' | 'time';
  /** What it is, or how it looks. */
  readonly detail?: string;
}

/** Offers that take the place of the last letters before the cursor. */
export interface Offers {
  /** How many letters of the line have been typed of it. */
  readonly typed: number;
  readonly offers: readonly Offer[];
}
