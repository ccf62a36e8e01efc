import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import sharp from "sharp";
import { program, runProgram } from "../support/program.ts";

const sudoku = program("sudoku");
const puzzle = "1..4.6......2..6.1......4..1...6..5.";

Deno.test("deno task sudoku read can read the boards of deno task sudoku draw", async () => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/board.png`;
  const drawn = await runProgram(sudoku, ["draw", puzzle, file, "--theme", "dark", "--seed", "3"]);
  assertEquals([drawn.code, drawn.stderr], [0, ""]);
  assertEquals(drawn.stdout, `Sudoku, 6 x 6, 10 digits: ${file}\n`);
  const read = await runProgram(sudoku, ["read", file]);
  assertEquals([read.code, read.stdout, read.stderr], [0, `${puzzle}\n`, ""]);
  const { stdout } = await runProgram(sudoku, ["read", file, "--json"]);
  const { puzzle: line, probabilities } = JSON.parse(stdout);
  assertEquals([line, probabilities.length], [puzzle, 36]);
});

Deno.test("deno task sudoku read reads a board that breaks a rule, and names the rule", async () => {
  const file = `${await Deno.makeTempDir()}/board.png`;
  const line = "11..............";
  assertEquals((await runProgram(sudoku, ["draw", line, file])).code, 0);
  const { stdout, stderr } = await runProgram(sudoku, ["read", file]);
  assertEquals(stdout, `${line}\n`);
  assertStringIncludes(stderr, "1 occurs in r1c1 and r1c2, which breaks a rule");
});

Deno.test("the same board gives the same file, and a different seed or format gives a different file", async () => {
  const folder = await Deno.makeTempDir();
  const draw = async (name: string, ...args: readonly string[]) => {
    assertEquals(
      (await runProgram(sudoku, ["draw", puzzle, `${folder}/${name}`, ...args])).code,
      0,
    );
    return await Deno.readFile(`${folder}/${name}`);
  };
  for (const ending of ["svg", "pdf"]) {
    const first = await draw(`first.${ending}`);
    assertEquals(await draw(`again.${ending}`), first);
    const other = await draw(`other.${ending}`, "--seed", "2");
    assert(first.join() !== other.join(), ending);
  }
  const plain = new TextDecoder().decode(await draw("plain.svg", "--kind", "plain"));
  assertEquals(plain.match(/<path /g)?.length, 10);
  const raw = new TextDecoder().decode(await draw("raw.svg", "--kind", "raw"));
  assertEquals(raw.match(/<image /g)?.length, 10);
  const { width, height } = await sharp(`${folder}/raw.svg`).metadata();
  assertEquals([width, height], [690, 690]);
  const pdf = new TextDecoder("latin1").decode(await draw("raw.pdf", "--kind", "raw"));
  assertMatch(pdf, /^%PDF-1\.\d/);
  assertMatch(pdf, /%%EOF\s*$/);
});

for (
  const [args, says] of [
    [["draw", puzzle, "board.gif"], "ends in png, svg, pdf; found 'board.gif'"],
    [["draw", "123", "board.png"], "found"],
    [["draw", puzzle, "board.png", "--kind", "best"], "clear, raw, plain"],
    [["draw", puzzle, "board.png", "--seed", "x"], "found 'x'"],
    [["read", "/nonexistent.png"], "/nonexistent.png"],
  ] as const
) {
  Deno.test(`deno task sudoku ${args.join(" ")} is refused with one sentence`, async () => {
    const { code, stdout, stderr } = await runProgram(sudoku, args);
    assertEquals([code, stdout], [1, ""]);
    assertStringIncludes(stderr, says);
    assert(!stderr.includes("    at "), stderr);
  });
}
