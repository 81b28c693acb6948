/**
 * Takes the bytes of an answer's body without a copy in between: the connection reads straight into
 * the space that it is given.
 */
export interface ReceiveBuffer {
  /** Where the next bytes go; never empty, and the same until {@link filled} is called. */
  space(): Uint8Array;
  /** So many bytes are now at the beginning of the space. */
  filled(bytes: number): void;
}

/** An answer's body that has not been read yet; let it flow once, or discard it. */
export interface ReceivableBody {
  /**
   * Let all of it flow into `buffer`.
   *
   * @throws the reason when the line breaks or the body is not whole; all that has come until then
   * is in the buffer.
   */
  into(buffer: ReceiveBuffer): Promise<void>;
  /** Nothing more is read until {@link resume}; a little that is under way may still come. */
  pause(): void;
  resume(): void;
  /** Not interested in the rest; {@link into} rejects with `reason` if it is under way. */
  discard(reason?: Error): void;
}

/**
 * The first `limit` bytes of a body, whatever happens to the rest.
 *
 * @param ms until then all of it has to be there; absent: as long as it takes
 * @returns fewer bytes where there are no more in that time, or where the line broke
 */
export async function beginningOf(
  body: ReceivableBody,
  limit: number,
  ms?: number,
): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(limit);
  const junk = Buffer.allocUnsafe(1024);
  let length = 0;
  const buffer: ReceiveBuffer = {
    space: () => (length < limit ? bytes.subarray(length) : junk),
    filled: (count) => {
      length = Math.min(length + count, limit);
      if (length === limit) body.discard();
    },
  };
  const giveUp = (): void => {
    body.discard();
  };
  const timer = ms === undefined ? undefined : setTimeout(giveUp, ms);
  try {
    await body.into(buffer);
  } catch {
    // What has come is all there is to read.
  } finally {
    clearTimeout(timer);
  }
  return bytes.subarray(0, length);
}
