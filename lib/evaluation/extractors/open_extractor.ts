/** Opens an extractor by its name. */
import type { Extractor, ExtractorName } from "../extractor.ts";
import { type DigitClassifier, digitExtractor } from "./digit.ts";
import { openLenet } from "./lenet.ts";

export interface OpenExtractorOptions {
  /** For `digit`: loads the classifier, and checks its hash. */
  readonly loadDigit?: () => Promise<DigitClassifier>;
  /** For `lenet`: the path of its weights. */
  readonly lenet?: string;
}

/**
 * Opens an extractor.
 *
 * @throws {WeightFileError} when its weights are missing or not the right ones
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
    default:
      throw new Error(`Opening the extractor ${name}: there is none.`);
  }
}

function wanted<T>(option: T | undefined, name: ExtractorName, key: string): T {
  if (option !== undefined) return option;
  throw new Error(
    `Opening the extractor ${name}: wanted the option '${key}', found none.`,
  );
}
