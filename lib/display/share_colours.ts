/** Brings pictures to 256 colours that they share. */

/** A byte a pixel: the number of its colour in a palette. */
export type Indexed = Uint8Array;

const COLOURS = 256;

/**
 * Chooses the colours that most pixels have, and gives each other pixel the nearest of them. That
 * suits charts, whose rare colours are the softened edges of letters and lines.
 *
 * @param pictures bytes of red, green and blue for each pixel
 * @returns the palette, red, green and blue for each colour, and the pictures
 */
export function shareColours(
  pictures: readonly Uint8Array[],
): { readonly palette: Uint8Array; readonly pictures: readonly Indexed[] } {
  const counts = new Map<number, number>();
  for (const picture of pictures) {
    for (let i = 0; i < picture.length; i += 3) {
      const colour = colourAt(picture, i);
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  const chosen = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, COLOURS)
    .map(([colour]) => colour);
  const numbers = new Map([...counts.keys()].map((colour) => [colour, nearest(chosen, colour)]));
  return {
    palette: Uint8Array.from(chosen.flatMap(channels)),
    pictures: pictures.map((picture) =>
      Uint8Array.from(
        { length: picture.length / 3 },
        (_, i) => numbers.get(colourAt(picture, 3 * i))!,
      )
    ),
  };
}

function colourAt(picture: Uint8Array, i: number): number {
  return picture[i] << 16 | picture[i + 1] << 8 | picture[i + 2];
}

function channels(colour: number): number[] {
  return [colour >> 16, colour >> 8 & 255, colour & 255];
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Infinity];
  const [r, g, b] = channels(colour);
  for (let i = 0; i < palette.length && least > 0; i++) {
    const other = palette[i];
    const distance = (r - (other >> 16)) ** 2 + (g - (other >> 8 & 255)) ** 2 +
      (b - (other & 255)) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}
