/** Packs small numbers into the letters of a link. The letters are base64url without padding. */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const BITS = 6;

/** Writes numbers as bits, starting with the highest bit of each number. */
export class BitWriter {
  readonly #bits: number[] = [];

  /** Writes the lowest `count` bits of a number. `count` must be at most 30. */
  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push(value >> bit & 1);
  }

  /**
   * Returns the written bits as letters. If the bits do not fill the last letter, it is padded with
   * zeros.
   */
  letters(): string {
    let text = "";
    for (let first = 0; first < this.#bits.length; first += BITS) {
      let value = 0;
      for (let bit = 0; bit < BITS; bit++) value = value << 1 | (this.#bits[first + bit] ?? 0);
      text += LETTERS[value];
    }
    return text;
  }
}

/** Reads numbers that a {@linkcode BitWriter} has written. */
export class BitReader {
  readonly #letters: string;
  #position = 0;

  constructor(letters: string) {
    this.#letters = letters;
  }

  /**
   * Reads a number that is `count` bits long. Returns undefined if a letter is missing or is not a
   * base64url letter.
   */
  read(count: number): number | undefined {
    let value = 0;
    for (let bit = 0; bit < count; bit++) {
      const letter = LETTERS.indexOf(this.#letters[Math.floor(this.#position / BITS)] ?? " ");
      if (letter < 0) return undefined;
      value = value << 1 | letter >> BITS - 1 - this.#position % BITS & 1;
      this.#position++;
    }
    return value;
  }
}
