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
  /** Name of the Fréchet distance between sets of its features, such as "digit-FID". */
  readonly metric: string;
  /** SHA-256 of the weights. */
  readonly hash: string;
  /** Length of a feature vector. */
  readonly dimension: number;
  /** Number of images per batch. */
  readonly batchSize: number;
  /** Height of an input image in pixels. */
  readonly height: number;
  /** Width of an input image in pixels. */
  readonly width: number;
  /** 1 for gray images, 3 for RGB. */
  readonly channels: 1 | 3;
  /**
   * Passes images through the network.
   *
   * @param images bytes 0..255, `[count, height, width, channels]`
   * @returns `[count, dimension]`, row-major
   */
  features(images: Uint8Array, count: number): Promise<Float32Array>;
  /** Frees the network. */
  dispose(): void;
}
