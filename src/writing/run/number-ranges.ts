/** Numbers, sorted and without repeats, as ranges: `1–10, 12 and 14`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let start = 0; start < numbers.length;) {
    let end = start;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end++;
    parts.push(start === end ? `${numbers[start]}` : `${numbers[start]}–${numbers[end]}`);
    start = end + 1;
  }
  return parts.join(', ').replace(/, ([^,]*)$/, ' and $1');
}
