import { FORM } from "../../digits/mnist_form.ts";
import { decide, type DecideOptions, type Decision } from "../../digits/decide.ts";
import { type Stroke, strokesToForm } from "../../digits/stroke_form.ts";
import type { WebNetworks } from "./networks.ts";
import type { Tensor2D } from "./tfjs.ts";

type Reader = Pick<WebNetworks, "tfjs" | "classifier" | "card">;

/**
 * Returns the probabilities of the digits 0 to 9 for each image.
 *
 * @param forms images in the form of MNIST's digits (see digits/mnist_form.ts); each has the shape
 * `[28 * 28]` and values from 0 to 255
 * @returns for each image, ten calibrated probabilities that add up to 1
 */
export async function readForms(
  { tfjs: { core }, classifier, card }: Reader,
  forms: readonly ArrayLike<number>[],
): Promise<Float32Array[]> {
  if (forms.length === 0) return [];
  const size = FORM * FORM;
  const pixels = new Float32Array(forms.length * size);
  forms.forEach((form, i) => {
    for (let at = 0; at < size; at++) pixels[i * size + at] = form[at] / 255;
  });
  const probabilities = core.tidy(() => {
    const input = core.tensor4d(pixels, [forms.length, FORM, FORM, 1]);
    const logits = classifier.apply(input, { training: false }) as Tensor2D;
    return core.softmax(core.div<Tensor2D>(logits, card.temperature));
  });
  try {
    const values = await probabilities.data() as Float32Array;
    return forms.map((_, i) => values.slice(i * 10, (i + 1) * 10));
  } finally {
    probabilities.dispose();
  }
}

/**
 * Reads the digit that a player wrote in a cell.
 *
 * @param strokes the strokes of the digit, with coordinates in any unit of length
 * @returns the decision, or undefined if nothing was written
 */
export async function readStrokes(
  reader: Reader,
  strokes: readonly Stroke[],
  options: DecideOptions = {},
): Promise<Decision | undefined> {
  const form = strokesToForm(strokes);
  if (!form) return undefined;
  const [probabilities] = await readForms(reader, [form]);
  return decide(probabilities, options);
}
