/**
 * Lists the rooms of lib/. A room is a folder in lib/, or a file that lies directly in lib/. Tests
 * check the imports and the README's tree of lib/ against this list.
 */

/** A folder in lib/, or a file that lies directly in lib/. */
export interface Room {
  readonly name: string;
  /** Description of what the room contains, for the README. */
  readonly holds: string;
  /** Names of the rooms from which this room may import. */
  readonly imports: readonly string[];
}

/** All rooms. A room may import only from rooms that come before it in this list. */
export const rooms: readonly Room[] = [
  {
    name: "random.ts",
    holds: "named streams of random numbers",
    imports: [],
  },
  {
    name: "images.ts",
    holds: "images as plain typed arrays",
    imports: [],
  },
  {
    name: "system",
    holds:
      "atomic file writes, downloads checked by hash, the cache, commands, Python, user-facing errors",
    imports: [],
  },
  {
    name: "native",
    holds: "direct calls to TensorFlow's native binding: operations, threads, the processor",
    imports: [],
  },
  {
    name: "compile",
    holds: "`compile(step)`: ordinary tfjs code as one TensorFlow graph; also a package",
    imports: ["random.ts", "system", "native"],
  },
  {
    name: "engine",
    holds: "which engine is in use, and how it is set up; random tensors; double precision",
    imports: ["random.ts", "system", "native"],
  },
  {
    name: "dataset",
    holds: "MNIST, IDX, normalization, batches, augmentation",
    imports: ["random.ts", "images.ts", "system"],
  },
  {
    name: "models",
    holds: "generator, discriminator, classifier, latents; sampling, saving and loading",
    imports: ["random.ts", "images.ts", "system", "engine", "dataset"],
  },
  {
    name: "training",
    holds: "`gan/`, `classifier/`: steps, labels, losses, options; checkpoints",
    imports: ["random.ts", "images.ts", "system", "engine", "compile", "dataset", "models"],
  },
  {
    name: "plane",
    holds: "a GAN in the plane, small enough to see, for notebook 0",
    imports: ["random.ts", "system", "engine", "compile", "models", "training"],
  },
  {
    name: "evaluation",
    holds: "metrics, extractors, file readers, and `judge/`, which puts them together",
    imports: [
      "random.ts",
      "images.ts",
      "system",
      "native",
      "engine",
      "compile",
      "dataset",
      "models",
      "training",
    ],
  },
  {
    name: "sudoku",
    holds: "board, solver, techniques, rating, generator, explanations in words; imports nothing",
    imports: [],
  },
  {
    name: "display",
    holds: "charts, sheets, tables, progress: pictures for files and pages",
    imports: ["images.ts"],
  },
  {
    name: "runs",
    holds: "training runs, each recorded in a folder",
    imports: [
      "random.ts",
      "images.ts",
      "system",
      "native",
      "engine",
      "dataset",
      "models",
      "training",
      "evaluation",
      "display",
    ],
  },
  {
    name: "experiments",
    holds: "grids, cells, the search, reports",
    imports: [
      "random.ts",
      "images.ts",
      "system",
      "engine",
      "dataset",
      "models",
      "training",
      "evaluation",
      "display",
      "runs",
    ],
  },
  {
    name: "publishing",
    holds: "turns finished runs into the committed weights",
    imports: [
      "random.ts",
      "images.ts",
      "system",
      "engine",
      "dataset",
      "models",
      "evaluation",
      "display",
      "runs",
    ],
  },
  {
    name: "digits",
    holds: "generated digits for Sudoku: chosen, checked, drawn on boards, read back; handwriting",
    imports: [
      "images.ts",
      "system",
      "engine",
      "dataset",
      "models",
      "evaluation",
      "sudoku",
      "display",
    ],
  },
  {
    name: "notebooks",
    holds: "`cells/`: what notebooks import; `runner/`: a client of the kernel, checks",
    imports: ["images.ts", "system", "engine", "sudoku", "display"],
  },
  {
    name: "web",
    holds:
      "the Sudoku page: `game/`, its logic without any UI; `page/`; its build and its small server",
    imports: ["system", "sudoku", "display", "digits", "notebooks"],
  },
  {
    name: "bench",
    holds: "measurements of speed; Python peers",
    imports: [
      "random.ts",
      "images.ts",
      "system",
      "native",
      "engine",
      "compile",
      "dataset",
      "models",
      "training",
      "evaluation",
      "sudoku",
      "display",
      "runs",
      "web",
    ],
  },
  {
    name: "gate",
    holds: "runs and counts the tests, mutates code, checks the README’s figures and this list",
    imports: [
      "engine",
      "models",
      "training",
      "evaluation",
      "sudoku",
      "display",
      "experiments",
      "bench",
    ],
  },
  {
    name: "cli",
    holds: "the commands: they parse, call and print",
    imports: [
      "system",
      "native",
      "engine",
      "dataset",
      "models",
      "training",
      "evaluation",
      "sudoku",
      "display",
      "runs",
      "experiments",
      "publishing",
      "notebooks",
      "bench",
      "gate",
      "digits",
      "web",
    ],
  },
];

/**
 * Returns the list of rooms for the README. Each line has the name and the description of a room.
 */
export function drawRooms(): string {
  const widest = Math.max(...rooms.map(({ name }) => shownName(name).length));
  return rooms.map(({ name, holds }) => `${shownName(name).padEnd(widest)}  ${holds}`).join("\n");
}

function shownName(name: string): string {
  return name.endsWith(".ts") ? name : `${name}/`;
}
