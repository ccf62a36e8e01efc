/** Name of an extractor's network. */
export type ExtractorName =
  | "digit"
  | "lenet"
  | "keras-inception"
  | "fid-inception";

/** A network that turns images into feature vectors. */
export interface Extractor {
  /** Name of the network. */
  readonly name: ExtractorName;
  /**
   * Name of the metric that uses this extractor's features, such as "digit-FID"; the metric is the
   * Fréchet distance between the features of two sets of images.
   */
  readonly metric: string;
  /** SHA-256 of the network's weights. */
  readonly hash: string;
  /** Length of a feature vector. */
  readonly dimension: number;
  /** Number of images that the network processes at once. */
  readonly batchSize: number;
  /** Height of an input image in pixels. */
  readonly height: number;
  /** Width of an input image in pixels. */
  readonly width: number;
  /** Number of colour channels of an input image: 1 for gray, 3 for RGB. */
  readonly channels: 1 | 3;
  /**
   * Computes the features of images.
   *
   * @param images pixel values from 0 to 255, in the order `[count, height, width, channels]`
   * @param count number of images
   * @returns the features as a row-major matrix `[count, dimension]`
   */
  features(images: Uint8Array, count: number): Promise<Float32Array>;
  /**
   * Applies the last layers of a classifier to its features. Undefined if the network is not a
   * classifier whose layers form a chain.
   *
   * @param features the result of `features`, `[count, dimension]`
   * @returns the classifier's outputs, `[count, classes]`
   */
  readonly outputs?: (features: Float32Array) => Promise<Float32Array>;
  /** Frees the network. */
  dispose(): void;
}
