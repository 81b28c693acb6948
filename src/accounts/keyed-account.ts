/** Who asks a service, and pays there: an account, and the way to its key. */
export interface KeyedAccount {
  readonly id: string;
  /** As the writer named it. */
  readonly name: string;
  /** Where it is, for services of which each account is a server of its own; else the settings say it. */
  readonly address?: string;
  /**
   * The key for a request to this address. It is asked for when the request goes out, kept no longer
   * than that, and never logged or written down.
   *
   * @throws ScenewrightError `account` where there is none that may be sent there
   */
  readonly key: (address: string) => Promise<string>;
}
