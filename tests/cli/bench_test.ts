import { assertEquals, assertGreater } from "@std/assert";
import { program, runProgram } from "../support/program.ts";
import { withReferences } from "../support/references.ts";

Deno.test("the benchmark times every contender, and writes data and a chart", async () => {
  const report = await bench(["gan"]);
  assertEquals(report.timings.map(({ name }) => name), [
    "sudogan",
    "sudogan, exact",
    "tfjs-node, eager",
    "matrix products alone",
  ]);
  for (const { median } of report.timings) assertGreater(median, 0);
});

Deno.test({
  name: "Python's frameworks take the same steps beside them",
  ignore: !withReferences,
  fn: async () => {
    const lastTwo = {
      gan: ["Keras", "JAX"],
      classifier: ["PyTorch", "Keras"],
      evaluation: ["pytorch-fid", "pytorch-fid"],
    };
    for (const [suite, wanted] of Object.entries(lastTwo)) {
      const report = await bench([suite, "--peers"]);
      assertEquals(
        report.timings.map(({ name }) => name.split(/[ ,]/)[0]).slice(-2),
        wanted,
      );
      for (const { median } of report.timings) assertGreater(median, 0);
    }
  },
});

interface Report {
  readonly timings: readonly {
    readonly name: string;
    readonly median: number;
  }[];
}

async function bench(args: readonly string[]): Promise<Report> {
  const folder = await Deno.makeTempDir();
  try {
    const { code, stdout, stderr } = await runProgram(program("bench"), [
      ...args,
      ...["--rounds", "1", "--steps", "1", "--json", "--out", folder],
    ]);
    assertEquals(code, 0, stderr);
    const saved = JSON.parse(
      await Deno.readTextFile(`${folder}/bench-${args[0]}.json`),
    );
    assertEquals(saved, JSON.parse(stdout));
    assertGreater(
      (await Deno.stat(`${folder}/bench-${args[0]}.png`)).size,
      1000,
    );
    return saved;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
