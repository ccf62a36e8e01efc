/** Reduces several pictures to a common palette of at most 256 colours. */

/** A picture with one byte per pixel. The byte is the index of the pixel's colour in a palette. */
export type Indexed = Uint8Array;

const COLOURS = 256;

/**
 * Chooses a palette for all pictures, and replaces each colour with the nearest colour of the
 * palette.
 *
 * @param pictures pictures with three bytes per pixel: red, green and blue
 * @returns the palette, with three bytes per colour (red, green and blue), and the reduced pictures
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
  const byCount = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour);
  const chosen = choose(byCount);
  const numbers = new Map([...counts.keys()].map((colour) => [colour, nearest(chosen, colour)]));
  return {
    palette: Uint8Array.from(
      chosen.flatMap((colour) => [colour >> 16, colour >> 8 & 255, colour & 255]),
    ),
    pictures: pictures.map((picture) =>
      Uint8Array.from(
        { length: picture.length / 3 },
        (_, i) => numbers.get(colourAt(picture, 3 * i))!,
      )
    ),
  };
}

/**
 * Chooses at most 256 of the most frequent colours, and leaves out colours that are too similar to
 * a chosen colour. If similar colours were not left out, almost all chosen colours would be shades
 * of the background.
 *
 * @param byCount all colours, the most frequent first
 */
function choose(byCount: readonly number[]): number[] {
  for (let apart = 0;; apart += 4) {
    const chosen: number[] = [];
    for (const colour of byCount) {
      const isNear = chosen.some((other) => distance(colour, other) < apart ** 2);
      if (!isNear) chosen.push(colour);
      if (chosen.length > COLOURS) break;
    }
    if (chosen.length <= COLOURS) return chosen;
  }
}

function colourAt(picture: Uint8Array, i: number): number {
  return picture[i] << 16 | picture[i + 1] << 8 | picture[i + 2];
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Infinity];
  for (let i = 0; i < palette.length && least > 0; i++) {
    const far = distance(colour, palette[i]);
    if (far < least) [best, least] = [i, far];
  }
  return best;
}

function distance(one: number, other: number): number {
  return ((one >> 16) - (other >> 16)) ** 2 +
    ((one >> 8 & 255) - (other >> 8 & 255)) ** 2 + ((one & 255) - (other & 255)) ** 2;
}
