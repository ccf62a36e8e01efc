import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { program } from "../support/program.ts";

const puzzle = "4.....8.5.3..........7......2.....6.....8.4......1.......6.3.7.5..2.....1.4......";
const solution =
  "417369825632158947958724316825437169791586432346912758289643571573291684164875293";
const easy = "12....1..3.....4";

Deno.test("sudoku solve prints a solution, none or multiple for each puzzle and skips other lines", async () => {
  const input = [
    "# a list",
    puzzle,
    "",
    `${puzzle} 7.1 a rating behind`,
    "11..............",
    ".".repeat(36),
    easy,
  ].join("\r\n");
  const { code, stdout, stderr } = await sudoku(["solve"], input);
  assertEquals(stdout.split("\n"), [
    solution,
    solution,
    "none",
    "multiple",
    "1243341243212134",
    "",
  ]);
  assertEquals([code, stderr], [0, ""]);
});

Deno.test("sudoku solve reports an invalid line by its number and continues with the next one", async () => {
  const input = `${easy}\nhello\n${easy}`;
  const { code, stdout, stderr } = await sudoku(["solve"], input);
  const lines = stdout.trim().split("\n");
  assertEquals(lines, ["1243341243212134", "invalid", "1243341243212134"]);
  assertStringIncludes(stderr, "Line 2: Reading a grid: wanted 16, 36 or 81");
  assertEquals(code, 1);
});

Deno.test("sudoku solve accepts puzzles as arguments, even as drawn grids, and prints JSON", async () => {
  const drawn = "12|..\n..|1.\n--+--\n.3|..\n..|.4";
  const { stdout } = await sudoku(["solve", "--json", drawn, ".".repeat(16)]);
  const [one, several] = stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(one, {
    puzzle: easy,
    result: "one",
    solutions: ["1243341243212134"],
  });
  assertEquals([several.result, several.solutions.length], ["multiple", 2]);
});

Deno.test("sudoku rate prints rating, level and hardest technique, and names both cells of a conflict", async () => {
  const input = `${easy}\n${".".repeat(81)}\n5.......5${".".repeat(72)}`;
  const { stdout, stderr } = await sudoku(["rate"], input);
  const lines = stdout.trim().split("\n");
  assert(/^1\.\d easy \w/.test(lines[0]), lines[0]);
  assertEquals(lines.slice(1), ["multiple", "invalid"]);
  assertStringIncludes(stderr, "5 twice in row 1: r1c1 and r1c9");
});

Deno.test("sudoku explain prints all steps, or only the next one, in sentences", async () => {
  const whole = await sudoku(["explain", easy]);
  const next = await sudoku(["explain", "--next", easy]);
  const lines = whole.stdout.trim().split("\n");
  assertEquals(lines.length, [...easy].filter((sign) => sign === ".").length);
  assert(/^1\. .+: .+ So r\dc\d is \d\.$/.test(lines[0]), lines[0]);
  assertEquals(next.stdout.trim(), lines[0]);
});

Deno.test("sudoku generate prints the requested number of puzzles, and the same ones for the same seed", async () => {
  const args = ["generate", "--level", "medium", "--count", "3", "--seed", "x"];
  const made = await sudoku(args);
  assertEquals((await sudoku([...args, "--distinct"])).stdout, made.stdout);
  const rated = await sudoku(["rate", "--json"], made.stdout);
  const levels = rated.stdout.trim().split("\n").map((line) => JSON.parse(line).level);
  assertEquals(levels, ["medium", "medium", "medium"]);
});

Deno.test("sudoku daily prints the puzzle of a date with its version", async () => {
  const args = ["daily", "--date", "2026-11-23", "--level", "easy", "--json"];
  const { stdout } = await sudoku(args);
  const { date, level, version, puzzle, solution } = JSON.parse(stdout);
  assertEquals([date, level, version], ["2026-11-23", "easy", 1]);
  assertEquals((await sudoku(["solve", puzzle])).stdout.trim(), solution);
});

Deno.test("sudoku generate says in one sentence why it cannot make a puzzle", async () => {
  const cases = [
    [["daily", "--date", "tomorrow"], 'found "tomorrow"'],
    [["generate", "--count", "0"], "found '0'"],
    [["generate", "--level", "extreme", "--size", "4"], "found none"],
  ] as const;
  for (const [args, words] of cases) {
    const { code, stderr } = await sudoku([...args]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, words);
    assertEquals(stderr.includes("    at "), false, "no stack");
  }
});

Deno.test("sudoku solve keeps the order of 50,000 lines, and the reader of its output may stop early", async () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => i % 2 ? puzzle : easy);
  const { stdout } = await sudoku(["solve"], lines.join("\n"));
  const answers = stdout.trim().split("\n");
  assertEquals(answers.length, lines.length);
  assert(answers.every((answer, i) => answer.length === lines[i].length));

  const child = start(["solve"]);
  const [writer, reader] = [child.stdin.getWriter(), child.stdout.getReader()];
  const writing = writer.write(new TextEncoder().encode(lines.join("\n")))
    .then(() => writer.close()).catch(() => {});
  await reader.read();
  await reader.cancel();
  const [{ code }, stderr] = await Promise.all([
    child.status,
    new Response(child.stderr).text(),
    writing,
  ]);
  assertEquals([code, stderr], [0, ""]);
});

function start(args: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", program("sudoku"), ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function sudoku(
  args: readonly string[],
  input = "",
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = start(args);
  const writer = child.stdin.getWriter();
  // A command that doesn't read its input may have ended already.
  const writing = writer.write(new TextEncoder().encode(input))
    .then(() => writer.close()).catch(() => {});
  const [{ code }, stdout, stderr] = await Promise.all([
    child.status,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    writing,
  ]);
  return { code, stdout, stderr };
}
