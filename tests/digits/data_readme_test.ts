/** Tests that the figures given for the digits in data/README.md agree with the data files. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { CHECK_FILE, digitsFolder, readDigitIndex } from "../../lib/digits/digit_files.ts";
import { picturesOf } from "../../lib/digits/digit_index.ts";

const text = (await Deno.readTextFile(new URL("../../data/README.md", import.meta.url)))
  .replaceAll(/\s+/g, " ");
const index = await readDigitIndex();
const check = JSON.parse(await Deno.readTextFile(`${digitsFolder()}/${CHECK_FILE}`));

Deno.test("data/README.md has the numbers of digits that were made, shown and chosen", () => {
  const count = (number: number) => number.toLocaleString("en-US");
  assertStringIncludes(text, `the best of some ${count(check.generated)} generated images`);
  assertStringIncludes(text, `of ${count(check.shown)} digits that the classifier is sure of`);
  const [clear, raw] = (["clear", "raw"] as const).map((kind) => {
    const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) =>
      picturesOf(index, kind, digit).length
    );
    assertEquals(new Set(counts).size, 1, `as many ${kind} pictures of each digit`);
    return counts[0];
  });
  assertStringIncludes(
    text,
    `${clear} \`clear\` pictures of each digit from 1 to 9, then ${raw} \`raw\` ones`,
  );
});
