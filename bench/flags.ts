/** What stands behind `--` on the command line, such as `quick` or `check`. */
export type Flags = ReadonlySet<string>;
