import type { Extractor, ExtractorName } from "./extractor.ts";
import { type DigitClassifier, digitExtractor } from "./digit.ts";
import { readHdf5File } from "../weight_files/hdf5.ts";
import {
  fidInceptionFile,
  kerasInceptionFile,
  type PublishedOptions,
  publishedWeights,
} from "../weight_files/published_weights.ts";
import { readTorchFile } from "../weight_files/torch_file.ts";
import { type ImageSize, inceptionExtractor, type InceptionName } from "./inception.ts";
import { openLenet } from "./lenet.ts";

/**
 * Options for {@linkcode openExtractor}. Each option affects only the extractors that its
 * description names.
 */
export interface OpenExtractorOptions {
  /**
   * Function that loads the classifier and checks its hash. The extractor `digit` requires it.
   *
   * @ignore
   */
  readonly loadDigit?: (() => Promise<DigitClassifier>) | undefined;
  /** Path of the file with the weights. The extractor `lenet` requires it. */
  readonly lenet?: string | undefined;
  /** Size of the images that the Inception extractors will receive; default 28x28, gray. */
  readonly images?: ImageSize | undefined;
  /**
   * Path of a file with weights for the Inception extractors. Such a file's hash is not checked. By
   * default, the published weights are downloaded, and their hash is checked.
   */
  readonly inception?: string | undefined;
  /**
   * Options for downloading the weights of the Inception extractors.
   *
   * @ignore
   */
  readonly published?: PublishedOptions | undefined;
}

const DIGITS: ImageSize = { height: 28, width: 28, channels: 1 };

/**
 * Opens the extractor of the given name.
 *
 * @throws {WeightFileError} when the extractor's weights are missing or belong to another network
 */
export async function openExtractor(
  name: ExtractorName,
  options: OpenExtractorOptions = {},
): Promise<Extractor> {
  switch (name) {
    case "digit":
      return digitExtractor(
        await wanted(options.loadDigit, name, "loadDigit")(),
      );
    case "lenet":
      return await openLenet(wanted(options.lenet, name, "lenet"));
    case "keras-inception":
    case "fid-inception":
      return await openInception(name, options);
  }
}

async function openInception(
  name: InceptionName,
  { images = DIGITS, inception, published }: OpenExtractorOptions,
): Promise<Extractor> {
  const [file, read] = name === "keras-inception"
    ? [kerasInceptionFile, readHdf5File] as const
    : [fidInceptionFile, readTorchFile] as const;
  const path = inception ?? await publishedWeights(file, published);
  return inceptionExtractor(name, { ...await read(path), path, images });
}

function wanted<T>(option: T | undefined, name: ExtractorName, key: string): T {
  if (option !== undefined) return option;
  throw new Error(
    `Opening the extractor ${name}: wanted the option '${key}', found none.`,
  );
}
