/**
 * `deno task sudoku draw` turns a board into a picture, and `deno task sudoku read` turns a picture
 * into a board.
 */
import { extname } from "node:path";
import { type Command, Option } from "commander";
import { type BoardFormat, boardFormats, writeDrawing } from "../digits/board/board_files.ts";
import { layOutBoard } from "../digits/board/drawing.ts";
import { type FaceKind, faceKinds, openFaces } from "../digits/board/face.ts";
import { type DigitTheme, digitThemes } from "../digits/digit_index.ts";
import { readDigitIndex, readDigitInks } from "../digits/digit_files.ts";
import { readBoard } from "../digits/reading/read_board.ts";
import { startEngine } from "../engine/backend.ts";
import { loadClassifier } from "../models/classifier_weights.ts";
import { cellName, findConflict, formatLine } from "../sudoku/mod.ts";
import { writeAtomically } from "../system/atomic_write.ts";
import { OptionsError } from "../system/parse_options.ts";
import { integerOption } from "./integer_option.ts";
import { readPuzzle } from "./sudoku_answers.ts";

interface DrawCommand {
  readonly kind: FaceKind;
  readonly theme: DigitTheme;
  readonly seed: number;
}

interface ReadCommand {
  readonly json: boolean;
}

/** Adds the commands `draw` and `read`. */
export function addPictureCommands(program: Command): void {
  program.command("draw")
    .description("draws a board with generated digits, for screens or for print")
    .argument("<puzzle>", "81, 36 or 16 characters, or any other supported form")
    .argument(
      "<file>",
      `the picture, ending in ${boardFormats.map((name) => `.${name}`).join(", ")}`,
    )
    .addOption(
      new Option("--kind <name>", "kind of digits: clear or raw pictures, or plain type").choices(
        faceKinds,
      )
        .default("clear"),
    )
    .addOption(new Option("--theme <name>", "colours").choices(digitThemes).default("light"))
    .addOption(integerOption("--seed <number>", "seed of the pictures", 1, 0x7fffffff))
    .action((puzzle: string, file: string, options: DrawCommand) => draw(puzzle, file, options));
  program.command("read")
    .description("reads a board from its picture, or from a photograph of a print")
    .argument("<file>", "a PNG, JPEG or WebP")
    .addOption(new Option("--json", "print one JSON object").default(false))
    .action((file: string, options: ReadCommand) => read(file, options));
}

async function draw(text: string, file: string, options: DrawCommand): Promise<void> {
  const format = formatOf(file);
  const { grid } = readPuzzle(text);
  const index = await readDigitIndex();
  const faceOf = await openFaces({ index, inks: await readDigitInks(index) }, options);
  const drawing = layOutBoard(grid, { theme: options.theme, faceOf });
  await writeAtomically(file, await writeDrawing(drawing, format));
  console.log(`${drawing.title}: ${file}`);
}

/** Reads a board from a picture and prints the grid. Prints a warning if the grid breaks a rule. */
async function read(file: string, { json }: ReadCommand): Promise<void> {
  const bytes = await Deno.readFile(file);
  await startEngine({ engine: "wasm" });
  const { grid, probabilities } = await readBoard(await loadClassifier(), bytes);
  const puzzle = formatLine(grid);
  console.log(json ? JSON.stringify({ puzzle, probabilities }) : puzzle);
  const conflict = findConflict(grid);
  if (!conflict) return;
  const [first, second] = conflict.cells.map((cell) => cellName(grid.shape, cell));
  console.error(
    `${file}: ${conflict.digit} occurs in ${first} and ${second}, which breaks a rule.`,
  );
}

function formatOf(file: string): BoardFormat {
  const ending = extname(file).slice(1).toLowerCase();
  const format = boardFormats.find((name) => name === ending);
  if (format) return format;
  throw new OptionsError(
    `Drawing a board: wanted a file that ends in ${boardFormats.join(", ")}; found '${file}'.`,
  );
}
