/**
 * Makes sandboxes for tests of `provision`, which installs native TensorFlow. A sandbox has a
 * package and a cache in temporary folders. Tiny files take the place of TensorFlow's files, and
 * scripts take the place of pip and the compiler. Unless a test changes the sandbox, every attempt
 * to get native TensorFlow fails immediately.
 */
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { createHash } from "node:crypto";
import { create } from "tar";
import type { ProvisionOptions } from "../../lib/engine/provision.ts";
import type { Wheel } from "../../lib/engine/provision/platform.ts";
import type { ProvisionReport } from "../../lib/system/provision_report.ts";
import { closedAddress, type LocalServer, serveHttp } from "./local_server.ts";

export interface Sandbox extends AsyncDisposable {
  readonly folder: string;
  readonly cacheFolder: string;
  readonly packageFolder: string;
  readonly reports: readonly ProvisionReport[];
  /** Options that keep `provision` inside the sandbox. */
  readonly options: ProvisionOptions;
}

export async function makeSandbox(): Promise<Sandbox> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_provision_" });
  const cacheFolder = `${folder}/cache`;
  const packageFolder = `${folder}/package`;
  await Deno.mkdir(packageFolder);
  const reports: ProvisionReport[] = [];
  const nowhere = closedAddress();
  return {
    folder,
    cacheFolder,
    packageFolder,
    reports,
    options: {
      cacheFolder,
      packageFolder,
      platform: { os: "linux", arch: "x86_64" },
      official: {
        library: { url: `${nowhere}library.tar.gz`, sha256: "" },
        addon: { url: `${nowhere}addon.tar.gz` },
      },
      timeouts: { answer: 60_000, stall: 60_000 },
      pythons: ["no-such-python"],
      compilers: ["no-such-compiler"],
      onReport: (report) => reports.push(report),
      check: () => Promise.resolve(),
    },
    async [Symbol.asyncDispose]() {
      await Deno.remove(folder, { recursive: true });
    },
  };
}

/** Returns the sorted names of the files in a folder, or an empty list if the folder is missing. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    return entries.map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

export interface OfficialServer extends LocalServer {
  readonly requests: readonly string[];
  /** Options that make `provision` download from this server. */
  readonly options: Pick<ProvisionOptions, "official">;
}

/**
 * Serves tiny archives that have the same layout as the official archives.
 *
 * @param content the content of each library file in the archive
 * @param answer returns the response to a request for the library; default: a response with the
 * whole archive
 */
export async function serveOfficial(
  folder: string,
  { content = "library", answer }: {
    readonly content?: string;
    readonly answer?: (bytes: Uint8Array<ArrayBuffer>) => Response;
  } = {},
): Promise<OfficialServer> {
  const library = await archive(folder, {
    "include/tensorflow/c/c_api.h": "",
    "lib/libtensorflow.so.2": content,
    "lib/libtensorflow_framework.so.2": content,
  });
  const addon = await archive(folder, { "napi-v8/tfjs_binding.node": "addon" });
  const md5 = createHash("md5").update(addon).digest("base64");
  const server = serveHttp((path) =>
    path === "addon.tar.gz"
      ? new Response(addon, { headers: { "x-goog-hash": `md5=${md5}` } })
      : answer?.(library) ?? new Response(library)
  );
  return {
    ...server,
    options: {
      official: {
        library: { url: `${server.url}library.tar.gz`, sha256: hash(library) },
        addon: { url: `${server.url}addon.tar.gz` },
      },
    },
  };
}

async function archive(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const cwd = await Deno.makeTempDir({ dir: folder });
  for (const [path, content] of Object.entries(files)) {
    await writeFile(`${cwd}/${path}`, content);
  }
  await create(
    { gzip: true, cwd, file: `${cwd}.tar.gz` },
    await namesIn(cwd),
  );
  return await Deno.readFile(`${cwd}.tar.gz`);
}

/** Writes a small wheel that pip accepts. */
export async function makeWheel(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ readonly path: string; readonly wheel: Wheel }> {
  const path = `${folder}/tiny-1.0-py3-none-any.whl`;
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  const about = {
    "tiny-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
    "tiny-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "tiny-1.0.dist-info/RECORD": "",
  };
  for (const [name, content] of Object.entries({ ...files, ...about })) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    await zip.add(name, new Uint8ArrayReader(bytes));
  }
  const bytes = await zip.close();
  await Deno.writeFile(path, bytes);
  return {
    path,
    wheel: {
      requirement: path,
      tag: "manylinux_2_17_x86_64",
      bytes: bytes.length,
      sha256: hash(bytes),
      libraries: ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
    },
  };
}

/** The files of a wheel for tests that never load its libraries. */
export const tinyWheel = {
  "tensorflow/libtensorflow_cc.so.2": "cc",
  "tensorflow/libtensorflow_framework.so.2": "framework",
  "tensorflow/include/tensorflow/c/c_api.h": "",
  "tensorflow/python/__init__.py": "",
};

export async function writeProgram(
  folder: string,
  name: string,
  script: string,
): Promise<string> {
  const path = `${folder}/${name}`;
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await Deno.chmod(path, 0o755);
  return path;
}

/**
 * Writes a stand-in for Python. When its pip is asked for a download, the stand-in runs the script.
 *
 * @param script a shell script; the variable $dest holds the path of the folder for the wheel
 */
export function writePython(folder: string, script: string): Promise<string> {
  return writeProgram(
    folder,
    "python",
    `case "$*" in *--version) exit 0;; esac
while [ "$1" != --dest ]; do shift; done
dest=$2
${script}`,
  );
}

/**
 * Writes a stand-in for a compiler, which runs the script.
 *
 * @param script a shell script; the variable $output holds the path of the file to write
 */
export function writeCompiler(folder: string, script: string): Promise<string> {
  return writeProgram(
    folder,
    "compiler",
    `case "$*" in --version) exit 0;; esac
while [ "$1" != -o ]; do shift; done
output=$2
${script}`,
  );
}

export async function writeFile(path: string, content: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, content);
}

function hash(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
