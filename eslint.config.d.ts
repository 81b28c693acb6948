/** room → the rooms it may import from. */
export declare const layers: Readonly<Record<string, readonly string[]>>;
declare const config: readonly unknown[];
export default config;
