import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { createHash } from "node:crypto";
import { provision } from "../../../lib/engine/provision.ts";
import {
  type NotProvisioned,
  type Provisioned,
  RouteError,
} from "../../../lib/system/provision_report.ts";
import {
  makeSandbox,
  makeWheel,
  namesIn,
  type Sandbox,
  serveOfficial,
  tinyWheel,
  writeCompiler,
  writeFile,
  writePython,
} from "../../support/provision_sandbox.ts";

const addonPath = "lib/napi-v8/tfjs_binding.node";
const libraryPath = "deps/lib/libtensorflow.so.2";

Deno.test("the official download is kept in the cache and linked into the package", async () => {
  await using sandbox = await makeSandbox();
  await using server = await serveOfficial(sandbox.folder);
  const outcome = await provision({ ...sandbox.options, ...server.options });
  assertEquals([outcome.ok, routeOf(outcome)], [true, "official"]);
  assertEquals(await linkedContent(sandbox), ["addon", "library"]);
  assertEquals(server.requests, ["library.tar.gz", "addon.tar.gz"]);
  assertEquals((await namesIn(sandbox.cacheFolder)).length, 2);
  assertMatch(
    await Deno.realPath(`${sandbox.packageFolder}/${addonPath}`),
    /\/cache\/tfjs-node-4\.22\.0-[^/]+\/lib\/napi-v8\/tfjs_binding\.node$/,
  );
});

Deno.test("an installation that works is used without downloads, reports, checks or writes", async () => {
  await using sandbox = await makeSandbox();
  await writeFile(`${sandbox.packageFolder}/${addonPath}`, "mine");
  await writeFile(`${sandbox.packageFolder}/${libraryPath}`, "mine");
  const outcome = await provision({
    ...sandbox.options,
    check: () => Promise.reject(new Error("checked")),
  });
  assertEquals(outcome, {
    ok: true,
    route: "present",
    message: "It is installed",
  });
  assertEquals(sandbox.reports, []);
  assertEquals(await namesIn(sandbox.cacheFolder), []);
});

Deno.test("a reinstalled package is linked to the cache without a download", async () => {
  await using sandbox = await makeSandbox();
  await using server = await serveOfficial(sandbox.folder);
  await provision({ ...sandbox.options, ...server.options });
  await Deno.remove(sandbox.packageFolder, { recursive: true });
  await Deno.mkdir(sandbox.packageFolder);
  const outcome = await provision(sandbox.options);
  assertEquals(routeOf(outcome), "present");
  assertStringIncludes((outcome as Provisioned).message, sandbox.cacheFolder);
  assertEquals(await linkedContent(sandbox), ["addon", "library"]);
});

const damages: {
  readonly name: string;
  readonly damage: (sandbox: Sandbox, cached: string) => Promise<void>;
  /** Whether the damage makes a new download necessary. */
  readonly again: boolean;
}[] = [
  {
    name: "a package without its addon",
    damage: ({ packageFolder }) => Deno.remove(`${packageFolder}/${addonPath}`),
    again: false,
  },
  {
    name: "a package with an empty addon",
    damage: async ({ packageFolder }) => {
      await Deno.remove(`${packageFolder}/${addonPath}`);
      await writeFile(`${packageFolder}/${addonPath}`, "");
    },
    again: false,
  },
  {
    name: "a package whose library links to nothing",
    damage: async ({ packageFolder }) => {
      await Deno.remove(`${packageFolder}/${libraryPath}`);
      await Deno.symlink(
        `${packageFolder}/nowhere`,
        `${packageFolder}/${libraryPath}`,
      );
    },
    again: false,
  },
  {
    name: "a cache that lacks a library",
    damage: (_, cached) => Deno.remove(`${cached}/${libraryPath}`),
    again: true,
  },
  {
    name: "a cache with a truncated addon",
    damage: async ({ packageFolder }, cached) => {
      await Deno.truncate(`${cached}/${addonPath}`, 2);
      await Deno.remove(`${packageFolder}/${addonPath}`);
    },
    again: true,
  },
  {
    name: "a cache with an unreadable manifest",
    damage: async ({ packageFolder }, cached) => {
      await Deno.writeTextFile(`${cached}/manifest.json`, `{"files": [`);
      await Deno.remove(`${packageFolder}/${addonPath}`);
    },
    again: true,
  },
];

for (const { name, damage, again } of damages) {
  Deno.test(`${name} is repaired`, async () => {
    await using sandbox = await makeSandbox();
    await using server = await serveOfficial(sandbox.folder);
    const options = { ...sandbox.options, ...server.options };
    await provision(options);
    const addon = await Deno.realPath(`${sandbox.packageFolder}/${addonPath}`);
    await damage(sandbox, addon.slice(0, -addonPath.length - 1));
    const outcome = await provision(options);
    assertEquals(routeOf(outcome), again ? "official" : "present");
    assertEquals(await linkedContent(sandbox), ["addon", "library"]);
    assertEquals(server.requests.length, again ? 4 : 2);
  });
}

Deno.test("reinstall replaces the installation and the cache", async () => {
  await using sandbox = await makeSandbox();
  await using first = await serveOfficial(sandbox.folder, { content: "old" });
  await provision({ ...sandbox.options, ...first.options });
  await using second = await serveOfficial(sandbox.folder, { content: "new" });
  const outcome = await provision({
    ...sandbox.options,
    ...second.options,
    reinstall: true,
  });
  assertEquals(routeOf(outcome), "official");
  assertEquals(await linkedContent(sandbox), ["addon", "new"]);
  assertEquals((await namesIn(sandbox.cacheFolder)).length, 2);
});

Deno.test("if every route fails, the outcome lists the attempts and advice, and no files remain", async () => {
  await using sandbox = await makeSandbox();
  const outcome = await provision(sandbox.options);
  const { attempts, advice } = outcome as NotProvisioned;
  assertEquals(attempts.map(({ route }) => route), ["official", "wheel"]);
  assertStringIncludes(attempts[0]!.problem, "library.tar.gz: ");
  assertStringIncludes(attempts[0]!.problem, "refused");
  assertEquals(
    attempts[1]!.problem,
    "Wanted a C++ compiler, found none of no-such-compiler",
  );
  assertStringIncludes(advice, "apt-get install -y python3-pip g++");
  assertEquals(
    sandbox.reports.map(({ message }) => message),
    [
      `The official download failed: ${attempts[0]!.problem}`,
      `The TensorFlow wheel and a C++ compiler failed: ${attempts[1]!.problem}`,
    ],
  );
  assertEquals(await namesIn(sandbox.cacheFolder), ["lock"]);
  assertEquals(await namesIn(sandbox.packageFolder), []);
});

Deno.test("an engine that fails its test computation is removed, and the next route is tried", async () => {
  await using sandbox = await makeSandbox();
  const { folder, options } = sandbox;
  await using server = await serveOfficial(folder);
  const { path, wheel } = await makeWheel(folder, tinyWheel);
  const found: string[][] = [];
  const outcome = await provision({
    ...options,
    ...server.options,
    wheel,
    pythons: [await writePython(folder, `cp ${path} "$dest"`)],
    compilers: [await writeCompiler(folder, `echo compiled > "$output"`)],
    check: async () => {
      found.push(await namesIn(`${sandbox.packageFolder}/deps/lib`));
      if (found.length === 1) throw new RouteError("GLIBC_2.99 not found");
    },
  });
  assertEquals(routeOf(outcome), "wheel");
  assertEquals(found, [
    ["libtensorflow.so.2", "libtensorflow_framework.so.2"],
    ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"],
  ]);
  assertStringIncludes(
    sandbox.reports.map(({ message }) => message).join("\n"),
    "The official download failed: GLIBC_2.99 not found",
  );
});

Deno.test("a cache folder that is not writable is named with advice", async () => {
  await using sandbox = await makeSandbox();
  await writeFile(`${sandbox.folder}/file`, "");
  const cacheFolder = `${sandbox.folder}/file/cache`;
  const outcome = await provision({ ...sandbox.options, cacheFolder });
  const { attempts, advice } = outcome as NotProvisioned;
  assertEquals(attempts.length, 1);
  assertStringIncludes(
    attempts[0]!.problem,
    `Wanted to write to ${cacheFolder}`,
  );
  assertStringIncludes(attempts[0]!.problem, "Not a directory");
  assertStringIncludes(advice, "XDG_CACHE_HOME");
});

Deno.test("the error names a file that has the right hash but is not an archive", async () => {
  await using sandbox = await makeSandbox();
  const page = "<html>Sign in to this network</html>";
  await using server = await serveOfficial(sandbox.folder, {
    answer: () => new Response(page),
  });
  const url = `${server.url}library.tar.gz`;
  const sha256 = createHash("sha256").update(page).digest("hex");
  const outcome = await provision({
    ...sandbox.options,
    official: { library: { url, sha256 }, addon: undefined },
  });
  const { problem } = (outcome as NotProvisioned).attempts[0]!;
  assertStringIncludes(problem, `${url}: wanted a tar.gz archive`);
  assertStringIncludes(problem, "Unrecognized archive format");
});

for (
  const [os, advised] of [
    ["darwin", "xcode-select --install"],
    ["windows", "WSL"],
    ["freebsd", "There is no native engine for freebsd"],
  ] as const
) {
  Deno.test(`on ${os}, where no route exists, the advice fits the system`, async () => {
    await using sandbox = await makeSandbox();
    const { official: _, ...options } = sandbox.options;
    const outcome = await provision({
      ...options,
      platform: { os, arch: "x86_64" },
      mirror: sandbox.options.official!.library.url,
    });
    const { attempts, advice } = outcome as NotProvisioned;
    assertStringIncludes(advice, advised);
    assertEquals(
      attempts[1]!.problem,
      `No TensorFlow wheel is known to work on ${os} on x86_64`,
    );
  });
}

function routeOf(outcome: Provisioned | NotProvisioned): string {
  return outcome.ok ? outcome.route : JSON.stringify(outcome.attempts);
}

/**
 * Reads the package's addon and library. If they are links, the files that they point to are read.
 */
function linkedContent({ packageFolder }: Sandbox): Promise<string[]> {
  return Promise.all(
    [addonPath, libraryPath].map((path) => Deno.readTextFile(`${packageFolder}/${path}`)),
  );
}
