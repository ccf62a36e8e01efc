import { gunzipSync } from "node:zlib";
import { parseIdx } from "../../dataset/idx.ts";
import { EvaluationError } from "../evaluation_error.ts";
import { type ImageSet, imagesInMemory } from "./image_set.ts";
import { openImageFolder } from "./image_folder.ts";
import { parseNpy } from "./npy.ts";

/**
 * Maximum compression ratio of a gzipped file. A file of digits has a ratio of about 6. Unpacking a
 * hostile file with a higher ratio than the maximum could use up all available memory.
 */
const LARGEST_RATIO = 100;

/**
 * Opens the images at a path.
 *
 * @param path a folder of PNG or JPEG files, a .npy file of uint8 `[n, h, w]` or `[n, h, w, 3]`, or
 * an IDX file, which may be gzipped
 * @throws {EvaluationError} when the path does not point to any of these
 */
export async function openImages(path: string): Promise<ImageSet> {
  if (await isFolder(path)) return await openImageFolder(path);
  const bytes = await Deno.readFile(path);
  if (path.endsWith(".npy")) {
    const { shape, values } = parseNpy(bytes, path);
    return inMemory(path, values, shape);
  }
  const { shape, values } = parseIdx(unzipped(path, bytes), path);
  return inMemory(path, values, shape);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new EvaluationError(
      `${path}: wanted a run, a folder of images or a file of images, found nothing with that name.`,
      { cause },
    );
  }
}

function unzipped(path: string, bytes: Uint8Array): Uint8Array {
  if (!path.endsWith(".gz")) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: bytes.length * LARGEST_RATIO });
  } catch (cause) {
    throw new EvaluationError(`${path}: wanted a gzipped file: ${cause}`, {
      cause,
    });
  }
}

function inMemory(
  path: string,
  values: Uint8Array | Float32Array | Float64Array,
  shape: readonly number[],
): ImageSet {
  const [count, height, width, channels = 1] = shape;
  const fits = (shape.length === 3 || shape.length === 4 && channels === 3) &&
    shape.every((size) => size > 0) && values instanceof Uint8Array;
  if (!fits) {
    throw new EvaluationError(
      `${path}: wanted images, unsigned bytes of shape [n, h, w] or [n, h, w, 3]; found ` +
        `${values instanceof Uint8Array ? "bytes" : "floats"} of shape [${shape.join(", ")}].`,
    );
  }
  return imagesInMemory(path, values, [
    count,
    height,
    width,
    channels === 3 ? 3 : 1,
  ]);
}
