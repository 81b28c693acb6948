/**
 * Numbers, sorted and without repeats, as ranges: `1–10`, `12`, `14`.
 *
 * @param least how many in a row are a range
 */
export function rangesOf(numbers: readonly number[], least = 2): readonly string[] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.flatMap(([from, to]) =>
    to > from && to - from + 1 >= least
      ? [`${from}–${to}`]
      : Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`),
  );
}
