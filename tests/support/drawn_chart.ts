/** Lays out charts with Vega, so that tests can check what a reader sees. */
import { parse, View } from "vega";
import { compile } from "vega-lite";
import type { ChartSpec } from "../../lib/display/charts.ts";

/**
 * A single drawn shape, such as a point or a bar, given by the properties with which Vega draws it.
 */
export type DrawnItem = Readonly<Record<string, unknown>>;

interface SceneNode {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: readonly SceneNode[];
}

/**
 * Returns the items of one type of mark. Axes, legends and titles are left out.
 *
 * @param signals values of the chart's sliders, keyed by signal name
 */
export async function drawnItems(
  spec: ChartSpec,
  marktype: string,
  signals: Readonly<Record<string, unknown>> = {},
): Promise<DrawnItem[]> {
  const view = new View(parse(compile(spec).spec), { renderer: "none" });
  try {
    for (const [name, value] of Object.entries(signals)) view.signal(name, value);
    await view.runAsync();
    const { root } = view.scenegraph() as unknown as { readonly root: SceneNode };
    return itemsOf(root, marktype);
  } finally {
    view.finalize();
  }
}

function itemsOf(mark: SceneNode, marktype: string): DrawnItem[] {
  if (/axis|legend|title/.test(mark.role ?? "")) return [];
  if (mark.marktype !== "group") {
    return mark.marktype === marktype ? [...mark.items ?? []] as DrawnItem[] : [];
  }
  const parts = (mark.items ?? []).flatMap((item) => item.items ?? []);
  return parts.flatMap((part) => itemsOf(part, marktype));
}
