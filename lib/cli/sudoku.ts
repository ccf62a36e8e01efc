/**
 * `deno task sudoku`: runs the Sudoku commands. Puzzles are given as arguments, or as lines of
 * standard input.
 */
import { type Command, Option } from "commander";
import {
  canonicalForm,
  daily,
  generate,
  GenerateError,
  GridError,
  type Level,
  levels,
  type Size,
  sizes,
  symmetries,
  type Symmetry,
} from "../sudoku/mod.ts";
import { integerOption } from "./integer_option.ts";
import { reportError } from "./report_error.ts";
import {
  answerExplain,
  answerPuzzle,
  answerRate,
  answerSolve,
  type PuzzleAnswer,
  readPuzzle,
} from "./sudoku_answers.ts";
import { answerLines } from "./sudoku_lines.ts";
import { addPageCommands } from "./sudoku_page.ts";
import { addPictureCommands } from "./sudoku_pictures.ts";
import { taskCommand } from "./task_command.ts";

interface JsonOption {
  readonly json: boolean;
}

interface GenerateCommand extends JsonOption {
  readonly level: Level;
  readonly seed: string;
  readonly count: number;
  readonly size: Size;
  readonly minimal: boolean;
  readonly symmetry: Symmetry;
  readonly distinct: boolean;
}

interface DailyCommand extends JsonOption {
  readonly level: Level;
  readonly date: string;
}

const MOST_PUZZLES = 1_000_000;

async function main(args: readonly string[]): Promise<void> {
  const program = taskCommand("sudoku")
    .description(
      "Solves, rates, explains and makes Sudoku puzzles, and opens a page to play them.",
    );
  addReader(program, "solve", "prints the solution, 'none' or 'multiple'")
    .action((texts: string[], { json }: JsonOption) => answerAll(texts, answerSolve(json), json));
  addReader(program, "rate", "prints rating, level and hardest technique")
    .action((texts: string[], { json }: JsonOption) => answerAll(texts, answerRate(json), json));
  addReader(program, "explain", "prints the steps of a solution in sentences")
    .option("--next", "only the next step, taking notes in the text into account", false)
    .action((texts: string[], { json, next }: JsonOption & { next: boolean }) =>
      answerAll(texts, answerExplain(json, next), json)
    );
  addGenerate(program);
  addDaily(program);
  addPageCommands(program);
  addPictureCommands(program);
  await program.parseAsync([...args], { from: "user" });
}

function addReader(program: Command, name: string, does: string): Command {
  return program.command(name)
    .description(
      `${does}, for each puzzle: 81, 36 or 16 characters; arguments may also have any other supported form`,
    )
    .argument("[puzzles...]", "puzzles (default: lines of standard input)")
    .addOption(jsonOption());
}

function addGenerate(program: Command): void {
  program.command("generate")
    .description("makes puzzles with one solution that need techniques of their level")
    .addOption(levelOption())
    .option("--seed <text>", "seed of the puzzles; the same seed gives the same puzzles", "1")
    .addOption(integerOption("--count <number>", "number of puzzles", 1, MOST_PUZZLES))
    .addOption(
      new Option("--size <rows>", "rows of the board")
        .choices(sizes.map(String)).default("9"),
    )
    .option("--minimal", "make puzzles from which no clue can be removed", false)
    .addOption(
      new Option("--symmetry <name>", "symmetry of the clues")
        .choices(symmetries).default("none"),
    )
    .option("--distinct", "make puzzles that are not symmetric copies of each other", false)
    .addOption(jsonOption())
    .action((options: GenerateCommand) => printGenerated(options));
}

function addDaily(program: Command): void {
  program.command("daily")
    .description("prints the puzzle of the day, the same for everyone")
    .addOption(levelOption())
    .option(
      "--date <date>",
      "the day",
      new Date().toISOString().slice(0, "2026-11-23".length),
    )
    .addOption(jsonOption())
    .action(({ level, date, json }: DailyCommand) => {
      const puzzle = daily({ date, level });
      const { version } = puzzle;
      console.log(answerPuzzle(puzzle, json, { date, version }));
    });
}

/**
 * Prints an answer for each argument. If there are no arguments, prints an answer for each line of
 * standard input. An invalid grid is reported, and the remaining grids are still processed.
 */
async function answerAll(
  texts: readonly string[],
  answer: PuzzleAnswer,
  json: boolean,
): Promise<void> {
  const answerText = (text: string, where: string) => {
    try {
      return answer(readPuzzle(text));
    } catch (error) {
      if (!(error instanceof GridError)) throw error;
      console.error(`${where}: ${error.message}`);
      Deno.exitCode = 1;
      return json ? JSON.stringify({ error: error.message }) : "invalid";
    }
  };
  if (texts.length > 0) {
    for (const [index, text] of texts.entries()) {
      console.log(answerText(text, `Puzzle ${index + 1}`));
    }
    return;
  }
  await answerLines(
    Deno.stdin.readable,
    Deno.stdout,
    (line, number) => answerText(line, `Line ${number}`),
  );
}

function printGenerated(
  { seed, count, size, distinct, json, ...kind }: GenerateCommand,
): void {
  const forms = new Set<string>();
  for (let index = 0, made = 0; made < count; index++) {
    if (index > count + MOST_PUZZLES) {
      throw new GenerateError(
        `Making puzzles: wanted ${count} distinct ones, found ${made}.`,
      );
    }
    const numbered = `${seed} ${index}`;
    const puzzle = generate({
      ...kind,
      size: Number(size) as Size,
      seed: numbered,
    });
    if (distinct) {
      const form = canonicalForm(puzzle.grid);
      if (forms.has(form)) continue;
      forms.add(form);
    }
    made++;
    console.log(answerPuzzle(puzzle, json, { seed: numbered }));
  }
}

function levelOption(): Option {
  return new Option("--level <name>", "difficulty of the puzzle")
    .choices(levels.map(({ name }) => name)).default("easy");
}

function jsonOption(): Option {
  return new Option("--json", "print one JSON object per line").default(false);
}

function report(error: unknown): void {
  // The program that reads the output, such as `head`, has closed the pipe.
  if (error instanceof Deno.errors.BrokenPipe) return;
  reportError(error);
}

if (import.meta.main) await main(Deno.args).catch(report);
