/** The README's figures are those of the files that they were taken from. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname, fromFileUrl } from "./support/paths.ts";

const root = dirname(fromFileUrl(import.meta.url), 2);
const readme = (await Deno.readTextFile(`${root}/README.md`))
  // The formatter pads the cells of tables.
  .replaceAll(/ {2,}/g, " ");

async function readJson(path: string) {
  return JSON.parse(await Deno.readTextFile(`${root}/data/${path}`));
}

Deno.test("the scores in the README are those of scores.json", async () => {
  const { seeds, evaluations } = await readJson(
    "weights/generator/scores.json",
  );
  assertEquals(seeds, [1, 2, 3]);
  const score = (extractor: string, name: string) =>
    evaluations.find((each: { extractor: { name: string } }) =>
      each.extractor.name === extractor
    ).scores.find((each: { name: string }) => each.name === name);
  const lenet = score("lenet", "LeNet-FID");
  const digit = score("digit", "digit-FID");
  const [precision, recall] = ["precision", "recall"].map((name) =>
    score("digit", name)
  );
  const accuracy = score("digit", "classification accuracy score");
  const percent = (share: number, digits: number) =>
    `${(100 * share).toFixed(digits)} %`;
  const { meanTestError, test } = await readJson(
    "weights/classifier/scores.json",
  );
  const cells = [
    [
      `${lenet.mean.toFixed(2)} ± ${lenet.deviation.toFixed(2)}`,
      lenet.floor.toFixed(3),
    ],
    [
      `${digit.mean.toFixed(1)} ± ${digit.deviation.toFixed(1)}`,
      digit.floor.toFixed(2),
    ],
    [
      `${precision.mean.toFixed(2)}, ${recall.mean.toFixed(2)}`,
      `${precision.floor.toFixed(2)}, ${recall.floor.toFixed(2)}`,
    ],
    [percent(accuracy.mean, 1), percent(accuracy.floor, 1)],
    [`${percent(meanTestError, 2)} (${percent(test.error, 2)})`],
  ];
  for (const row of cells) assertStringIncludes(readme, row.join(" | "));
});

Deno.test("the milliseconds in the README are those of data/benchmarks", async () => {
  const order = ["sudogan", "tfjs-node", "PyTorch", "Keras", "JAX"];
  for (const suite of ["gan", "classifier"]) {
    const { timings } = await readJson(`benchmarks/bench-${suite}.json`);
    const cells = order.map((name) => {
      const timing = timings.find((each: { name: string }) =>
        each.name.startsWith(name)
      );
      return timing ? timing.median.toFixed(0) : "";
    });
    assertStringIncludes(readme, `| ${cells.join(" | ").trim()}`, suite);
  }
});
