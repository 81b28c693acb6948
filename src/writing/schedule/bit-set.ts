/** A set of small whole numbers that tells its least member fast. */
export class BitSet {
  private readonly words: Int32Array;
  /** No member is in a word before this one. */
  private low = 0;

  /** @param size its members are from 0 up to this, exclusive */
  constructor(size: number) {
    this.words = new Int32Array((size + 31) >> 5);
  }

  put(member: number, isMember: boolean): void {
    const word = member >> 5;
    const bit = 1 << (member & 31);
    const bits = this.words[word] ?? 0;
    this.words[word] = isMember ? bits | bit : bits & ~bit;
    if (isMember && word < this.low) this.low = word;
  }

  /** The least member; -1 for none. */
  get least(): number {
    for (; this.low < this.words.length; this.low++) {
      const bits = this.words[this.low] ?? 0;
      if (bits !== 0) return (this.low << 5) + leastBit(bits);
    }
    return -1;
  }

  /** The least member greater than another; -1 for none. */
  after(member: number): number {
    let word = (member + 1) >> 5;
    let bits = (this.words[word] ?? 0) & (-1 << ((member + 1) & 31));
    while (bits === 0) {
      if (++word >= this.words.length) return -1;
      bits = this.words[word] ?? 0;
    }
    return (word << 5) + leastBit(bits);
  }

  copy(): BitSet {
    const copy = new BitSet(0);
    return Object.assign(copy, { words: this.words.slice(), low: this.low });
  }
}

function leastBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
