import { piece, type Piece } from '../language-model/token-estimate.ts';

/** The forms of what comes before, the fullest first: each says less of the same. */
type Forms = readonly Piece[];

/**
 * Lines about things in an order, of which the last matter most, within a room of tokens: from the end
 * backwards in full as far as there is room, then in shorter forms, the oldest not at all.
 *
 * @param count of the things
 * @param forms what is said of one of them, the fullest form first
 * @param leftOut stands for those that have no room
 */
export function latestInFull(
  count: number,
  room: number,
  forms: (index: number) => readonly string[],
  leftOut: string,
): string {
  const all = Array.from({ length: count }, (_, i): Forms => forms(i).map(piece));
  // How far each thing has come down; the last one always stays in full.
  const level = all.map(() => 0);
  let taken = all.reduce((sum, [fullest]) => sum + (fullest?.tokens ?? 0), 0);
  const deepest = all[0]?.length ?? 0;
  for (let down = 1; down <= deepest && taken > room; down++) {
    for (let i = 0; i < count - 1 && taken > room; i++) {
      taken += tokensAt(all[i], down) - tokensAt(all[i], down - 1);
      level[i] = down;
    }
  }
  const lines = all.flatMap((one, i) => one[level[i] ?? 0]?.text ?? []);
  return [...(lines.length < count ? [leftOut] : []), ...lines].join('\n');
}

function tokensAt(forms: Forms | undefined, level: number): number {
  return forms?.[level]?.tokens ?? 0;
}
