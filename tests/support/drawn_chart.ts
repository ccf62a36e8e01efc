/** A chart as Vega lays it out: what a reader sees of it, for tests. */
import { parse, View } from "vega";
import { compile } from "vega-lite";
import type { ChartSpec } from "../../lib/display/charts.ts";

/** An item of a mark, with the properties that it is drawn with. */
export type DrawnItem = Readonly<Record<string, unknown>>;

interface SceneNode {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: readonly SceneNode[];
}

/**
 * Lays a chart out and returns the items of one type of mark; axes, legends and titles are left
 * out.
 *
 * @param signals what its sliders are set to
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
