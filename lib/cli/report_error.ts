/** The end of a command that failed: a message for what the user can mend, a stack for what is our fault. */
import { DatasetError } from "../dataset/dataset_error.ts";
import { EngineError } from "../engine/backend.ts";
import { EvaluationError } from "../evaluation/evaluation_error.ts";
import { WeightFileError } from "../evaluation/weight_files/weight_file_error.ts";
import { ModelError } from "../models/save_model.ts";
import { WeightsError } from "../models/weights.ts";
import { PythonError } from "../python.ts";
import { RunError } from "../runs/run_folder.ts";
import { NonFiniteWeightsError } from "../training/checkpoint.ts";
import { OptionsError } from "../training/options.ts";
import { DivergedError } from "../training/train_gan.ts";

const known = [
  DatasetError,
  DivergedError,
  EngineError,
  EvaluationError,
  ModelError,
  NonFiniteWeightsError,
  OptionsError,
  PythonError,
  RunError,
  WeightFileError,
  WeightsError,
];

/** Prints an error and makes 1 the process's exit code. */
export function reportError(error: unknown): void {
  const expected = known.some((kind) => error instanceof kind);
  console.error(expected ? `Error: ${(error as Error).message}` : error);
  Deno.exitCode = 1;
}
