/**
 * Compares the conditions under which cells were trained and judged. Cells belong in one table only
 * if their conditions are the same.
 */
import type { Evaluation } from "../../evaluation/judge/score.ts";
import type { FinishedCell } from "../cells/cell_state.ts";

/** Components whose versions do not affect the results. */
const irrelevant: readonly string[] = ["deno", "v8"];

/** Number of characters of a hash that are compared and shown. */
const SHOWN_HASH = 12;

/** Two cells whose conditions differ. Each text gives both values of a condition. */
export interface Mixture<C> {
  readonly one: C;
  readonly other: C;
  readonly differences: readonly string[];
}

/**
 * Returns two cells that do not belong in one table, or undefined if all cells belong together.
 *
 * A condition is compared only among the cells that record it. For example, cells that were judged
 * without LeNet have no conditions for LeNet, so they belong together with cells that were judged
 * with it.
 */
export function findMixture<C extends FinishedCell>(cells: readonly C[]): Mixture<C> | undefined {
  const known = new Map<string, { readonly text: string; readonly cell: C }>();
  for (const other of cells) {
    const different: { readonly one: C; readonly text: string }[] = [];
    for (const [name, text] of conditionsOf(other)) {
      const before = known.get(name);
      if (!before) known.set(name, { text, cell: other });
      else if (before.text !== text) {
        different.push({ one: before.cell, text: `${before.text} and ${text}` });
      }
    }
    if (different.length === 0) continue;
    const [{ one }] = different;
    const texts = different.filter((each) => each.one === one).map(({ text }) => text);
    return { one, other, differences: [...new Set(texts)] };
  }
  return undefined;
}

type Condition = readonly [name: string, text: string];

function conditionsOf(cell: FinishedCell): Condition[] {
  return [...trainingConditions(cell), ...shownEvaluations(cell).flatMap(judgingConditions)];
}

function trainingConditions({ summary, record }: FinishedCell): Condition[] {
  const { name, versions, threadSettings, oneDnn } = summary.engine;
  const { withinOperations, acrossOperations } = threadSettings;
  return [
    ["engine", `engine ${name}`],
    ...Object.entries(versions).filter(([part]) => !irrelevant.includes(part))
      .map(([part, version]): Condition => [part, `${part} ${version}`]),
    ["threads", `threads ${withinOperations} within operations and ${acrossOperations} across`],
    ["oneDNN", `oneDNN ${oneDnn ? "on" : "off"}`],
    ["training", `training version ${record.versions.training}`],
    ["scores", `scores version ${record.versions.scores}`],
  ];
}

/** Returns the evaluations that tables show, which are the first ones with each extractor. */
function shownEvaluations({ evaluations }: FinishedCell): readonly Evaluation[] {
  const names = evaluations.map(({ extractor }) => extractor.name);
  return evaluations.filter((_, i) => names.indexOf(names[i]) === i);
}

function judgingConditions(evaluation: Evaluation): Condition[] {
  const { extractor: { name, hash }, classifier, images, against, scoring, seed } = evaluation;
  const [own, real] = images.map((count) => count.toLocaleString("en"));
  return [
    [`images of ${name}`, `${own} generated images against ${real} (${against})`],
    [`scoring of ${name}`, `${name} scores version ${scoring}`],
    [`seed of ${name}`, `judging seed ${seed}`],
    ...(hash ? [[`extractor ${name}`, `${name} weights ${shorten(hash)}`] as const] : []),
    ...(classifier
      ? [[`classifier of ${name}`, `classifier weights ${shorten(classifier)}`] as const]
      : []),
  ];
}

function shorten(hash: string): string {
  return hash.slice(0, SHOWN_HASH);
}
