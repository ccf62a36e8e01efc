/// <reference lib="dom" />
/** Draws a generated digit in the text colour of the page. */
import { useLayoutEffect, useRef } from "preact/hooks";

const SIDE = 28;

export interface DigitCanvasProps {
  /** The amount of ink in each pixel, from 0 to 255, row by row. */
  readonly pixels: Uint8ClampedArray;
  readonly label: string;
}

export function DigitCanvas({ pixels, label }: DigitCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const context = canvas.current!.getContext("2d")!;
    const image = context.createImageData(SIDE, SIDE);
    const [red, green, blue] = inkOf(canvas.current!);
    pixels.forEach((ink, at) => image.data.set([red, green, blue, ink], at * 4));
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return (
    <canvas ref={canvas} class="sample" width={SIDE} height={SIDE} role="img" aria-label={label} />
  );
}

/**
 * Returns the red, green and blue values of an element's text colour. Browsers report this colour
 * in the form "rgb(1, 2, 3)".
 */
function inkOf(element: Element): readonly number[] {
  return getComputedStyle(element).color.match(/\d+/g)!.map(Number);
}
