/**
 * Builds pickles opcode by opcode, in the format of torch.save. Tests can put any bytes into a
 * pickle.
 */

/**
 * A part of a pickle. A number stands for a byte, and each letter of a string stands for the byte
 * whose value is the letter's character code.
 */
export type Piece = string | number | readonly Piece[];

export function bytesOf(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(pieces.flatMap(flatten));
}

function flatten(piece: Piece): number[] {
  if (typeof piece === "number") return [piece];
  return typeof piece === "string"
    ? Array.from(piece, (letter) => letter.charCodeAt(0))
    : piece.flatMap(flatten);
}

/** Returns a complete protocol 2 pickle that consists of the given pieces. */
export function pickle(...pieces: readonly Piece[]): Uint8Array<ArrayBuffer> {
  return bytesOf(0x80, 2, pieces, ".");
}

/** Returns the piece that pushes a string (opcode BINUNICODE). */
export function text(value: string): Piece {
  return ["X", uint32(value.length), value];
}

/** Returns the piece that pushes an integer (opcode BININT). */
export function integer(value: number): Piece {
  return ["J", uint32(value)];
}

export function tuple(...items: readonly Piece[]): Piece {
  return ["(", items, "t"];
}

export function global(module: string, name: string): Piece {
  return `c${module}\n${name}\n`;
}

/** Returns the piece that pushes a dictionary with string keys. */
export function dictionary(entries: Readonly<Record<string, Piece>>): Piece {
  const items = Object.entries(entries).flatMap(([name, value]) => [
    ...[text(name), value],
  ]);
  return ["}", "(", items, "u"];
}

/**
 * Returns the piece that calls a function. The piece `callee` pushes the function, and the
 * arguments become a tuple.
 */
export function call(callee: Piece, ...args: readonly Piece[]): Piece {
  return [callee, tuple(...args), "R"];
}

function uint32(value: number): number[] {
  return [...new Uint8Array(Int32Array.of(value).buffer)];
}
