/** Downloads published weights, checks their hashes, and keeps the files in the user's cache. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { userCacheFolder } from "../../system/user_cache.ts";
import { download, type Timeouts } from "../../system/download.ts";
import { type OnReport, RouteError } from "../../system/provision_report.ts";
import { WeightFileError } from "./weight_file_error.ts";

/** A published file. */
export interface PublishedFile {
  /** Name of the file in the cache. */
  readonly file: string;
  readonly url: string;
  readonly hash: "md5" | "sha256";
  /** The expected hash in hexadecimal. */
  readonly digest: string;
}

/**
 * Keras' weights for InceptionV3 without the top layer. The URL and the MD5 hash come from
 * keras.applications.
 */
export const kerasInceptionFile: PublishedFile = {
  file: "inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5",
  url:
    "https://storage.googleapis.com/tensorflow/keras-applications/inception_v3/inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5",
  hash: "md5",
  digest: "bcbd6486424b2319ff4ef7d526e38f63",
};

/**
 * The weights of the network that the original FID uses, as converted by pytorch-fid. The name of
 * the file contains the first digits of the hash.
 */
export const fidInceptionFile: PublishedFile = {
  file: "pt_inception-2015-12-05-6726825d.pth",
  url:
    "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth",
  hash: "sha256",
  digest: "6726825d0af5f729cebd5821db510b11b1cfad8faad88a03f1befd49fb9129b2",
};

/** Options for downloading weights. */
export interface PublishedOptions {
  /** The folder in which the files are kept. By default, it is a folder in the user's cache. */
  readonly folder?: string | undefined;
  readonly onReport?: OnReport | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly timeouts?: Timeouts;
}

const TIMEOUTS: Timeouts = { answer: 30_000, stall: 30_000 };

/** Returns the folder in which published weights are kept by default. */
export function weightsFolder(): string {
  return `${userCacheFolder()}/weights`;
}

/**
 * Returns the local path of a published file. Downloads the file if it is missing.
 *
 * @throws {WeightFileError} when the download fails or the file has the wrong hash
 */
export async function publishedWeights(
  published: PublishedFile,
  options: PublishedOptions = {},
): Promise<string> {
  const folder = options.folder ?? weightsFolder();
  const path = `${folder}/${published.file}`;
  if (existsSync(path)) {
    await requireDigest(
      path,
      published,
      "Remove it to download it again",
    );
    return path;
  }
  await Deno.mkdir(folder, { recursive: true });
  const temporary = `${path}.${Deno.pid}.tmp`;
  try {
    await fetchFile(published, temporary, path, options);
    await requireDigest(temporary, published, `It came from ${published.url}`);
    await Deno.rename(temporary, path);
  } finally {
    // There may be no temporary file.
    await Deno.remove(temporary).catch(() => {});
  }
  return path;
}

async function fetchFile(
  { url, file, hash, digest }: PublishedFile,
  temporary: string,
  path: string,
  { onReport, signal, timeouts = TIMEOUTS }: PublishedOptions,
): Promise<void> {
  try {
    await download({
      url,
      path: temporary,
      title: `Downloading ${file}`,
      ...(hash === "sha256" ? { sha256: digest } : {}),
      timeouts,
      onReport: onReport ?? (() => {}),
      signal,
    });
  } catch (cause) {
    if (!(cause instanceof RouteError)) throw cause;
    throw new WeightFileError(
      `Downloading weights: ${cause.message}. Without a network, download ${url} elsewhere and save it as ${path}`,
      { cause },
    );
  }
}

async function requireDigest(
  path: string,
  { hash, digest }: PublishedFile,
  advice: string,
): Promise<void> {
  const digester = createHash(hash);
  using file = await Deno.open(path);
  for await (const bytes of file.readable) digester.update(bytes);
  const found = digester.digest("hex");
  if (found === digest) return;
  throw new WeightFileError(
    `${path}: wanted the file with ${hash.toUpperCase()} ${digest}, found ${found}. ${advice}.`,
  );
}
