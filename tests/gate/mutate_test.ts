import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(import.meta.resolve("../../lib/cli/mutate.ts"));

/**
 * The file to mutate. In `larger`, replacing `>` with `>=` does not change the result, so no test
 * can detect this mutation.
 */
const source = `
const LEAST = 5 - 3;

export function larger(a: number, b: number): number {
  return a > b ? a : b;
}

export function countUp(to: number): number {
  if (to < LEAST) throw new RangeError("Counting: wanted 2 or more.");
  let count = 0;
  while (count < to) count++;
  return count;
}

export function forgotten(): number {
  return 1 + 1;
}
`;

const test = `
import { countUp, larger } from "../../lib/numbers/numbers.ts";

Deno.test("the larger of two", () => {
  if (larger(2, 1) !== 2 || larger(1, 2) !== 2) throw new Error("no");
});

Deno.test({
  name: "counting",
  fn: async () => {
    await Promise.resolve();
    if (countUp(3) !== 3 || countUp(2) !== 2) throw new Error("no");
    try {
      countUp(1);
    } catch {
      return;
    }
    throw new Error("no");
  },
});

Deno.test("not to be run", { ignore: true }, () => {
  throw new Error("no");
});
`;

Deno.test("the report lists only mutations that no test noticed", async () => {
  await withProject(async (mutate) => {
    const report = await mutate("lib/numbers");
    assertEquals(survivors(report), [
      "+   export function forgotten(): number {}",
      "+     return 1 - 1;",
      "+     return a >= b ? a : b;",
    ], report);
    assertMatch(report, /15 of 18 bugs noticed \(83.3 %\)/);
    // Each one is printed at once, in whatever order they are found.
    assertEquals(report.match(/^missed .*$/gm)?.sort(), [
      "missed lib/numbers/numbers.ts:15:37 BlockStatement: {}",
      "missed lib/numbers/numbers.ts:16:10 ArithmeticOperator: 1 - 1",
      "missed lib/numbers/numbers.ts:5:10 EqualityOperator: a >= b",
    ], report);
  });
});

Deno.test("only some lines of a file may be changed", async () => {
  await withProject(async (mutate) => {
    assertMatch(await mutate("lib/numbers/numbers.ts:15-17"), /0 of 2 bugs noticed/);
  });
});

Deno.test("a missing path or missing tests are reported with a remedy", async () => {
  await withProject(async (_, folder) => {
    await Deno.mkdir(`${folder}/lib/letters`);
    const cases = [
      ["lib/words", "wanted a file or folder at lib/words, found none"],
      ["lib/letters", "wanted tests in tests/letters, found no such folder. Name the folders"],
    ];
    for (const [path, says] of cases) {
      const { stderr, success } = await run(folder, path);
      assertEquals(success, false);
      const message = new TextDecoder().decode(stderr);
      assertStringIncludes(message, `Error: Mutating`);
      assertStringIncludes(message, says);
      assertEquals(message.trim().split("\n").length, 1, message);
    }
  });
});

/** Runs the program in a project of its own, which must stay as it is. */
async function withProject(
  use: (mutate: (path: string) => Promise<string>, folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "sudogan_mutate_" });
  try {
    for (const name of ["lib/numbers", "tests/numbers"]) {
      await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    }
    await Deno.writeTextFile(`${folder}/lib/numbers/numbers.ts`, source);
    await Deno.writeTextFile(`${folder}/tests/numbers/numbers_test.ts`, test);
    await use(async (path) => {
      const { stdout, success } = await run(folder, path);
      const report = new TextDecoder().decode(stdout);
      assertEquals(success, true, report);
      return report;
    }, folder);
    assertEquals(await Deno.readTextFile(`${folder}/lib/numbers/numbers.ts`), source);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function run(folder: string, path: string): Promise<Deno.CommandOutput> {
  const args = ["run", "-A", program, path];
  return new Deno.Command(Deno.execPath(), { args, cwd: folder }).output();
}

function survivors(report: string): string[] {
  return report.split("\n").filter((line) => /^\+ {2}/.test(line));
}
