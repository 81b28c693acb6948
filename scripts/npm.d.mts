export declare function runNpm(
  args: readonly string[],
  options: { readonly cwd: string; readonly onOutput: (text: string) => void },
): Promise<void>;
