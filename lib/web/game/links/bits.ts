/** Packs small numbers into the letters of a link (base64url, without padding). */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const BITS = 6;

/** Writes numbers, highest bit first. */
export class BitWriter {
  readonly #bits: number[] = [];

  /** Writes a number of at most 30 bits. */
  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) this.#bits.push(value >> bit & 1);
  }

  /** Returns the letters. Zeros pad the bits of the last letter. */
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

/** Reads the output of a {@linkcode BitWriter}. */
export class BitReader {
  readonly #letters: string;
  #position = 0;

  constructor(letters: string) {
    this.#letters = letters;
  }

  /**
   * Reads a number of `count` bits. Returns undefined if letters are missing or are not base64url.
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
