/** Sets of slots, one for each code, a bit a slot and 32 slots a word, all in one column: word `w` of the set of code `c` is at
 *  `c * room + w`. */
export class BitSets {
  words: Int32Array;
  private codes = 0;

  /** @param room words of a set. */
  constructor(public room: number) {
    this.words = new Int32Array(0);
  }

  /** Where the set of a code begins, or undefined when nothing was ever put in it. */
  startOf(code: number): number | undefined {
    return code < this.codes ? code * this.room : undefined;
  }

  add(code: number, slot: number): void {
    if (code >= this.codes) {
      if ((code + 1) * this.room > this.words.length) this.move(this.room, Math.max(8, (code + 1) * 2));
      this.codes = code + 1;
    }
    this.words[code * this.room + (slot >>> 5)]! |= 1 << (slot & 31);
  }

  remove(code: number, slot: number): void {
    this.words[code * this.room + (slot >>> 5)]! &= ~(1 << (slot & 31));
  }

  /** Makes room for more slots in every set. */
  grow(room: number): void {
    this.move(room, this.words.length / this.room);
  }

  private move(room: number, codes: number): void {
    const words = new Int32Array(room * codes);
    for (let code = 0; code < this.codes; code++) words.set(this.words.subarray(code * this.room, (code + 1) * this.room), code * room);
    this.words = words;
    this.room = room;
  }
}

/** The place of the lowest bit that is set. */
export const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits);
