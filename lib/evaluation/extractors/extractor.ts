/**
 * Turns images into the feature vectors from which distances between sets of images are measured.
 */

export type ExtractorName =
  | "digit"
  | "lenet"
  | "keras-inception"
  | "fid-inception";

/** A network that turns images into the feature vectors that metrics compare. */
export interface Extractor {
  /** Name of the network. */
  readonly name: ExtractorName;
  /** Name of the Fréchet distance on its features, such as "digit-FID". */
  readonly metric: string;
  /** SHA-256 of the weights. */
  readonly hash: string;
  /** Numbers in a feature vector. */
  readonly dimension: number;
  /** Images in each batch. */
  readonly batchSize: number;
  /** Size of its input images. */
  readonly height: number;
  /** Pixels in a row of an image. */
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
