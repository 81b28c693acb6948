/** The story that the model tells, whatever it is asked for: as long as a bible of that kind is. */

export const title = 'The Last Keeper';

export const logline =
  'The last keeper of a lighthouse teaches a boy to tend the lamp before it is switched off for good, and finds that the boy has come to stay.';

export interface Person {
  readonly name: string;
  readonly look: string;
  readonly voice: string | null;
  /** What they wear over it, which may get wet, torn and so on. */
  readonly garment: string;
}

export const people: readonly Person[] = [
  {
    name: 'Mara',
    look: 'A woman of sixty, lean and straight, a long grey braid, weathered brown face, pale eyes; yellow oilskin over a navy jumper, sea boots.',
    voice: 'Slow and low, few words, never a question.',
    garment: 'oilskin',
  },
  {
    name: 'Tom',
    look: 'A boy of eleven, thin, freckled, cropped red hair and large ears; brown corduroy jacket with patched elbows, short trousers, canvas shoes.',
    voice: 'Quick and breathless, asks and answers himself.',
    garment: 'corduroy jacket',
  },
  {
    name: 'Inspector Hale',
    look: 'A man of fifty, heavy, clean-shaven, thinning black hair combed flat; charcoal overcoat, striped tie, polished brogues, horn-rimmed glasses.',
    voice: 'Official, full sentences, clears his throat first.',
    garment: 'overcoat',
  },
  {
    name: 'Ines',
    look: 'A woman of thirty, broad-shouldered, tanned, black curls under a knitted cap; orange dungarees, rolled sleeves, rubber gloves at her belt.',
    voice: 'Loud and cheerful, swears by the weather.',
    garment: 'dungarees',
  },
];

export interface Setting {
  readonly name: string;
  readonly look: string;
}

export const settings: readonly Setting[] = [
  {
    name: 'Lamp room',
    look: 'A round room of brass and thick panes at the top of the tower, the great lens in its middle; its glow comes from within.',
  },
  {
    name: 'Stairwell',
    look: 'A spiral of iron steps inside whitewashed stone, slits to the sea side, one cable with bulbs.',
  },
  {
    name: 'Kitchen',
    look: 'A vaulted room with an iron stove, a scrubbed table, blue tiles and a single deep casement to the west.',
  },
  {
    name: 'Jetty',
    look: 'Worn planks on piles below the cliff, a winch, coils of hemp, barnacles; open sky on three sides.',
  },
  {
    name: 'Gallery',
    look: 'A narrow walk of grating round the lantern, waist-high railing, the whole horizon beyond it.',
  },
];
