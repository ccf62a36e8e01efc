/** Parses the command line of `deno task evaluate`. */
import { Argument, Option } from "commander";
import { type EngineChoice, engineChoices } from "../engine/engine.ts";
import { ACCURACY_CLASSIFIERS } from "../evaluation/judge/accuracy_score_name.ts";
import type { ExtractorName } from "../evaluation/extractors/extractor.ts";
import type { GeneratorKind } from "../models/generator.ts";
import { positive } from "./positive.ts";
import { taskCommand } from "./task_command.ts";

export interface EvaluateCommand {
  readonly target: string;
  /** The set of images to compare with: `train`, `test` or a path. */
  readonly against: string;
  readonly extractor: ExtractorName;
  readonly weights?: string;
  readonly samples: number;
  readonly seed: number;
  readonly kind: GeneratorKind;
  /** Whether the paths lead to files of features rather than to images. */
  readonly features?: boolean;
  /** Number of classifiers for the accuracy score; undefined if the score is not wanted. */
  readonly accuracyScore?: number;
  readonly json?: boolean;
  readonly out?: string;
  readonly engine: EngineChoice;
}

const extractors: readonly ExtractorName[] = [
  "digit",
  "lenet",
  "keras-inception",
  "fid-inception",
];

/** Parses the command line. If the command line is invalid, then Commander ends the process. */
export function parseEvaluateCommand(args: readonly string[]): EvaluateCommand {
  const program = taskCommand("evaluate")
    .description(
      "Judges a run, a saved generator or images against real images. With two paths it does what `python -m " +
        "pytorch_fid A B` does.",
    )
    .addArgument(
      new Argument(
        "<target>",
        "folder of a run or of a generator, folder of PNG or JPEG files, .npy file of uint8 images, IDX file",
      ),
    )
    .addArgument(new Argument("[other]", "what to compare it with"))
    .option("--against <set>", "train, test or a path (default: test)")
    .addOption(
      new Option(
        "--extractor <name>",
        "where features come from (default: digit, or fid-inception with two paths)",
      ).choices(extractors),
    )
    .option(
      "--weights <file>",
      "weights of the extractor: required for lenet, replaces the download for an Inception network",
    )
    .option("--samples <number>", "number of images to generate or read", positive, 10_000)
    .option("--seed <number>", "seed of the generated images and of subsets", positive, 1)
    .addOption(
      new Option("--kind <name>", "the run's generator to use").choices([
        "average",
        "generator",
      ]).default("average"),
    )
    .option(
      "--features",
      "the paths are files of features (.npy, .npz), or of mu and sigma in pytorch-fid's format",
    )
    .addOption(
      new Option(
        "--accuracy-score [classifiers]",
        "also train this many classifiers on the images, labelled by the project's own classifier, and test them on " +
          "real images (about 16 s each, twice that the first time)",
      ).argParser(positive).preset(String(ACCURACY_CLASSIFIERS)),
    )
    .option("--json", "print JSON")
    .option(
      "--out <folder>",
      "folder for scores.json and pictures (default: the run's folder)",
    )
    .addOption(
      new Option("--engine <name>", "the engine to use").choices(engineChoices)
        .default("auto"),
    );
  program.parse([...args], { from: "user" });
  const [target, other] = program.processedArgs as [string, string?];
  const options = program.opts<
    Omit<EvaluateCommand, "target" | "against" | "extractor"> & {
      against?: string;
      extractor?: ExtractorName;
    }
  >();
  if (other !== undefined && options.against !== undefined) {
    program.error("error: give either a second path or --against, not both");
  }
  const extractor = options.extractor ??
    (other === undefined ? "digit" : "fid-inception");
  if (extractor === "lenet" && !options.weights && !options.features) {
    program.error(
      "error: --extractor lenet needs --weights FILE, the published lenet.pth (models/lenet.pth of github.com/abdulfatir/gan-metrics-pytorch), which this project does not include",
    );
  }
  return {
    ...options,
    target,
    against: other ?? options.against ?? "test",
    extractor,
  };
}
