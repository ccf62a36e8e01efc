import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { program, runProgram } from "../support/program.ts";

const publish = program("publish");

for (
  const [args, says] of [
    [["--name", "a", "b"], "Resuming run 'a': wanted"],
    [["--name", "a"], "Resuming run 'a': wanted"],
    [["--kind", "classifier", "--name", "a", "b"], "Resuming run 'a': wanted"],
    [["--kind", "discriminator", "--name", "a"], "Allowed choices are"],
    [[], "required option '--name"],
  ] as const
) {
  Deno.test(`deno task publish ${args.join(" ")} is refused and writes nothing`, async () => {
    const [runs, to] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
    const { code, stderr } = await runProgram(publish, [
      ...args,
      ...["--runs", runs, "--to", to],
    ]);
    assertEquals(code, 1);
    assertStringIncludes(stderr, says);
    assert(!stderr.includes("    at "), "a refusal is no place for a stack");
    assertEquals([...Deno.readDirSync(to)], []);
  });
}
