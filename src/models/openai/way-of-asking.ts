import { asksForLess, everything, lesserOf, type Capabilities } from './capabilities.ts';
import type { Asked, EndpointMemory } from './endpoint-memory.ts';
import { concessionTo, concessionToCrash, type Concession } from './form-refusal.ts';
import { RefusedRequest } from './refused-request.ts';

/**
 * How one request is asked: for everything that its endpoint is known to take, and for less when it
 * turns out to take less. What is conceded is learned for all requests as soon as one is taken.
 */
export class WayOfAsking {
  capabilities: Capabilities;
  private readonly memory: EndpointMemory;
  private readonly asked: Asked;
  private readonly concessions: Concession[] = [];
  private explored: (() => void) | undefined;
  private isTaken = false;

  constructor(memory: EndpointMemory, asked: Asked) {
    this.memory = memory;
    this.asked = asked;
    this.capabilities = memory.recall(asked);
  }

  /**
   * Ask for less after a request was refused.
   *
   * @returns whether that may help; otherwise nothing has changed
   * @throws the signal's reason
   */
  async concede(error: unknown, signal: AbortSignal): Promise<boolean> {
    const concession = this.concessionTo(error);
    if (concession === undefined) return false;
    if (this.explored === undefined) {
      this.explored = await this.memory.explore(this.asked, signal);
      const known = this.memory.recall(this.asked);
      if (asksForLess(known, this.capabilities)) {
        this.capabilities = lesserOf(known, this.capabilities);
        this.end();
        return true;
      }
    }
    this.isTaken = false;
    this.concessions.push(concession);
    this.capabilities = lesserOf(this.capabilities, { ...everything, ...concession.less });
    return true;
  }

  /** The endpoint has begun to answer. */
  taken(): void {
    if (this.isTaken) return;
    this.isTaken = true;
    this.memory.taken(this.asked, this.concessions);
    this.end();
  }

  /** The answer to a request that was taken did or did not have the form that was asked for. */
  answered(keptForm: boolean): void {
    this.memory.answered(this.asked, this.capabilities, keptForm);
  }

  /** Whatever became of it, others need not wait for it any more. */
  end(): void {
    this.explored?.();
    this.explored = undefined;
  }

  private concessionTo(error: unknown): Concession | undefined {
    const concession = concessionTo(error, this.capabilities);
    if (concession !== undefined) return concession;
    const isCrash = error instanceof RefusedRequest && error.refusal.status === 500;
    return isCrash && this.memory.crashed(this.asked)
      ? concessionToCrash(this.capabilities)
      : undefined;
  }
}
