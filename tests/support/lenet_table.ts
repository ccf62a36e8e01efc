/** Writes untrained LeNet weights in the format of the published weights. */
import { randomStream } from "../../lib/random.ts";

/** The shapes of the published network's tensors, keyed by tensor name. */
export const lenetShapes = {
  "convnet.c1.weight": [6, 1, 5, 5],
  "convnet.c1.bias": [6],
  "convnet.c3.weight": [16, 6, 5, 5],
  "convnet.c3.bias": [16],
  "convnet.c5.weight": [120, 16, 5, 5],
  "convnet.c5.bias": [120],
  "fc.f6.weight": [84, 120],
  "fc.f6.bias": [84],
};

/**
 * Writes random weights into a temporary folder. The folder is removed when the result is disposed
 * of.
 */
export async function writeLenetTable(
  shapes: Readonly<Record<string, readonly number[]>> = lenetShapes,
  numbers?: number,
) {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_lenet_" });
  const path = `${folder}/lenet.json`;
  let end = 0;
  const table = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => {
      const off = end;
      end += shape.reduce((product, size) => product * size, 1);
      return [name, { shape, off }];
    }),
  );
  const stream = randomStream(1, "weights");
  const values = Float32Array.from(
    { length: numbers ?? end },
    () => (stream.uniform() - 0.5) / 4,
  );
  await Deno.writeTextFile(path, JSON.stringify(table));
  await Deno.writeFile(`${folder}/lenet.f32`, new Uint8Array(values.buffer));
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
