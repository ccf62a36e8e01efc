import { assertEquals, assertStringIncludes } from "@std/assert";
import sharp from "sharp";
import { program, runProgram } from "../support/program.ts";

const sample = program("sample");

Deno.test("deno task sample generates the requested number of digits, the same for the same seed", async () => {
  const folder = await Deno.makeTempDir();
  const draw = async (name: string, seed: string) => {
    const args = [
      "--count",
      "12",
      "--columns",
      "4",
      "--seed",
      seed,
      "--out",
      `${folder}/${name}.png`,
    ];
    const { code, stdout } = await runProgram(sample, args);
    assertEquals(code, 0);
    assertStringIncludes(stdout, `12 digits: ${folder}/${name}.png`);
    return await Deno.readFile(`${folder}/${name}.png`);
  };
  const one = await draw("one", "5");
  const { width, height } = await sharp(one).metadata();
  assertEquals([width, height], [4 * 58 + 2, 3 * 58 + 2]);
  assertEquals(await draw("again", "5"), one);
  assertEquals(one.join() === (await draw("other", "6")).join(), false);
});

for (
  const [args, says] of [
    [["--count", "0"], "wanted a whole number from 1 to 10000, found '0'"],
    [["--seed", "x"], "found 'x'"],
    [["--kind", "best"], "average, generator"],
    [
      ["--run", "/nonexistent", "--engine", "cpu"],
      "wanted model.json and its weights in /nonexistent/models/average",
    ],
  ] as const
) {
  Deno.test(`deno task sample refuses ${args.join(" ")}`, async () => {
    const { code, stderr } = await runProgram(sample, args);
    assertEquals(code, 1);
    assertStringIncludes(stderr, says);
  });
}
