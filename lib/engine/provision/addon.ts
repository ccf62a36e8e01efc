/** Compiles tfjs-node's addon from source. */
import nodeApiHeaders from "node-api-headers";
import { type OnReport, RouteError } from "../../system/provision_report.ts";
import { findProgram, runCommand } from "../../system/run_command.ts";

export interface AddonOptions {
  readonly packageFolder: string;
  /** Folder with TensorFlow's C headers. */
  readonly includeFolder: string;
  /** Folder with TensorFlow's libraries. Relative to the addon, its path must be ../../deps/lib. */
  readonly libraryFolder: string;
  readonly output: string;
  /** Names of C++ compilers, in order of preference. */
  readonly compilers: readonly string[];
  readonly onReport: OnReport;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compiles the addon. This takes about ten seconds.
 *
 * @throws {RouteError} if there is no compiler or the compilation fails
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
  await runCommand(compiler, [
    "-std=c++17",
    "-O2",
    "-fPIC",
    "-shared",
    "-DNAPI_VERSION=8",
    `-I${packageFolder}`,
    `-I${includeFolder}`,
    `-I${nodeApiHeaders.include_dir}`,
    `${packageFolder}/binding/tfjs_backend.cc`,
    `${packageFolder}/binding/tfjs_binding.cc`,
    "-o",
    output,
    ...libraries.map((name) => `${libraryFolder}/${name}`),
    // The addon finds the libraries by a path relative to itself. This path is also correct in
    // node_modules, which contains links to the addon and to the libraries.
    Deno.build.os === "darwin"
      ? "-Wl,-rpath,@loader_path/../../deps/lib"
      : "-Wl,-rpath,$ORIGIN/../../deps/lib",
    // On macOS, Node's functions are resolved when the addon is loaded.
    ...(Deno.build.os === "darwin" ? ["-undefined", "dynamic_lookup"] : []),
  ], { signal });
}

/**
 * Returns whether a file is a library to link with. Each library has several names in the archive,
 * of which only one is used.
 */
function isLinkable(name: string): boolean {
  return /^libtensorflow(_cc|_framework)?(\.so\.2|\.2\.dylib)$/.test(name);
}
