import { assert, assertEquals, assertThrows } from "@std/assert";
import { OptionsError } from "../../../lib/training/options.ts";
import { parseClassifierOptions } from "../../../lib/training/classifier/options.ts";

Deno.test("options survive the way through config.json, and are frozen", () => {
  const options = parseClassifierOptions({
    filters: [8],
    kernels: [5],
    pools: [],
  });
  assertEquals(
    parseClassifierOptions(JSON.parse(JSON.stringify(options))),
    options,
  );
  assert(Object.isFrozen(options) && Object.isFrozen(options.filters));
});

for (
  const [input, says] of [
    [{ epochs: 0 }, "epochs"],
    [{ rotation: -1 }, "rotation"],
    [{ dropout: 1 }, "dropout"],
    [{ validationImages: 0 }, "validationImages"],
    [{ latentSize: 100 }, "latentSize"],
    [
      { filters: [8, 8] },
      "kernels: wanted one size for each of the 2 convolutions",
    ],
    [
      { pools: [1, 4] },
      "pools: wanted numbers of convolutions, 1 to 3; found 4",
    ],
  ] as const
) {
  Deno.test(`refused, with its place: ${JSON.stringify(input)}`, () => {
    assertThrows(() => parseClassifierOptions(input), OptionsError, says);
  });
}
