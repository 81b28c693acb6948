/** A request that waits for the first word of its answer, or has it. */
export interface InLine {
  /** A request that was sent before this one gets on: this one may only be waiting for its turn. */
  othersGotOn(): void;
}

/**
 * The requests under way at one server, in the order of sending. Many servers of one's own answer one
 * request after the other: whoever waits there behind others has not gone silent.
 */
export class ServerLine {
  private readonly requests = new Set<InLine>();

  join(request: InLine): void {
    this.requests.add(request);
  }

  /** A request got a piece of its answer. */
  gotOn(request: InLine): void {
    let isLater = false;
    for (const one of this.requests) {
      if (isLater) one.othersGotOn();
      isLater ||= one === request;
    }
  }

  /** @param answered whether the server had a word for it, good or bad */
  leave(request: InLine, answered: boolean): void {
    if (answered) this.gotOn(request);
    this.requests.delete(request);
  }
}
