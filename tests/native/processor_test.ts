import { assertEquals, assertNotEquals } from "@std/assert";
import { describeProcessor, parseCpuInfo, usesOneDnn } from "../../lib/native/processor.ts";

Deno.test("parseCpuInfo reads the first processor's name and relevant instructions, in a fixed order", () => {
  const text =
    "processor\t: 0\nmodel\t\t: 143\nmodel name\t: Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz\n" +
    "flags\t\t: fpu fma avx2 avx amx_bf16 avx512f\n\n" +
    "processor\t: 1\nmodel name\t: other\nflags\t\t: fpu\n";
  assertEquals(parseCpuInfo(text), {
    name: "Intel(R) Xeon(R) Platinum 8481C CPU @ 2.70GHz",
    instructionSet: ["avx", "avx2", "fma", "avx512f", "amx_bf16"],
  });
});

Deno.test("ARM's processors list their instructions as features, and have no name", () => {
  assertEquals(
    parseCpuInfo("processor\t: 0\nFeatures\t: fp asimd sve i8mm\n"),
    { name: "", instructionSet: ["asimd", "sve", "i8mm"] },
  );
});

Deno.test("an empty description gives no name and no instructions", () => {
  assertEquals(parseCpuInfo(""), { name: "", instructionSet: [] });
});

Deno.test("this machine's processor has a name", () => {
  assertNotEquals(describeProcessor().name, "");
});

Deno.test("usesOneDnn follows TensorFlow's choice by system, processor and environment", () => {
  const cases: readonly (readonly [
    instructions: string[],
    setting: string | undefined,
    os: typeof Deno.build.os,
    on: boolean,
  ])[] = [
    [["avx512_vnni"], undefined, "linux", true],
    [["avx512_bf16"], undefined, "linux", true],
    [["avx_vnni"], undefined, "linux", true],
    [["amx_tile"], undefined, "linux", true],
    [["avx2", "avx512f"], undefined, "linux", false],
    [["avx512_vnni"], "0", "linux", false],
    [["avx512_vnni"], "False", "linux", false],
    [["avx2"], "1", "linux", true],
    [["avx512_vnni"], "maybe", "linux", true],
    [["avx512_vnni"], undefined, "windows", false],
    [["avx512_vnni"], "true", "windows", true],
    [["avx512_vnni"], "1", "darwin", false],
  ];
  for (const [instructionSet, setting, os, on] of cases) {
    assertEquals(
      usesOneDnn({ name: "", instructionSet }, setting, os),
      on,
      JSON.stringify({ instructionSet, setting, os }),
    );
  }
});
