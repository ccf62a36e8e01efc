/**
 * Downloads TensorFlow's C library and tfjs-node's addon from the storage that tfjs-node's own
 * install script uses.
 */
import { extract } from "tar";
import { compileAddon } from "./addon.ts";
import { download, type Timeouts } from "../../system/download.ts";
import { type OfficialFiles, officialFiles, type Platform } from "./platform.ts";
import { type OnReport, RouteError } from "../../system/provision_report.ts";

export interface OfficialOptions {
  readonly platform: Platform;
  readonly mirror: string | undefined;
  /**
   * An empty folder for the files. In this folder, each file gets the same path as in the package
   * tfjs-node.
   */
  readonly target: string;
  readonly packageFolder: string;
  readonly timeouts: Timeouts;
  readonly compilers: readonly string[];
  readonly onReport: OnReport;
  readonly signal?: AbortSignal | undefined;
  /** The files to download. By default, they depend on the platform. */
  readonly official?: OfficialFiles | undefined;
}

/**
 * Downloads TensorFlow's libraries into deps/lib in the target folder, and the addon into
 * lib/napi-v8. If there is no prebuilt addon for the platform, then the addon is compiled.
 *
 * @throws {RouteError} if the files cannot be downloaded, unpacked or compiled
 */
export async function fetchOfficial(options: OfficialOptions): Promise<void> {
  const { platform, mirror, target, onReport } = options;
  const files = options.official ?? officialFiles(platform, mirror);
  if (!files) {
    throw new RouteError(
      `There is no official TensorFlow library for ${platform.os} on ${platform.arch}`,
    );
  }
  await Deno.mkdir(`${target}/deps`, { recursive: true });
  await Deno.mkdir(`${target}/lib/napi-v8`, { recursive: true });
  await fetchArchive(
    { ...files.library, title: "Downloading TensorFlow's C library" },
    `${target}/deps`,
    options,
  );
  if (files.addon) {
    await fetchArchive(
      { ...files.addon, title: "Downloading tfjs-node's addon" },
      `${target}/lib/napi-v8`,
      options,
    );
  } else {
    await compileAddon({
      ...options,
      includeFolder: `${target}/deps/include`,
      libraryFolder: `${target}/deps/lib`,
      output: `${target}/lib/napi-v8/tfjs_binding.node`,
    });
  }
  await Deno.remove(`${target}/deps/include`, { recursive: true }).catch(
    () => {},
  );
  onReport({
    step: "official",
    message: "Downloaded TensorFlow's official library",
  });
}

async function fetchArchive(
  file: { url: string; sha256?: string; title: string },
  folder: string,
  { timeouts, onReport, signal }: OfficialOptions,
): Promise<void> {
  const path = `${folder}/download.tar.gz`;
  await download({ ...file, path, timeouts, onReport, signal });
  onReport({
    step: "unpack",
    message: `Unpacking ${file.url.slice(file.url.lastIndexOf("/") + 1)}`,
  });
  try {
    await extract({ file: path, cwd: folder });
    await liftAddon(folder);
  } catch (cause) {
    throw new RouteError(
      `${file.url}: wanted a tar.gz archive that unpacks here, found: ` +
        `${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
  await Deno.remove(path);
}

/**
 * Moves tfjs_binding.node up one folder, because node-pre-gyp puts the file into a subfolder of its
 * archives.
 */
async function liftAddon(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const nested = `${folder}/${name}/tfjs_binding.node`;
    if (isDirectory && await Deno.stat(nested).then(() => true, () => false)) {
      await Deno.rename(nested, `${folder}/tfjs_binding.node`);
    }
  }
}
