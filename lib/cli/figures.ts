/**
 * `deno task figures`: writes the figures in README.md and lib/compile/README.md from the files in
 * data/.
 */
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAtomically } from "../system/atomic_write.ts";
import { faultsOfSitting } from "../bench/sitting.ts";
import { accountOf } from "../gate/readme/account.ts";
import { accountOfCompile } from "../gate/readme/compile_claims.ts";
import { type Account, faultsOfText, fillIn } from "../gate/readme/figures.ts";
import { readRecords } from "../gate/readme/records.ts";
import { UserError } from "../system/user_error.ts";
import { reportError } from "./report_error.ts";
import { taskCommand } from "./task_command.ts";

const root = dirname(
  dirname(dirname(fileURLToPath(import.meta.url))),
);

async function writeFigures(args: readonly string[]): Promise<void> {
  taskCommand("figures")
    .description(
      "Rewrites the tables and numbers of README.md and lib/compile/README.md from data/. Refuses benchmarks from several sittings or from a busy machine.",
    )
    .parse([...args], { from: "user" });
  const records = await readRecords(`${root}/data`);
  const { gan, convolutional, evaluation, sudoku, page, compile } = records;
  refuse(faultsOfSitting([gan, convolutional, evaluation, sudoku, page]));
  // The figures of compile are in a README of their own, so they may come from a separate sitting.
  if (compile) refuse(faultsOfSitting([compile]));
  await write("README.md", accountOf(records));
  await write("lib/compile/README.md", accountOfCompile(compile));
  console.log("README.md and lib/compile/README.md have the figures of data/.");
}

async function write(file: string, account: Account): Promise<void> {
  const path = `${root}/${file}`;
  await writeAtomically(path, fillIn(await Deno.readTextFile(path), account));
  await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", path] })
    .output();
  refuse(faultsOfText(await Deno.readTextFile(path), account));
}

function refuse(faults: readonly string[]): void {
  if (faults.length === 0) return;
  const found = faults.join("\n");
  throw new UserError(
    "Writing the README's figures: wanted every benchmark from one idle sitting and every number " +
      `accounted for, found\n${found}\nMeasure again: deno task bench all, with nothing else ` +
      "running (deno task bench all --only compile for lib/compile/README.md alone).",
  );
}

if (import.meta.main) {
  try {
    await writeFigures(Deno.args);
  } catch (error) {
    reportError(error);
  }
}
