/** Compiles tfjs-node's addon, which connects JavaScript and TensorFlow, from source. */
import { fileURLToPath } from "node:url";
import { type OnReport, RouteError } from "../../system/provision_report.ts";
import { findProgram, runCommand } from "../../system/run_command.ts";

export interface AddonOptions {
  /** The folder of the package tfjs-node. */
  readonly packageFolder: string;
  /** The folder with TensorFlow's C headers. */
  readonly includeFolder: string;
  /**
   * The folder with TensorFlow's libraries. Its path relative to the addon must be ../../deps/lib.
   */
  readonly libraryFolder: string;
  readonly output: string;
  /** Names of C++ compilers, in order of preference. */
  readonly compilers: readonly string[];
  readonly onReport: OnReport;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compiles the addon, which takes about ten seconds.
 *
 * @throws {RouteError} when there is no compiler or the compilation fails
 */
export async function compileAddon(options: AddonOptions): Promise<void> {
  const {
    packageFolder,
    includeFolder,
    libraryFolder,
    output,
    compilers,
    onReport,
    signal,
  } = options;
  const compiler = await findProgram(compilers, ["--version"]);
  if (!compiler) {
    throw new RouteError(
      `Compiling tfjs-node's addon: wanted a C++ compiler, found none of ${compilers.join(", ")}`,
    );
  }
  onReport({
    step: "compile",
    message: `Compiling tfjs-node's addon with ${compiler} (about 10 s)`,
  });
  const libraries = [...Deno.readDirSync(libraryFolder)].map(({ name }) => name)
    .filter(isLinkable).sort();
  const nodeApiHeaders = fileURLToPath(
    new URL("include", import.meta.resolve("node-api-headers/package.json")),
  );
  await runCommand(compiler, [
    "-std=c++17",
    "-O2",
    "-fPIC",
    "-shared",
    "-DNAPI_VERSION=8",
    `-I${packageFolder}`,
    `-I${includeFolder}`,
    `-I${nodeApiHeaders}`,
    `${packageFolder}/binding/tfjs_backend.cc`,
    `${packageFolder}/binding/tfjs_binding.cc`,
    "-o",
    output,
    ...libraries.map((name) => `${libraryFolder}/${name}`),
    // Makes the library path relative to the addon, so that it still works when the addon is loaded
    // through the link in the package.
    Deno.build.os === "darwin"
      ? "-Wl,-rpath,@loader_path/../../deps/lib"
      : "-Wl,-rpath,$ORIGIN/../../deps/lib",
    // On macOS, Node's functions are resolved only when the addon is loaded.
    ...(Deno.build.os === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
  ], { signal });
}

/**
 * Returns whether the addon should be linked against a file with this name. The unpacked archive
 * contains each library under several names.
 */
function isLinkable(name: string): boolean {
  return /^libtensorflow(_cc|_framework)?(\.so\.2|\.2\.dylib)$/.test(name);
}
