import { assertEquals, assertMatch, assertRejects, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { EvaluationError } from "../../../lib/evaluation/evaluation_error.ts";
import { parseNpy } from "../../../lib/evaluation/readers/npy.ts";
import { openFeatures } from "../../../lib/evaluation/readers/open_features.ts";
import { openImages } from "../../../lib/evaluation/readers/open_images.ts";

// NumPy wrote these files with tests/golden/arrays/make_arrays.py.
const golden = fileURLToPath(import.meta.resolve("../../golden/arrays/"));
const expected = Array.from({ length: 12 }, (_, i) => i / 8);

Deno.test("features are read in single and double precision, in either index order, and compressed", async () => {
  for (
    const file of [
      "features64.npy",
      "features32.npy",
      "columns.npy",
      "compressed.npz",
    ]
  ) {
    const read = await openFeatures(golden + file);
    assertEquals(read.kind, "features", file);
    if (read.kind !== "features") continue;
    assertEquals([read.count, read.dimension], [4, 3], file);
    assertEquals([...read.values], expected, file);
  }
});

Deno.test("mean and covariance are read in pytorch-fid's format", async () => {
  const read = await openFeatures(`${golden}moments.npz`);
  if (read.kind !== "moments") throw new Error(read.kind);
  assertEquals([...read.mean], [0.5625, 0.6875, 0.8125]);
  // Four rows that rise by 3/8 in each column have the variance 15/64.
  assertEquals([...read.covariance], Array(9).fill(15 / 64));
});

Deno.test("images are read from .npy and IDX files, gray and in colour", async () => {
  const gray = await openImages(`${golden}images.npy`);
  assertEquals([gray.count, gray.height, gray.width, gray.channels], [
    2,
    3,
    4,
    1,
  ]);
  assertEquals(
    [...await gray.read(1, 1)],
    Array.from({ length: 12 }, (_, i) => 12 + i),
  );
  const colour = await openImages(`${golden}colour.npy`);
  assertEquals([colour.count, colour.channels], [2, 3]);
  const folder = await Deno.makeTempDir();
  const idx = Uint8Array.of(
    0,
    0,
    8,
    3,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
    0,
    0,
    0,
    2,
    7,
    9,
  );
  await Deno.writeFile(`${folder}/images-idx3-ubyte`, idx);
  const read = await openImages(`${folder}/images-idx3-ubyte`);
  assertEquals([...await read.read(0, 1)], [7, 9]);
  await Deno.remove(folder, { recursive: true });
});

const refused: readonly [
  file: string,
  open: (path: string) => Promise<unknown>,
  message: RegExp,
][] = [
  ["integers.npy", openFeatures, /found i8\. In NumPy/],
  ["images.npy", openFeatures, /wanted features, floats of shape/],
  [
    "features64.npy",
    openImages,
    /wanted images.*found floats of shape \[4, 3\]/,
  ],
  [
    "bomb.npz",
    openFeatures,
    /at most 16 times the file's size; zeros.npy would be 8000128/,
  ],
  ["nothing", openImages, /found nothing with that name/],
];

for (const [file, open, message] of refused) {
  Deno.test(`${file} is refused, and the error says why: ${message.source}`, async () => {
    const error = await assertRejects(
      () => open(golden + file),
      EvaluationError,
    );
    assertMatch(error.message, message);
  });
}

Deno.test("a file that is truncated, or whose header states a different size, is refused", async () => {
  const bytes = await Deno.readFile(`${golden}features64.npy`);
  for (const length of [0, 5, 6, 8, 9, 11, 50, bytes.length - 1]) {
    assertThrows(
      () => parseNpy(bytes.subarray(0, length), "file"),
      EvaluationError,
    );
  }
  assertThrows(
    () => parseNpy(Uint8Array.of(...bytes, 0), "file"),
    EvaluationError,
    "wanted 96 bytes after it, found 97",
  );
});
