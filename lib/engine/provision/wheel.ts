/**
 * Extracts TensorFlow's libraries and headers from its Python wheel, and compiles tfjs-node's
 * addon.
 */
import { createHash } from "node:crypto";
import { statfs } from "node:fs/promises";
import { configure, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { compileAddon } from "./addon.ts";
import { requireHash } from "../../system/download.ts";
import { type Platform, type Wheel, wheelFor } from "./platform.ts";
import { type OnReport, RouteError } from "../../system/provision_report.ts";
import { findProgram, runCommand } from "../../system/run_command.ts";

export interface WheelOptions {
  readonly platform: Platform;
  /**
   * An empty folder for the files. In this folder, each file gets the same path as in the package
   * tfjs-node.
   */
  readonly target: string;
  readonly packageFolder: string;
  readonly pythons: readonly string[];
  readonly compilers: readonly string[];
  readonly onReport: OnReport;
  readonly signal?: AbortSignal | undefined;
  /** The wheel to use. By default, it depends on the platform. */
  readonly wheel?: Wheel | undefined;
}

const POLL_MS = 200;

/**
 * Puts TensorFlow's libraries into deps/lib in the target folder, and the addon into lib/napi-v8.
 *
 * @throws {RouteError} if the files cannot be obtained or compiled
 */
export async function buildFromWheel(options: WheelOptions): Promise<void> {
  const { platform, target, pythons, compilers, onReport, signal } = options;
  const wheel = options.wheel ?? wheelFor(platform);
  if (!wheel) {
    throw new RouteError(
      `No TensorFlow wheel is known to work on ${platform.os} on ${platform.arch}`,
    );
  }
  await requirePrograms(pythons, compilers);
  await requireSpace(target, wheel);
  const scratch = `${target}/scratch`;
  const libraryFolder = `${target}/deps/lib`;
  for (const folder of [scratch, libraryFolder, `${target}/lib/napi-v8`]) {
    await Deno.mkdir(folder, { recursive: true });
  }
  const path = await fetchWheel(wheel, scratch, options);
  await checkHash(path, wheel, onReport, signal);
  await unpack(path, wheel, {
    libraryFolder,
    includeFolder: `${scratch}/include`,
    onReport,
    signal,
  });
  await compileAddon({
    ...options,
    libraryFolder,
    includeFolder: `${scratch}/include`,
    output: `${target}/lib/napi-v8/tfjs_binding.node`,
  });
  await Deno.remove(scratch, { recursive: true });
}

/**
 * Throws an error if a required program is missing. This is checked before 250 MB is downloaded.
 */
async function requirePrograms(
  pythons: readonly string[],
  compilers: readonly string[],
): Promise<void> {
  if (!await findProgram(compilers, ["--version"])) {
    throw new RouteError(
      `Wanted a C++ compiler, found none of ${compilers.join(", ")}`,
    );
  }
  if (!await findProgram(pythons, ["--version"])) {
    throw new RouteError(
      `Wanted Python 3, found none of ${pythons.join(", ")}`,
    );
  }
  if (!await findProgram(pythons, ["-m", "pip", "--version"])) {
    throw new RouteError("Wanted pip for Python 3, found Python without pip");
  }
}

/**
 * Required disk space, as a multiple of the wheel's size. The unpacked files take up three times as
 * much space as the wheel, and the wheel itself is kept until the end.
 */
const SPACE = 4;

async function requireSpace(folder: string, wheel: Wheel): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [wanted, found] = [wheel.bytes * SPACE, bavail * bsize];
  if (found < wanted) {
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
    throw new RouteError(
      `Wanted ${gigabytes(wanted)} of free space for ${folder}, found ${gigabytes(found)}`,
    );
  }
}

/**
 * Downloads the wheel with pip. The reported progress is the size of the largest file that pip has
 * written so far.
 */
async function fetchWheel(
  wheel: Wheel,
  scratch: string,
  options: WheelOptions,
): Promise<string> {
  const { pythons, onReport, signal } = options;
  const python = (await findProgram(pythons, ["-m", "pip", "--version"]))!;
  const message = `Downloading the wheel ${wheel.requirement} with pip`;
  let running = true;
  const report = async () => {
    const doneBytes = await largestFile(scratch);
    if (!running) return;
    onReport({ step: "wheel", message, doneBytes, totalBytes: wheel.bytes });
  };
  await report();
  const timer = setInterval(report, POLL_MS);
  try {
    await Deno.mkdir(`${scratch}/tmp`);
    await Deno.mkdir(`${scratch}/wheel`);
    const platform = [
      "--only-binary=:all:",
      "--python-version",
      "311",
      "--platform",
      wheel.tag,
    ];
    const args = [
      "-m",
      "pip",
      "download",
      "--no-deps",
      "--no-cache-dir",
      "--disable-pip-version-check",
      ...platform,
    ];
    await runCommand(python, [
      ...args,
      "--dest",
      `${scratch}/wheel`,
      wheel.requirement,
    ], {
      env: { TMPDIR: `${scratch}/tmp` },
      signal,
    });
  } finally {
    running = false;
    clearInterval(timer);
  }
  const found = [...Deno.readDirSync(`${scratch}/wheel`)].find(({ name }) => name.endsWith(".whl"));
  if (!found) {
    throw new RouteError(
      `pip download ${wheel.requirement}: wanted a wheel, found none`,
    );
  }
  return `${scratch}/wheel/${found.name}`;
}

/**
 * Returns the size of the largest file in a folder and its subfolders. The sizes are not added up,
 * because two copies of the wheel exist while pip moves it.
 */
async function largestFile(folder: string): Promise<number> {
  let largest = 0;
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      const path = `${folder}/${name}`;
      const size = isDirectory ? await largestFile(path) : (await Deno.stat(path)).size;
      largest = Math.max(largest, size);
    }
  } catch (error) {
    // pip may have moved the file or folder.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return largest;
}

async function checkHash(
  path: string,
  wheel: Wheel,
  onReport: OnReport,
  signal?: AbortSignal,
): Promise<void> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  let doneBytes = 0;
  for await (const bytes of file.readable) {
    signal?.throwIfAborted();
    hash.update(bytes);
    doneBytes += bytes.length;
    onReport({
      step: "check",
      message: "Checking the wheel's SHA-256",
      doneBytes,
      totalBytes: wheel.bytes,
    });
  }
  requireHash(wheel.requirement, hash.digest("hex"), wheel.sha256);
}

interface UnpackOptions {
  readonly libraryFolder: string;
  readonly includeFolder: string;
  readonly onReport: OnReport;
  readonly signal: AbortSignal | undefined;
}

/** Matches the headers that tfjs-node's addon includes, directly or indirectly. */
const headerFolders =
  /^tensorflow\/include\/((tensorflow\/c|tensorflow\/core\/platform|tsl\/platform|xla\/tsl\/c)\/.*\.h)$/;

async function unpack(
  path: string,
  wheel: Wheel,
  options: UnpackOptions,
): Promise<void> {
  const { libraryFolder, includeFolder, onReport, signal } = options;
  configure({ useWebWorkers: false });
  using file = await Deno.open(path);
  const zip = new ZipReader(new FileReader(file));
  const targets = new Map<FileEntry, string>();
  for (const entry of await zip.getEntries()) {
    if (entry.directory) continue;
    const library = wheel.libraries.find((name) => entry.filename === `tensorflow/${name}`);
    const header = headerFolders.exec(entry.filename)?.[1];
    if (library) targets.set(entry, `${libraryFolder}/${library}`);
    else if (header) targets.set(entry, `${includeFolder}/${header}`);
  }
  const totalBytes = [...targets.keys()].reduce(
    (sum, entry) => sum + entry.uncompressedSize,
    0,
  );
  let before = 0;
  for (const [entry, target] of targets) {
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), {
      recursive: true,
    });
    const output = await Deno.open(target, { write: true, create: true });
    await entry.getData(output.writable, {
      ...(signal && { signal }),
      onprogress: (done) => {
        onReport({
          step: "unpack",
          message: "Unpacking TensorFlow's libraries",
          doneBytes: before + done,
          totalBytes,
        });
        return undefined;
      },
    });
    before += entry.uncompressedSize;
  }
  await zip.close();
  const missing = wheel.libraries.filter((name) =>
    ![...targets.values()].includes(`${libraryFolder}/${name}`)
  );
  if (missing.length > 0) {
    throw new RouteError(
      `${wheel.requirement}: wanted ${missing.join(" and ")} in it, found none`,
    );
  }
}

/** Lets zip.js read any part of an open file. */
class FileReader extends Reader<Deno.FsFile> {
  readonly #file: Deno.FsFile;

  constructor(file: Deno.FsFile) {
    super(file);
    this.#file = file;
  }

  override async init(): Promise<void> {
    await super.init?.();
    this.size = (await this.#file.stat()).size;
  }

  override async readUint8Array(
    offset: number,
    length: number,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.min(length, this.size - offset));
    await this.#file.seek(offset, Deno.SeekMode.Start);
    for (let at = 0; at < bytes.length;) {
      const read = await this.#file.read(bytes.subarray(at));
      if (read === null) {
        throw new RouteError(
          `Reading the wheel: wanted ${length} bytes at ${offset}, found the end of the file`,
        );
      }
      at += read;
    }
    return bytes;
  }
}
