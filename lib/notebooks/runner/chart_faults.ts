/**
 * Finds charts that show nothing, and charts that have zero or negative values on a logarithmic
 * scale. Vega draws such charts without reporting an error, so this file inspects the marks that
 * Vega has laid out.
 */
import { field as accessor, parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { type LogChannels, logChannels } from "./log_channels.ts";

/** A mark of Vega's scenegraph, which is the tree of everything that Vega draws. */
interface SceneMark {
  readonly marktype: string;
  readonly name?: string;
  readonly role?: string;
  readonly items: readonly SceneItem[];
}

interface SceneItem {
  readonly datum?: unknown;
  readonly items?: readonly SceneMark[];
  readonly defined?: boolean;
  readonly text?: unknown;
  readonly fill?: unknown;
  readonly stroke?: unknown;
  readonly [place: string]: unknown;
}

/**
 * Returns the faults in a chart, each described by a sentence.
 *
 * @param spec a Vega-Lite specification with inline data (not a URL)
 *
 * @example A bar that is stacked from zero has no length on a logarithmic scale
 * ```ts
 * import { assertMatch } from "@std/assert";
 * const faults = await chartFaults({
 *   data: { values: [{ x: 1, y: 10 }, { x: 2, y: 100 }] },
 *   mark: "bar",
 *   encoding: {
 *     x: { field: "x", type: "quantitative" },
 *     y: { field: "y", type: "quantitative", scale: { type: "log" } },
 *   },
 * });
 * assertMatch(faults.join(), /no visible mark/);
 * ```
 */
export async function chartFaults(spec: TopLevelSpec): Promise<string[]> {
  const { spec: vegaSpec } = compile(spec);
  const view = new View(parse(vegaSpec), { renderer: "none" });
  try {
    await view.runAsync();
    const { root } = view.scenegraph() as unknown as { root: SceneMark };
    const marks = leavesOf(root);
    return [
      ...invisibleMarks(marks),
      ...logFaults(marks, logChannels(vegaSpec)),
    ];
  } finally {
    view.finalize();
  }
}

/**
 * Returns the marks that show data, grouped by name. Marks with the same name in several facets are
 * in the same group.
 */
function leavesOf(root: SceneMark): Map<string, SceneMark[]> {
  const leaves = new Map<string, SceneMark[]>();
  const visit = (mark: SceneMark) => {
    if (/axis|legend|title|header|footer/.test(mark.role ?? "")) return;
    if (mark.marktype === "group") {
      return mark.items.forEach((item) => item.items?.forEach(visit));
    }
    const name = mark.name ?? mark.marktype;
    leaves.set(name, [...leaves.get(name) ?? [], mark]);
  };
  visit(root);
  return leaves;
}

function invisibleMarks(marks: Map<string, SceneMark[]>): string[] {
  if (marks.size === 0) {
    return ["the chart has no visible mark: no mark at all"];
  }
  return [...marks].flatMap(([name, parts]) =>
    parts.some(isSeen) ? [] : [
      `the chart has no visible mark among its “${name}” (${parts[0].marktype})`,
    ]
  );
}

function isSeen({ marktype, items }: SceneMark): boolean {
  const drawn = items.filter((item) =>
    item.defined !== false && hasInk(item) && areFinite(item, ["x", "y"])
  );
  // A line through only one point has no length, so it is invisible.
  if (marktype === "line" || marktype === "trail") return drawn.length > 1;
  if (marktype === "area") {
    return drawn.length > 1 && drawn.some((item) => hasLength(item));
  }
  return drawn.some((item) => {
    if (marktype === "rect") {
      return areFinite(item, ["width", "height"]) &&
        Number(item.width) > 0 && Number(item.height) > 0;
    }
    if (marktype === "rule") return hasLength(item);
    if (marktype === "symbol") return !(Number(item.size) <= 0);
    if (marktype === "text") return String(item.text ?? "").trim() !== "";
    return true;
  });
}

function hasLength(item: SceneItem): boolean {
  const ends = ["x2", "y2"].filter((end) => item[end] !== undefined);
  const sizes = ["width", "height"].filter((size) => Number(item[size]) > 0);
  return sizes.length > 0 || areFinite(item, ends) &&
      ends.some((end) => item[end] !== (item[end[0]] ?? 0));
}

function hasInk(item: SceneItem): boolean {
  const inks = ["fill", "stroke"].filter((ink) =>
    item[ink] && item[ink] !== "transparent" && item[ink] !== "none" &&
    item[`${ink}Opacity`] !== 0
  );
  return item.opacity !== 0 && inks.length > 0;
}

function areFinite(item: SceneItem, places: readonly string[]): boolean {
  return places.every((place) => Number.isFinite(item[place] ?? 0));
}

function logFaults(
  marks: Map<string, SceneMark[]>,
  { channels, stacked, constants }: LogChannels,
): string[] {
  const faults = constants.map(({ channel, value }) =>
    `${channel} has ${value} on a logarithmic scale`
  );
  for (const { mark, channel, field } of channels) {
    if (stacked.has(field)) {
      faults.push(`${channel} is stacked on a logarithmic scale (${field})`);
      continue;
    }
    const items = (marks.get(mark) ?? []).flatMap(({ items }) => items);
    const values = items.map(({ datum }) => Number(accessor(field)(datum)));
    const wrong = values.find((value) => value <= 0);
    if (wrong !== undefined) {
      faults.push(`${channel} has ${wrong} on a logarithmic scale (${field})`);
    }
  }
  return [...new Set(faults)];
}
