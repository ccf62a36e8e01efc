/**
 * Puts the comparison of the rows with the base into words. The sentences say which rows differ
 * from the base and which verdicts depend on a wild row.
 */
import {
  type Analysis,
  type Difference,
  type RowComparison,
  type SettledVerdict,
  settledVerdict,
} from "./compare_rows.ts";
import type { GatheredRow } from "./gather.ts";
import { SIMULATED_TABLES, type WildRow } from "./wild_rows.ts";

type LabelledRow = Pick<GatheredRow, "experiment" | "label">;

const openings: readonly (readonly [SettledVerdict, string])[] = [
  ["better", "Better than the base in digit-FID"],
  ["worse", "Worse than the base in digit-FID"],
  ["depends", "Dependent on whether wild rows are pooled with the others"],
  ["indistinguishable", "Indistinguishable from the base"],
];

/**
 * Returns sentences about the rows of a grid. They say which rows are better than the base, worse
 * than it, or indistinguishable from it. They also name the rows whose verdict depends on whether a
 * wild row is pooled with the other rows.
 */
export function conclude(rows: readonly LabelledRow[], comparison: RowComparison): string[] {
  const own = comparison.differences.filter(({ name }) =>
    rows.some(({ experiment }) => experiment === name)
  );
  return openings.flatMap(([verdict, opening]) => {
    const named = own.filter(({ name }) => settledVerdict(comparison, name) === verdict)
      .map((difference) => nameRow(rows, comparison, difference));
    return named.length === 0 ? [] : [`${opening}: ${named.join("; ")}.`];
  });
}

function nameRow(
  rows: readonly LabelledRow[],
  comparison: RowComparison,
  difference: Difference,
): string {
  const { name } = difference;
  const label = labelOf(rows, name);
  if (settledVerdict(comparison, name) !== "depends") {
    return `${label} (${formatRatio(difference)})`;
  }
  const apart = comparison.apart!.differences.find((other) => other.name === name)!;
  const [pooled, without] = [difference, apart].map(({ from, to, verdict }) =>
    `${verdict}, ${formatFactor(from)} to ${formatFactor(to)}`
  );
  return `${label} (×${formatFactor(difference.ratio)}; pooled ${pooled}; apart ${without})`;
}

/** Formats a ratio with its confidence interval, as in "×1.20, 1.05 to 1.37". */
export function formatRatio({ ratio, from, to }: Difference): string {
  return `×${formatFactor(ratio)}, ${formatFactor(from)} to ${formatFactor(to)}`;
}

function formatFactor(value: number): string {
  return value.toFixed(2);
}

/**
 * Returns sentences that say whether the runs of all rows scatter to the same degree, as pooling
 * assumes. If a row is wild, then the sentences also say how much it widens the intervals of the
 * other rows and which verdicts depend on it.
 */
export function describeScatter(
  rows: readonly LabelledRow[],
  comparison: RowComparison,
): string {
  const explanation = explainScatter(rows, comparison);
  if (!comparison.apart) return explanation;
  const which = comparison.differences
    .filter(({ name }) => settledVerdict(comparison, name) === "depends")
    .map(({ name }) => labelOf(rows, name));
  const dependence = which.length === 0
    ? "The two analyses agree on every row."
    : `The two analyses disagree about ${which.join("; ")}.`;
  return `${explanation} ${dependence}`;
}

/**
 * Returns sentences that say whether a row is wild and how a wild row affects the analysis. They do
 * not mention any verdict on a row.
 */
export function explainScatter(
  rows: readonly LabelledRow[],
  comparison: RowComparison,
): string {
  const { wild, apart } = comparison;
  if (!apart) return "Cochran's test finds no row that scatters far more than the others.";
  const [them, each] = wild.length === 1
    ? ["it", "this row has a deviation of its own"]
    : ["them", "each of these rows has a deviation of its own"];
  return [
    ...wild.map((row, i) => describeWild(labelOf(rows, row.name), row, i)),
    describeEffect(comparison, apart),
    `That is why there is a second analysis, in which ${each} and the other rows are pooled ` +
    `without ${them}. A row counts as better or worse only if both analyses say so.`,
  ].join(" ");
}

/** Says what wild rows do to the intervals of the analysis that pools them with the others. */
function describeEffect({ wild, deviation, differences }: RowComparison, apart: Analysis): string {
  const isAlone = wild.length === 1;
  const times = (deviation / apart.deviation).toFixed(1);
  const raised = `${isAlone ? "This row alone" : "These rows alone"} raised the pooled deviation ` +
    `from ${apart.deviation.toFixed(3)} to ${deviation.toFixed(3)}`;
  // Every row but the base has a difference from the base.
  const isBaseWild = !wild.every(({ name }) => differences.some((other) => other.name === name));
  if (!isBaseWild) {
    return `${raised}, so with ${isAlone ? "it" : "them"} the intervals of all other rows are ` +
      `about ${times} times as wide as their own seeds suggest.`;
  }
  return isAlone
    ? `${raised}. It is the base, and every row is compared with it, so all intervals from the ` +
      `pooled deviation are narrower than its seeds suggest.`
    : `${raised}. One of them is the base, and every row is compared with it, so the pooled ` +
      `deviation suits none of the intervals.`;
}

/** Joins words into a list such as "1, 2 and 3". */
const enumeration = new Intl.ListFormat("en-GB");

/** @param found number of wild rows that were found before this one, and left out of its test */
function describeWild(label: string, { distances, share, chance }: WildRow, found: number): string {
  const tables = SIMULATED_TABLES.toLocaleString("en");
  const count = Math.round(chance * SIMULATED_TABLES).toLocaleString("en");
  const ends = enumeration.format(distances.map((distance) => distance.toFixed(1)));
  const [which, sum] = found === 0
    ? ["One row", "the sum of squared deviations"]
    : ["Another row", "what is left of this sum without the rows already named"];
  return `${which} is wild: the runs of ${label} ended at a digit-FID of ${ends}, and they alone ` +
    `account for ${(100 * share).toFixed(0)} % of ${sum}. ${count === "0" ? "None" : count} of ` +
    `${tables} simulated tables in which all rows scatter alike had a row with a share that ` +
    `large (Cochran's test).`;
}

function labelOf(rows: readonly LabelledRow[], name: string): string {
  return rows.find(({ experiment }) => experiment === name)?.label ?? name;
}
