import { allSchemaWords, type SchemaWord } from './schema-words.ts';

/** How the form of the answer is asked for, the strictest first. */
const modes = ['json_schema', 'json_object', 'prompt'] as const;
export type Mode = (typeof modes)[number];

/** What an endpoint is asked to do beyond plain chat. */
export interface Capabilities {
  readonly mode: Mode;
  /** Words of JSON Schema that it is spared. */
  readonly without: readonly SchemaWord[];
  /** Tell how many tokens there were. */
  readonly usage: boolean;
  /** Take what is the same for a whole run as a message of the system. */
  readonly system: boolean;
  /** Send the answer while it is being made. */
  readonly stream: boolean;
}

/** Every endpoint is first asked for all of it. */
export const everything: Capabilities = {
  mode: 'json_schema',
  without: [],
  usage: true,
  system: true,
  stream: true,
};

/** The form of the answer put into words, and nothing that an endpoint could not take. */
export const plainest: Capabilities = {
  mode: 'prompt',
  without: allSchemaWords,
  usage: false,
  system: false,
  stream: true,
};

/** What both ask for. */
export function lesserOf(a: Capabilities, b: Capabilities): Capabilities {
  return {
    mode: modes.indexOf(a.mode) > modes.indexOf(b.mode) ? a.mode : b.mode,
    without: [...new Set([...a.without, ...b.without])],
    usage: a.usage && b.usage,
    system: a.system && b.system,
    stream: a.stream && b.stream,
  };
}

/** Whether `a` does not ask for all that `b` asks for. */
export function asksForLess(a: Capabilities, b: Capabilities): boolean {
  return (
    modes.indexOf(a.mode) > modes.indexOf(b.mode) ||
    b.without.length < new Set([...a.without, ...b.without]).size ||
    (b.usage && !a.usage) ||
    (b.system && !a.system) ||
    (b.stream && !a.stream)
  );
}

/** The next looser way to ask for the form, or `undefined` where there is none. */
export function looserThan(mode: Mode): Mode | undefined {
  return modes[modes.indexOf(mode) + 1];
}
