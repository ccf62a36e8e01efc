/** Writes and reads the files in data/digits/. */
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { writeAtomically } from "../system/atomic_write.ts";
import { describeProblem } from "../system/describe_problem.ts";
import { type DigitIndex, digitKinds, type DigitTheme, digitThemes } from "./digit_index.ts";
import { DigitsError } from "./digits_error.ts";
import type { MadeDigits } from "./make_digits.ts";
import { decodeSheet } from "./sheet.ts";

export const INDEX_FILE = "digits.json";
export const CHECK_FILE = "check.json";

/** Returns the path of the folder data/digits/. */
export function digitsFolder(): string {
  return fileURLToPath(new URL("../../data/digits", import.meta.url));
}

const name = z.string().regex(/^[\w-]+\.webp$/);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

const indexSchema = z.object({
  version: z.literal(1),
  seed: z.int().min(0),
  latentSize: z.int().min(1),
  threshold: z.number().min(0).max(1),
  side: z.int().min(1).max(1024),
  columns: z.int().min(1).max(1024),
  sheets: z.object({ light: name, dark: name }),
  weights: z.object({ generator: hash, classifier: hash, second: hash }),
  pictures: z.array(z.object({
    digit: z.int().min(1).max(9),
    kind: z.enum(digitKinds),
    latent: z.int().min(0),
    probability: z.number().min(0).max(1),
  })).min(1).max(10_000),
});

/** Writes the index, both sheets and the report on the quality of the pictures. */
export async function writeDigits(
  folder: string,
  { index, sheets, check }: MadeDigits,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const theme of digitThemes) {
    await writeAtomically(`${folder}/${index.sheets[theme]}`, sheets[theme]);
  }
  await writeAtomically(`${folder}/${CHECK_FILE}`, JSON.stringify(check, null, 2) + "\n");
  // The index is written last, as a sign that the folder is complete.
  await writeAtomically(`${folder}/${INDEX_FILE}`, formatIndex(index));
}

/** Formats the index as JSON, one line per picture. */
export function formatIndex({ pictures, ...rest }: DigitIndex): string {
  const head = JSON.stringify(rest, null, 2).replace(/\n}$/, "");
  const lines = pictures.map((picture) => `    ${JSON.stringify(picture)}`);
  return `${head},\n  "pictures": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

/**
 * Reads the index from a folder.
 *
 * @throws {DigitsError} if the index is missing or broken
 */
export async function readDigitIndex(folder: string = digitsFolder()): Promise<DigitIndex> {
  return await readDigitFile(`${folder}/${INDEX_FILE}`, indexSchema, {
    wanted: "the index of the sheet of digits",
    command: "deno task digits",
  });
}

/**
 * Reads and checks one of the JSON files in data/digits/.
 *
 * @param about what the file should contain, and the command that restores it; the error message
 * states both
 * @throws {DigitsError} if the file is missing or broken
 */
export async function readDigitFile<T>(
  path: string,
  schema: z.ZodType<T>,
  { wanted, command }: { readonly wanted: string; readonly command: string },
): Promise<T> {
  try {
    return schema.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch (cause) {
    throw new DigitsError(
      `${path}: wanted ${wanted}, found: ${describeProblem(cause)}. To restore it: ${command}`,
      { cause },
    );
  }
}

/** Reads the ink of each picture, `[side * side]`, in the order of the index. */
export async function readDigitInks(
  index: DigitIndex,
  folder: string = digitsFolder(),
  theme: DigitTheme = "light",
): Promise<Uint8Array[]> {
  return await decodeSheet(index, await Deno.readFile(`${folder}/${index.sheets[theme]}`));
}
