declare const opaque: unique symbol;

/**
 * What code of another extension passes with a command to say that it acts for the person: then nobody
 * is asked. It counts by what it is, not by what it holds, so nothing that can be written down, such as
 * a link, a key binding or a task, can pass it.
 */
export interface ConsentToken {
  readonly [opaque]: true;
}

/** The one token there is. `activate()` hands it out. */
export const consentToken = Object.freeze({}) as ConsentToken;

/** Fields that any argument object may have. */
export interface CallArgument {
  /** The caller is code that the person runs, and knows what it does: see {@link ConsentToken}. */
  readonly consent?: ConsentToken;
}

/** An argument of a command for which there may be something to decide. */
export interface OrderArgument extends CallArgument {
  /**
   * Go ahead where a person would be asked: the budget would be exceeded, the disk may get full, the
   * studio has refused every account, or the script seems to have what would be written. Without it
   * such a call rejects and orders nothing. The token stands for `true` and for `consent`; a mere
   * `true` without either has the person asked.
   */
  readonly confirmed?: boolean | ConsentToken;
}

/** Who has called a command, and what counts as agreed to. */
export interface Caller {
  /** A person, in the palette, a menu or a view: what is missing may be asked for. */
  readonly interactive: boolean;
  /** Code with our token. Where this is not so either, it may be anybody: a link, a key, a task. */
  readonly trusted: boolean;
  /** It is to be done whatever there would be to decide; without `trusted` still not unasked. */
  readonly confirmed: boolean;
}

/** In the arguments that our own views and buttons pass, and in nothing that is written down. */
const byHand = Symbol('chosen by a person');

/** An argument that stands for what a person has clicked, such as a row of a tree. */
export interface ByHand {
  readonly [byHand]: true;
}

/** The argument for a command that a person has just chosen in something of ours. */
export function chosenByHand<T extends object>(argument: T): T & ByHand {
  return { ...argument, [byHand]: true };
}

export function isByHand(value: unknown): value is ByHand {
  return typeof value === 'object' && value !== null && byHand in value;
}

/** @param argument the command's first argument; empty where there was none */
export function callerOf(argument: object): Caller {
  const { consent, confirmed } = argument as { consent?: unknown; confirmed?: unknown };
  const isConfirmed = confirmed === consentToken;
  const trusted = isConfirmed || consent === consentToken;
  return {
    interactive: !trusted && (Object.keys(argument).length === 0 || isByHand(argument)),
    trusted,
    confirmed: isConfirmed || confirmed === true,
  };
}

/** Whether it may be anybody who calls, so that the person has to agree. */
export function isStranger({ interactive, trusted }: Caller): boolean {
  return !interactive && !trusted;
}
