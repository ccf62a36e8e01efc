import card from "../../../data/weights/classifier/weights.json" with {
  type: "json",
};
import { assert, assertEquals, assertThrows } from "@std/assert";
import { OptionsError } from "../../../lib/system/parse_options.ts";
import { parseClassifierOptions } from "../../../lib/training/classifier/options.ts";

Deno.test("the defaults are the options of the committed classifier", () => {
  const options = parseClassifierOptions({ seed: card.seed });
  assertEquals<unknown>({ ...options }, card.config);
});

/**
 * For each option, the values that must be accepted (such as its bounds) and the values that must
 * be refused (such as the nearest values beyond its bounds).
 */
const bounds: readonly [
  option: string,
  allowed: readonly unknown[],
  refused: readonly unknown[],
][] = [
  ["seed", [0, Number.MAX_SAFE_INTEGER], [-1, .5]],
  ["epochs", [1, 100_000], [0, 100_001]],
  ["steps", [0, 2 ** 40], [-1, 1.5]],
  ["batchSize", [1, 60_000], [0, 60_001]],
  ["validationImages", [1, 59_000], [0, 59_001]],
  ["filters", [[1, 1, 4096]], [[1, 1, 4097], [1, 1, 0]]],
  ["kernels", [[1, 1, 4096]], [[1, 1, 4097], [1, 1, 0]]],
  ["pools", [[], [3]], [[0], [4], Array(17).fill(1)]],
  ["features", [1, 4096], [0, 4097]],
  ["dropout", [0, .999], [-.001, 1]],
  ["shift", [0, 28], [-.1, 28.1]],
  ["rotation", [0, 180], [-.1, 180.1]],
  ["scale", [0, .999], [-.001, 1]],
  ["learningRate", [1e-9, 1], [0, 1.001]],
  ["learningRateDecay", ["none", "linear"], ["cosine"]],
  ["checkpointEvery", [1, 1e9], [0, 1e9 + 1]],
];

for (const [option, allowed, refused] of bounds) {
  Deno.test(`${option} accepts its bounds and refuses values beyond them`, () => {
    for (const value of allowed) {
      const options = parseClassifierOptions({ [option]: value });
      assertEquals(options[option as keyof typeof options], value as never);
    }
    for (const value of refused) {
      assertThrows(
        () => parseClassifierOptions({ [option]: value }),
        OptionsError,
        option,
      );
    }
  });
}

Deno.test("options survive being stored in config.json, and are frozen", () => {
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
  Deno.test(`wrong options are refused, and the error names them: ${JSON.stringify(input)}`, () => {
    assertThrows(() => parseClassifierOptions(input), OptionsError, says);
  });
}
