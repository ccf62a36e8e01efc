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

/** Options for opening an extractor. */
export interface OpenExtractorOptions {
  /**
   * For `digit`: loads the classifier and checks its hash.
   *
   * @ignore
   */
  readonly loadDigit?: (() => Promise<DigitClassifier>) | undefined;
  /** For `lenet`: path to the file with the weights. */
  readonly lenet?: string | undefined;
  /** For the Inception networks: size of the images; default 28x28, gray. */
  readonly images?: ImageSize | undefined;
  /**
   * For the Inception networks: path to a file with weights. By default, the published weights are
   * downloaded. Only downloads are checked by their hash.
   */
  readonly inception?: string | undefined;
  /**
   * For the Inception networks: options for downloading the weights.
   *
   * @ignore
   */
  readonly published?: PublishedOptions | undefined;
}

const DIGITS: ImageSize = { height: 28, width: 28, channels: 1 };

/**
 * Opens an extractor.
 *
 * @throws {WeightFileError} when the extractor's weights are missing or wrong
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
