import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { readFloatTable } from "../../../lib/evaluation/weight_files/float_table.ts";
import { readWeightBytes, takeTensor } from "../../../lib/evaluation/weight_files/named_tensors.ts";
import { WeightFileError } from "../../../lib/evaluation/weight_files/weight_file_error.ts";
import { sha256 } from "../../../lib/models/weights.ts";

Deno.test("a tensor is found by its name and shape, or the error says what the file contains", () => {
  const matrix = { shape: [2, 1], values: Float32Array.of(3, 4) };
  const tensors = new Map([["a", matrix], ["b", matrix]]);
  const take = (name: string, shape: number[]) =>
    takeTensor(tensors, { name, shape, path: "x.h5" });
  assertEquals(take("a", [2, 1]), matrix);
  const cases: [name: string, shape: number[], message: string][] = [
    ["c", [2, 1], "'c' of shape [2,1], found none among its 2 tensors. "],
    ["a", [1, 2], "'a' of shape [1,2], found one of shape [2,1]. "],
    ["a", [2], "'a' of shape [2], found one of shape [2,1]. "],
  ];
  for (const [name, shape, message] of cases) {
    assertThrows(
      () => take(name, shape),
      WeightFileError,
      `x.h5: wanted the tensor ${message}Is it a file of another network?`,
    );
  }
});

Deno.test("a missing file is reported as missing, and any other error is passed on unchanged", async () => {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_weights_" });
  const missing = await assertRejects(
    () => readWeightBytes(`${folder}/a`),
    WeightFileError,
    `${folder}/a: wanted a file of weights, found no such file.`,
  );
  assertEquals(missing.name, "WeightFileError");
  assertInstanceOf(missing.cause, Deno.errors.NotFound);
  const other = await assertRejects(() => readWeightBytes(folder), Error);
  assertEquals(other instanceof WeightFileError, false, other.message);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a table's tensors are parts of the file of numbers next to it", async () => {
  // The folder's name also contains `.json`, which must not be replaced there.
  const folder = `${await Deno.makeTempDir({ prefix: "sudogan_table_" })}/a.json.d`;
  await Deno.mkdir(folder);
  const path = `${folder}/table.json`;
  const bytes = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5).buffer);
  await Deno.writeFile(`${folder}/table.f32`, bytes);
  const read = async (table: unknown) => {
    await Deno.writeTextFile(path, typeof table === "string" ? table : JSON.stringify(table));
    return await readFloatTable(path);
  };
  const { tensors, hash } = await read({
    matrix: { shape: [2, 2], off: 1 },
    number: { shape: [], off: 0 },
    none: { shape: [0, 7], off: 5 },
  });
  assertEquals(
    tensors,
    new Map([
      ["matrix", { shape: [2, 2], values: Float32Array.of(2, 3, 4, 5) }],
      ["number", { shape: [], values: Float32Array.of(1) }],
      ["none", { shape: [0, 7], values: new Float32Array() }],
    ]),
  );
  assertEquals(hash, await sha256(bytes));

  const cases: [table: unknown, message: string][] = [
    [{ a: { shape: [2, 2], off: 2 } }, "table.f32: wanted 6 numbers for 'a', found 5. "],
    [
      { a: { shape: [-1], off: 0 } },
      "table.json: wanted JSON that maps names to shapes and offsets",
    ],
    [
      { a: { shape: [1], off: -1 } },
      "table.json: wanted JSON that maps names to shapes and offsets",
    ],
    [
      { a: { shape: [1], off: .5 } },
      "table.json: wanted JSON that maps names to shapes and offsets",
    ],
    [{ a: { shape: [1] } }, "table.json: wanted JSON that maps names to shapes and offsets"],
  ];
  for (const [table, message] of cases) {
    await assertRejects(() => read(table), WeightFileError, message);
  }
  const broken = await assertRejects(() => read("{"), WeightFileError, "found Expected property");
  assertInstanceOf(broken.cause, SyntaxError);
  await Deno.remove(folder, { recursive: true });
});
