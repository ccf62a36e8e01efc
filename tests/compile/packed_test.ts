/**
 * Tests the package as users install it, with the commands and the examples of
 * lib/compile/README.md. The first test runs everywhere, with packages that are already present.
 * The second test begins with an empty folder and an empty home folder, and downloads everything.
 */
import {
  assert,
  assertEquals,
  assertGreater,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { delimiter, dirname, join } from "node:path";
import { extract } from "tar";
import { type Requirement, requiring } from "../support/skip.ts";
import { inEmptyFolder, runDeno } from "../support/stranger.ts";

const root = join(import.meta.dirname!, "../..");
const readme = await Deno.readTextFile(join(root, "lib/compile/README.md"));
const [example, , explanation] = blocksOf("ts ignore", readme);
const [packing, installing] = blocksOf("sh", readme.slice(readme.indexOf("## Installing it")));

const needsDownloads: Requirement = Deno.env.get("REFERENCES") === "1" ||
  "downloads packages and TensorFlow; REFERENCES=1 deno task test runs it";

Deno.test("a separate project sets the engine up and runs the README's example with the packed files", async () => {
  await inEmptyFolder(async (folder) => {
    const packed = join(folder, "package.tgz");
    // The types come from the source files, and packing without types saves seconds.
    await runDeno(["pack", "--allow-dirty", "--allow-slow-types", "-o", packed], root);
    const own = join(folder, "node_modules/@sudogan/sudogan");
    await Deno.mkdir(own, { recursive: true });
    await extract({ file: packed, cwd: own, strip: 1 });
    const { name, dependencies } = JSON.parse(await Deno.readTextFile(join(own, "package.json")));
    // npm would install these packages. Here they are linked, because they are already present.
    for (const dependency of Object.keys(dependencies)) {
      const link = join(folder, "node_modules", dependency);
      await Deno.mkdir(join(link, ".."), { recursive: true });
      await Deno.symlink(await Deno.realPath(join(root, "node_modules", dependency)), link);
    }
    const manifest = { dependencies: { ...dependencies, [name]: "*" } };
    await Deno.writeTextFile(join(folder, "package.json"), JSON.stringify(manifest));
    await Deno.writeTextFile(join(folder, "main.ts"), example);
    const report = await runDeno(["run", "-A", `npm:${name}/engine/set-up`], folder);
    assertMatch(report, /^engine +native/);
    const allowed = ["read", "write", "env", "ffi"].map((permission) => `--allow-${permission}`);
    await assertRuns(folder, await runDeno(["run", "--no-prompt", ...allowed, "main.ts"], folder));
  });
});

Deno.test(requiring(
  needsDownloads,
  "in an empty folder, the README's commands install the package, and the example runs accelerated",
  () => inEmptyFolder(installFromNothing),
));

/** Follows the README, which the comments quote. */
async function installFromNothing(folder: string): Promise<void> {
  const [project, home] = [join(folder, "project"), join(folder, "home")];
  for (const path of [project, home]) await Deno.mkdir(path);
  // "in a checkout of this project"
  const copy = await copyProject(folder);
  await runLine(packing.trim(), copy);
  // "Copy this file to the folder of your own project"
  await Deno.rename(join(copy, "sudogan.tgz"), join(project, "sudogan.tgz"));
  // "Save the example at the top of this page as `main.ts`"
  await Deno.writeTextFile(join(project, "main.ts"), example);
  const [install, setUp, run] = installing.trim().split("\n");
  await runLine(install, project, home);
  assertMatch(await runLine(setUp, project, home), /^engine +native\nreason .*was set up/);
  assertStringIncludes(await runLine(`${setUp} --help`, project, home), `Usage: ${setUp} `);
  await runLine("deno check main.ts", project, home);
  await assertRuns(project, await runLine(run, project, home));
  // The example of `explainGraph` explains the acceleration, so it must come before `undo`.
  const explained = example.replace(/^acceleration\.undo/m, `${explanation}\n$&`);
  await Deno.writeTextFile(join(project, "main.ts"), explained);
  await assertAccelerated(project, await runLine(run, project, home));
}

/** Asserts that the example has printed what its comment says, and has saved the model. */
async function assertRuns(folder: string, printed: string): Promise<void> {
  assertEquals(printed.trim().split("\n").at(-1), /console\.log.*\/\/ (.*)/.exec(example)?.[1]);
  assert((await Deno.stat(join(folder, "model/model.json"))).isFile);
}

/** Asserts that the training step ran as a graph. */
async function assertAccelerated(folder: string, printed: string): Promise<void> {
  const [, traced, run] = /^train\(.*\n\nOperations: (\d+) traced, (\d+) run/m.exec(printed) ?? [];
  assertGreater(Number(run), 0, printed);
  assertGreater(Number(traced), Number(run));
  assert((await Deno.stat(join(folder, "trace.json"))).isFile);
}

/** Copies the project, because the packed file must not appear in the folder of the other tests. */
async function copyProject(folder: string): Promise<string> {
  const copy = join(folder, "copy");
  await Deno.mkdir(join(copy, "data"), { recursive: true });
  for (const name of ["LICENSE", "README.md", "deno.json", "deno.lock", "lib", "tests"]) {
    await copyInto(join(root, name), copy);
  }
  await copyInto(join(root, "data/weights"), join(copy, "data"));
  await Deno.symlink(join(root, "node_modules"), join(copy, "node_modules"));
  return copy;
}

async function copyInto(path: string, folder: string): Promise<void> {
  const { success } = await new Deno.Command("cp", { args: ["-r", path, folder] }).output();
  assert(success, path);
}

/**
 * Runs a line of the README in a shell and returns its output.
 *
 * @param home the home folder; if it is given, then other folders of the user are not used either
 */
async function runLine(line: string, cwd: string, home?: string): Promise<string> {
  const own = Object.entries(Deno.env.toObject()).filter(([name]) =>
    home === undefined || !/^(XDG_|DENO_|npm_)/.test(name)
  );
  const env = {
    ...Object.fromEntries(own),
    ...(home !== undefined && { HOME: home }),
    PATH: `${dirname(Deno.execPath())}${delimiter}${Deno.env.get("PATH")}`,
    NO_COLOR: "1",
  };
  const shell = new Deno.Command("sh", { args: ["-c", line], cwd, env, clearEnv: true });
  const output = await shell.output();
  const [stdout, stderr] = [output.stdout, output.stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert(output.success, `${line}: ${stdout}${stderr}`);
  return stdout;
}

/** Returns the code blocks in a language, in the order of the text. */
function blocksOf(language: string, text: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"))]
    .map(([, block]) => block);
}
