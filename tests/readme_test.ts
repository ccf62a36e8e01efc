/**
 * Runs every command of the README in a copy of the project. If you add a command to the README,
 * then add a line to the table below.
 */
import {
  assert,
  assertArrayIncludes,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { existsSync } from "node:fs";
import sharp from "sharp";
import { loadMnist } from "../lib/dataset/mnist.ts";
import { selectImages } from "../lib/dataset/select_images.ts";
import { dirname, fromFileUrl } from "./support/paths.ts";
import { needsReferences } from "./support/references.ts";
import { type Requirement, requiring } from "./support/skip.ts";
import { TextLineStream } from "./support/lines.ts";

const root = dirname(fromFileUrl(import.meta.url), 2);
const readme = await Deno.readTextFile(`${root}/README.md`);

const drawsABoard =
  "deno task sudoku draw 53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79 board.png";

/** For each command in the README, the function that checks it. */
const checks: Readonly<
  Record<string, (copy: string, command: string) => Promise<void>>
> = {
  "npx -y deno@2.9.6 task train": startAndStop,
  "npx -y deno@2.9.6 task test": isWhatCiRuns,
  "deno task train": startAndStop,
  "deno task train --resume": startAndStop,
  "deno task train --help": (copy, command) => runs(copy, command, /--epochs/),
  "deno task sample --count 100 --columns 10 --seed 7 --out digits.png": (
    copy,
    command,
  ) => runs(copy, command, /100 digits: digits\.png/),
  "deno task digits": (copy, command) => runs(copy, `${command} --help`, /makes a sheet of clear/),
  "deno task engine": (copy, command) => runs(copy, command, /^engine +native[^]*GF\/s/m),
  "deno task engine --reinstall": reinstalls,
  "deno task bench": (copy, command) =>
    runs(copy, `${command} --rounds 1 --steps 2`, /^matrix products alone/m),
  "deno task bench classifier": (copy, command) =>
    runs(copy, `${command} --rounds 1 --steps 2`, /^tfjs-node, eager/m),
  "deno task sudoku solve 4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......":
    (copy, command) =>
      runs(
        copy,
        command,
        /^417369825632158947958724316825437169791586432346912758289643571573291684164875293$/m,
      ),
  "deno task sudoku generate --level expert --count 5 | deno task sudoku rate": (copy, command) =>
    runs(copy, command, /^(\d\.\d expert .+\n){5}$/),
  "deno task sudoku explain --next 2...6.75..5...8...1.6..7.4.........3....412.5......86.7.....6...4...3...6.179..3.":
    (copy, command) => runs(copy, command, /^1\. Hidden single .+\n$/),
  "deno task sudoku daily --level medium": (copy, command) => runs(copy, command, /^[.1-9]{81}\n$/),
  [drawsABoard]: (copy, command) => runs(copy, command, /^Sudoku, 9 x 9, 30 digits: board\.png$/m),
  "deno task sudoku read board.png": async (copy, command) => {
    await runs(copy, drawsABoard, /board\.png$/m);
    await runs(copy, command, /^53\.\.7[.1-9]{74}79\n$/);
  },
  "deno task sudoku play": servesThePage,
  "deno task sudoku build FOLDER": async (copy, command) => {
    await runs(copy, command, /FOLDER/);
    assertMatch(await Deno.readTextFile(`${copy}/FOLDER/index.html`), /^<!doctype html>/i);
  },
  "deno task sudoku --help": (copy, command) => runs(copy, command, /^ +generate /m),
  "deno task bench sudoku": (copy, command) =>
    runs(
      copy,
      `${command} --rounds 1 --puzzles 10 --made 1`,
      /^slowest hostile grid, ms/m,
    ),
  "deno task bench evaluation": (copy, command) => runs(copy, `${command} --help`, /evaluation/),
  "deno task bench page": (copy, command) => runs(copy, `${command} --help`, /server under load/),
  "deno task bench compile": (copy, command) =>
    runs(copy, `${command} --rounds 1 --steps 2`, /accelerated/),
  "deno task bench --peers": (copy, command) =>
    runs(copy, `${command} --rounds 1 --steps 2`, /^tf\.function[^]*^JAX, jit/m),
  "deno task bench all": (copy, command) => runs(copy, `${command} --help`, /in one sitting/),
  "deno task figures": (copy, command) =>
    runs(copy, `${command} --help`, /tables and numbers of README/),
  "deno task evaluate data/weights/generator": (copy, command) =>
    runs(copy, `${command} --samples 300`, /^digit-FID +\d/m),
  "deno task evaluate data/runs/gan/NAME --against train": async (
    copy,
    command,
  ) => {
    await trainNamed(copy);
    await runs(copy, `${command} --samples 300`, /^digit-FID +\d/m);
    await Deno.stat(`${copy}/data/runs/gan/NAME/scores.json`);
  },
  "deno task evaluate FOLDER_OR_NPY_OR_IDX": judgesImages,
  "deno task evaluate A B": comparesTwoPaths,
  "deno task experiments list": (copy, command) => runs(copy, command, /^table-1: /m),
  "deno task experiments run --grid table-1 table-2 --seeds 3": (
    copy,
    command,
  ) => runs(copy, `${command} --dry-run --root nothing`, /^39 cells: 39 absent$/m),
  "deno task experiments status": (copy, command) =>
    runs(copy, `${command} --root nothing`, /^\d+ cells: \d+ absent$/m),
  "deno task experiments report": wantsCells,
  "deno task experiments search --dry-run": (copy, command) =>
    runs(copy, command, /^Budget of the search: 192,000 training steps/m),
  // Tests in tests/experiments run the Slurm script for real and check the manifest against the
  // API's schema.
  "sbatch --array=1-8 lib/experiments/cluster/slurm_array.sh --grid table-1 --seeds 3": namesAFile,
  "kubectl apply -f lib/experiments/cluster/kubernetes_job.yaml": namesAFile,
  "deno doc lib/evaluation/mod.ts": (copy, command) =>
    runs(copy, `NO_COLOR=1 ${command}`, /^function frechetDistance\(/m),
  "deno task classifier": (copy, command) => runs(copy, `${command} --steps 2`, /^Done/m),
  "deno task notebooks": (copy, command) =>
    runs(copy, `${command} --check --only 1`, /1 passed, 0 failed/),
  "npx -y deno@2.9.6 task kernel && python3 -m pip install jupyterlab": installsTheKernel,
  "npx -y deno@2.9.6 task kernel && code --install-extension ms-toolsai.jupyter": installsTheKernel,
  // Tests in tests/notebooks cover JupyterLab, and VS Code would open a window.
  "python3 -m jupyter lab notebooks": opensTheFolder,
  "code .": opensTheFolder,
  // These three commands would also run this test, so each of them gets a smaller task here. The
  // checks of `deno task ok` take a minute, and .ci/run runs them before the tests.
  "deno task ok": (copy, command) => runs(copy, `${command} --help`, /--no-tests/),
  "deno task test": (copy, command) =>
    runs(copy, `${command} tests/random_test.ts`, /8 passed, 0 failed\n$/),
  "deno test -A": (copy, command) => runs(copy, `${command} tests/random_test.ts`, /8 passed/),
  "deno task publish --name NAME": async (copy, command) => {
    await trainNamed(copy);
    await runs(
      copy,
      command,
      /half precision changes no byte of the sheet by more than [01]\./,
    );
  },
};

/** Requirements of the commands that cannot run on every machine. */
const required: Readonly<Record<string, Requirement>> = {
  "deno task bench --peers": needsReferences,
};

const copy = await copyProject();

Deno.test("each command of the README has a check, and each check a command", () => {
  assertEquals(
    [...new Set(commandsOf(readme))].sort(),
    Object.keys(checks).sort(),
  );
});

for (const [command, check] of Object.entries(checks)) {
  Deno.test(requiring(
    required[command] ?? true,
    `README: ${command}`,
    async () => await check(copy, command),
  ));
}

Deno.test("every file and heading that the README links to exists", async () => {
  const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, text]) =>
    text.toLowerCase().replaceAll(" ", "-")
  );
  for (const [, target] of readme.matchAll(/\]\(([^)]+)\)/g)) {
    if (target.startsWith("https://")) continue;
    if (target.startsWith("#")) {
      assertArrayIncludes(headings, [target.slice(1)]);
    } else await Deno.stat(`${root}/${target}`);
  }
});

/** Returns the commands in shell blocks, and in code spans that begin with a command. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block]) =>
    block.trim().split("\n")
  );
  const spans = [
    ...text.replaceAll(/```[^]*?```/g, "").matchAll(/`((?:deno|npx) [^`]+)`/g),
  ].map(([, span]) => span);
  return [...blocks, ...spans].map((line) =>
    line.replace(/\s+#.*$/, "").replaceAll(/\s+/g, " ").trim()
  );
}

/**
 * Starts a training run, presses Ctrl-C when the run has printed its name, and expects a
 * checkpoint.
 */
async function startAndStop(copy: string, command: string): Promise<void> {
  const child = shell(copy, `echo group $$; ${command}`).spawn();
  let [stdout, group] = ["", ""];
  for await (
    const line of child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(
      new TextLineStream(),
    )
  ) {
    stdout += `${line}\n`;
    group ||= /^group (\d+)$/.exec(line)?.[1] ?? "";
    // Like Ctrl-C in a terminal, the signal is sent to the whole process group.
    if (line.startsWith("Run: ")) {
      await textOf(
        new Deno.Command("kill", { args: ["-INT", "--", `-${group}`] }),
      );
    }
  }
  const stderr = await new Response(child.stderr).text();
  await child.status;
  assertMatch(stdout, /^Engine: native/m, stderr);
  const [, folder] = /^Run: (.+)$/m.exec(stdout)!;
  const stopped =
    /^Stopped after step \d+ of 14070\. To resume: deno task train --resume --name \S+$/m;
  assertMatch(stdout, stopped, stderr);
  await Deno.stat(`${copy}/${folder}/checkpoint.safetensors`);
}

async function servesThePage(copy: string, command: string): Promise<void> {
  const child = shell(copy, `echo group $$; ${command} --port 8797`).spawn();
  let [stdout, group, page] = ["", "", ""];
  for await (
    const line of child.stdout.pipeThrough(new TextDecoderStream()).pipeThrough(
      new TextLineStream(),
    )
  ) {
    stdout += `${line}\n`;
    group ||= /^group (\d+)$/.exec(line)?.[1] ?? "";
    const address = /^The Sudoku page: (\S+)$/.exec(line)?.[1];
    if (address === undefined) continue;
    page = await (await fetch(address)).text();
    await textOf(new Deno.Command("kill", { args: ["-INT", "--", `-${group}`] }));
  }
  const stderr = await new Response(child.stderr).text();
  await child.status;
  assertMatch(page, /^<!doctype html>/i, `${stdout}${stderr}`);
}

async function runs(
  copy: string,
  command: string,
  expected: RegExp,
): Promise<void> {
  const { success, stdout, stderr } = await shell(copy, command).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  assertMatch(decoder.decode(stdout), expected);
}

/** Runs the command with an empty cache and without node_modules, and expects the native engine. */
async function reinstalls(copy: string, command: string): Promise<void> {
  const cache = await Deno.makeTempDir();
  const { denoDir } = JSON.parse(
    await textOf(
      new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }),
    ),
  );
  await Deno.remove(`${copy}/node_modules`);
  try {
    const output = await shell(copy, command, {
      XDG_CACHE_HOME: cache,
      DENO_DIR: denoDir,
    }).output();
    assert(output.success, new TextDecoder().decode(output.stderr));
    assertMatch(new TextDecoder().decode(output.stdout), /^engine +native/m);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
}

/** Runs the report without finished cells, and expects it to explain how to train them. */
async function wantsCells(copy: string, command: string): Promise<void> {
  const { success, stderr } = await shell(copy, `${command} --root nothing`)
    .output();
  assert(!success);
  assertStringIncludes(
    new TextDecoder().decode(stderr),
    "To train them: deno task experiments run",
  );
}

async function namesAFile(copy: string, command: string): Promise<void> {
  const path = command.split(" ").find((word) => word.startsWith("lib/"))!;
  await Deno.stat(`${copy}/${path}`);
}

async function isWhatCiRuns(_: string, command: string): Promise<void> {
  assertStringIncludes(await Deno.readTextFile(`${root}/.ci/run`), command);
}

async function trainNamed(copy: string): Promise<void> {
  if (existsSync(`${copy}/data/runs/gan/NAME`)) return;
  await runs(copy, "deno task train --steps 2 --name NAME", /^Done/m);
}

async function judgesImages(copy: string, command: string): Promise<void> {
  const folder = `${copy}/digits`;
  await Deno.mkdir(folder);
  const { test } = await loadMnist();
  for (let i = 0; i < 40; i++) {
    const { pixels } = selectImages(test.images, [i]);
    const raw = { width: 28, height: 28, channels: 1 } as const;
    await sharp(pixels, { raw }).png().toFile(`${folder}/${i}.png`);
  }
  await runs(
    copy,
    command.replace("FOLDER_OR_NPY_OR_IDX", "digits"),
    /^digits[^]*^digit-FID +\d/m,
  );
}

/**
 * Compares two files of features instead of images, because images would need the large Inception
 * weights.
 */
async function comparesTwoPaths(copy: string, command: string): Promise<void> {
  const numpy = (values: Float64Array, rows: number) => {
    const header =
      `{'descr': '<f8', 'fortran_order': False, 'shape': (${rows}, ${values.length / rows}), }`
        .padEnd(117) + "\n";
    const head = new Uint8Array([0x93, 78, 85, 77, 80, 89, 1, 0, 118, 0]);
    return new Uint8Array([
      ...head,
      ...new TextEncoder().encode(header),
      ...new Uint8Array(values.buffer),
    ]);
  };
  // Each image has one number as its features. The numbers 0 to 7 are compared with the same
  // numbers moved by 3.
  const a = Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7);
  await Deno.writeFile(`${copy}/a.npy`, numpy(a, 8));
  await Deno.writeFile(`${copy}/b.npy`, numpy(a.map((x) => x + 3), 8));
  await runs(
    copy,
    `${command.replace("A B", "a.npy b.npy")} --features --json`,
    /"name": "FID",\s+"value": 9[,.]/,
  );
}

async function installsTheKernel(copy: string, command: string): Promise<void> {
  const own = command.split(" && ")[0].replace(/^npx -y deno@[\d.]+/, "deno");
  await runs(
    copy,
    `${own} --folder jupyter`,
    /The Deno kernel is (already )?installed/,
  );
}

async function opensTheFolder(_: string, command: string): Promise<void> {
  await Deno.stat(`${root}/${command.endsWith(".") ? "." : "notebooks"}`);
}

/** Runs the command in a new process group, with the Deno that runs this test. */
function shell(
  copy: string,
  command: string,
  env: Record<string, string> = {},
): Deno.Command {
  return new Deno.Command("setsid", {
    args: ["--wait", "bash", "-c", command],
    cwd: copy,
    env: {
      PATH: `${dirname(Deno.execPath(), 1)}:${Deno.env.get("PATH")}`,
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
}

async function textOf(command: Deno.Command): Promise<string> {
  return new TextDecoder().decode((await command.output()).stdout);
}

async function copyProject(): Promise<string> {
  const target = await Deno.makeTempDir({ prefix: "readme-" });
  for await (const { name } of Deno.readDir(root)) {
    if ([".git", "node_modules", "data"].includes(name)) continue;
    await textOf(
      new Deno.Command("cp", { args: ["-r", `${root}/${name}`, target] }),
    );
  }
  await Deno.mkdir(`${target}/data`);
  await textOf(
    new Deno.Command("cp", {
      args: ["-r", `${root}/data/weights`, `${root}/data/digits`, `${target}/data`],
    }),
  );
  await Deno.symlink(`${root}/node_modules`, `${target}/node_modules`);
  return target;
}
