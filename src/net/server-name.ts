/**
 * What has come of a request, as a whole sentence about the server that it went to. The sentence begins with
 * what happened and names the server after that: whoever sees only its beginning, as in a narrow row, has
 * to see the reason, and an address alone is none. A test holds all sentences to that.
 */
export type Reason = (server: string) => string;

/**
 * A server as it may be shown. It is no text, so that nothing can be put behind it: it gets into words
 * through a {@link Reason} alone, which is a sentence of its own in every language.
 */
export class ServerName {
  private readonly shown: string;

  /** @param shown without what may hold a key */
  constructor(shown: string) {
    this.shown = shown;
  }

  say(reason: Reason): string {
    return reason(this.shown);
  }
}

/** A server by its host: an address's path and query can hold keys. */
export function hostOf({ host }: URL): ServerName {
  return new ServerName(host);
}
