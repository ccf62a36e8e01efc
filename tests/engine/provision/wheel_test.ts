import { assertEquals, assertStringIncludes } from "@std/assert";
import { provision, type ProvisionOptions } from "../../../lib/engine/provision.ts";
import type { NotProvisioned } from "../../../lib/system/provision_report.ts";
import { findProgram, runCommand } from "../../../lib/system/run_command.ts";
import {
  makeSandbox,
  makeWheel,
  namesIn,
  type Sandbox,
  tinyWheel,
  writeCompiler,
  writeFile,
  writeProgram,
  writePython,
} from "../../support/provision_sandbox.ts";
import { requiring } from "../../support/skip.ts";

const compiler = await findProgram(["g++", "clang++"], ["--version"]);
const python = await findProgram(["python3", "python"], [
  ...["-m", "pip", "--version"],
]);

Deno.test(requiring(
  [
    Deno.build.os === "linux" || "this route exists on Linux only",
    compiler !== undefined || "needs a C++ compiler, g++ or clang++",
    python !== undefined || "needs python3 with pip",
  ],
  "the wheel from a real pip and the addon from a real compiler work together",
  async () => {
    await using sandbox = await makeSandbox();
    const { folder, packageFolder, options } = sandbox;
    const { wheel } = await makeWheel(folder, await realLibraries(folder));
    const include = `#include <node_api.h>\n#include "tensorflow/c/c_api.h"\n`;
    await writeFile(`${packageFolder}/binding/tfjs_backend.cc`, include);
    await writeFile(
      `${packageFolder}/binding/tfjs_binding.cc`,
      `${include}extern "C" int answer() { return TF_Answer(); }`,
    );
    const outcome = await provision({
      ...options,
      wheel,
      pythons: [python!],
      compilers: [compiler!],
    });
    assertEquals(outcome.ok && outcome.route, "wheel", JSON.stringify(outcome));
    const addon = `${packageFolder}/lib/napi-v8/tfjs_binding.node`;
    assertEquals(await askAddon(addon), "42\n");
    assertEquals([...new Set(sandbox.reports.map(({ step }) => step))], [
      ...["official", "wheel", "check", "unpack", "compile"] as const,
    ]);
    const [, finished] = await namesIn(sandbox.cacheFolder);
    assertEquals(await namesIn(`${sandbox.cacheFolder}/${finished}`), [
      "deps",
      "lib",
      "manifest.json",
    ]);
  },
));

/**
 * Calls the addon in a separate process, and returns what it prints. If the test's own process
 * loaded the addon after the real TensorFlow library, then the addon would be linked to the real
 * library, not to the library of the same name in the sandbox.
 */
async function askAddon(addon: string): Promise<string> {
  const script = `const addon = Deno.dlopen(${JSON.stringify(addon)}, ` +
    `{ answer: { parameters: [], result: "i32" } }); console.log(addon.symbols.answer());`;
  return await runCommand(Deno.execPath(), ["eval", script]);
}

const failures: {
  readonly name: string;
  /**
   * Sets up a single fault in an otherwise working sandbox, and returns the options that make
   * `provision` run into this fault.
   */
  readonly options: (sandbox: Sandbox) => Promise<ProvisionOptions>;
  readonly problem: string;
}[] = [
  {
    name: "Python is missing",
    options: () => Promise.resolve({ pythons: ["no-python3", "no-python"] }),
    problem: "Wanted Python 3, found none of no-python3, no-python",
  },
  {
    name: "pip is missing",
    options: async ({ folder }) => ({
      pythons: [
        await writeProgram(folder, "bare", `[ "$1" = --version ]`),
      ],
    }),
    problem: "Wanted pip for Python 3, found Python without pip",
  },
  {
    name: "the compiler is missing",
    options: () => Promise.resolve({ compilers: ["no-g++", "no-clang++"] }),
    problem: "Wanted a C++ compiler, found none of no-g++, no-clang++",
  },
  {
    name: "the disk is too full",
    options: async ({ folder }) => {
      const { wheel } = await makeWheel(folder, tinyWheel);
      return { wheel: { ...wheel, bytes: 1e15 } };
    },
    problem: "Wanted 4000000.0 GB of free space for ",
  },
  {
    name: "pip finds no such wheel",
    options: async ({ folder }) => ({
      pythons: [
        await writePython(
          folder,
          `echo "ERROR: No matching distribution found" >&2; exit 1`,
        ),
      ],
    }),
    problem: "found exit code 1: ERROR: No matching distribution found",
  },
  {
    name: "pip claims success without a wheel",
    options: async ({ folder }) => ({
      pythons: [await writePython(folder, "exit 0")],
    }),
    problem: "wanted a wheel, found none",
  },
  {
    name: "the wheel is a different one",
    options: async ({ folder }) => {
      const { wheel } = await makeWheel(folder, tinyWheel);
      return { wheel: { ...wheel, sha256: "0".repeat(64) } };
    },
    problem: `wanted the hash ${"0".repeat(64)}, found `,
  },
  {
    name: "the wheel was truncated",
    options: async ({ folder }) => {
      const { path } = await makeWheel(folder, tinyWheel);
      return {
        pythons: [
          await writePython(folder, `head -c 99 ${path} > "$dest/cut.whl"`),
        ],
      };
    },
    problem: "not the right file",
  },
  {
    name: "the wheel has no library to link with",
    options: async ({ folder }) => {
      const { "tensorflow/libtensorflow_cc.so.2": _, ...files } = tinyWheel;
      return { wheel: (await makeWheel(folder, files)).wheel };
    },
    problem: "wanted libtensorflow_cc.so.2 in it, found none",
  },
  {
    name: "the compiler fails",
    options: async ({ folder }) => ({
      compilers: [
        await writeCompiler(
          folder,
          `echo "tfjs_backend.cc:7: error: unknown type" >&2; exit 2`,
        ),
      ],
    }),
    problem: "found exit code 2: tfjs_backend.cc:7: error: unknown type",
  },
];

for (const { name, options, problem } of failures) {
  Deno.test(`if ${name}, the route reports the problem and leaves no files`, async () => {
    await using sandbox = await makeSandbox();
    const working = await workingOptions(sandbox);
    const outcome = await provision({ ...working, ...await options(sandbox) });
    const { attempts, advice } = outcome as NotProvisioned;
    assertEquals(attempts[1]?.route, "wheel", JSON.stringify(outcome));
    assertStringIncludes(attempts[1]!.problem, problem);
    assertStringIncludes(advice, "python3-pip g++");
    assertEquals(await namesIn(sandbox.cacheFolder), ["lock"]);
  });
}

Deno.test("the progress of pip is read from the size of its file", async () => {
  await using sandbox = await makeSandbox();
  const { folder, options } = sandbox;
  const working = await workingOptions(sandbox);
  const { path, wheel } = await makeWheel(folder, {
    ...tinyWheel,
    "tensorflow/libtensorflow_cc.so.2": crypto.getRandomValues(
      new Uint8Array(60_000),
    ),
  });
  // The script writes the second half of the file only after progress for the first half was
  // reported.
  const python = await writePython(
    folder,
    `head -c 50000 ${path} > "$TMPDIR/part"
while [ ! -e ${folder}/reported ]; do sleep 0.02; done
cp ${path} "$dest"`,
  );
  const outcome = await provision({
    ...working,
    wheel,
    pythons: [python],
    onReport: (report) => {
      options.onReport!(report);
      if (report.doneBytes === 50_000) {
        Deno.writeTextFileSync(`${folder}/reported`, "");
      }
    },
  });
  assertEquals(outcome.ok, true, JSON.stringify(outcome));
  const download = sandbox.reports.filter(({ message }) =>
    message.startsWith("Downloading the wheel")
  );
  assertEquals(download[0]!.doneBytes, 0);
  for (const { step, totalBytes } of download) {
    assertEquals([step, totalBytes], ["wheel", wheel.bytes]);
  }
});

/**
 * Returns options with which an installation from the wheel succeeds. They replace pip and the
 * compiler with scripts.
 */
async function workingOptions(
  { folder, options }: Sandbox,
): Promise<ProvisionOptions> {
  const { path, wheel } = await makeWheel(folder, tinyWheel);
  return {
    ...options,
    wheel,
    pythons: [await writePython(folder, `cp ${path} "$dest"`)],
    compilers: [await writeCompiler(folder, `echo addon > "$output"`)],
  };
}

/** Returns the files of a wheel whose libraries can be linked and loaded. */
async function realLibraries(
  folder: string,
): Promise<Record<string, Uint8Array | string>> {
  const build = async (name: string, source: string) => {
    const path = `${folder}/${name}`;
    await writeFile(`${path}.cc`, source);
    await runCommand(compiler!, [
      ...["-shared", "-fPIC", `${path}.cc`, "-o", path],
      `-Wl,-soname,${name}`,
    ]);
    return await Deno.readFile(path);
  };
  const names = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
  return {
    [`tensorflow/${names[0]}`]: await build(
      names[0]!,
      `extern "C" int TF_Answer() { return 42; }`,
    ),
    [`tensorflow/${names[1]}`]: await build(names[1]!, ""),
    "tensorflow/include/tensorflow/c/c_api.h": `extern "C" int TF_Answer();`,
  };
}
