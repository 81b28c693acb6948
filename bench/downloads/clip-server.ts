import type { Line } from './cases.ts';

/** Serves clips of certain sizes on loopback, in a process of its own. */
export interface ClipServer {
  /** What it is, for the heading. */
  readonly name: string;
  /** Where each line begins; an address is that, `/<bytes>/` and any name. TLS may be missing. */
  readonly lines: Partial<Record<Line, string>>;
  stop(): Promise<void>;
}

/** The addresses of a batch of clips of these sizes. */
export function addresses(
  { lines, name }: ClipServer,
  line: Line,
  sizes: readonly number[],
): readonly string[] {
  const base = lines[line];
  if (base === undefined) throw new Error(`${name} has no line "${line}".`);
  return sizes.map((bytes, index) => `${base}/${bytes}/${index}.mp4`);
}
