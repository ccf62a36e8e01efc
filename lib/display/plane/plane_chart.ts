/**
 * Charts a GAN in the plane. Each picture maps the discriminator's outputs and shows the real and
 * generated points, with an arrow from each generated point. A chart shows a single moment of
 * training, several moments side by side, or many moments that a slider steps through.
 */
import type { ChartSpec } from "../charts.ts";
import { drawPlane } from "./plane_marks.ts";
import {
  type Kind,
  kinds,
  literalsOf,
  type PlaneScene,
  type SceneTexts,
  sceneTexts,
} from "./plane_scene.ts";

export type { PlaneScene } from "./plane_scene.ts";

export interface PlaneChartOptions {
  readonly title: string;
  readonly subtitle?: string;
  /** The picture shows the range from −extent to extent in x and in y; default 3. */
  readonly extent?: number;
  /**
   * Width and height of a picture in pixels; default 240. To avoid seams between the map's cells,
   * use a multiple of the number of cells in a row.
   */
  readonly side?: number;
  /** Number of pictures in a row; default: all of them. */
  readonly columns?: number;
}

/** Returns a chart that shows the scenes side by side, with one picture for each scene. */
export function planeChart(
  scenes: readonly PlaneScene[],
  { title, subtitle, extent = 3, side = 240, columns = scenes.length }: PlaneChartOptions,
): ChartSpec {
  const pictures = scenes.map((scene) => ({
    ...(scene.title !== undefined && { title: { text: scene.title, fontSize: 12, offset: 4 } }),
    ...drawPlane(scene, literalsOf(scene, extent), { extent, side, shown: kindsIn(scenes) }),
  }));
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    concat: pictures,
    columns,
    spacing: 14,
    resolve: { scale: { color: "shared", fill: "shared" } },
  } as ChartSpec;
}

/** A moment of training that the slider can show. */
export interface PlaneMoment extends PlaneScene {
  readonly step: number;
}

export interface PlaneSliderOptions extends PlaneChartOptions {
  /**
   * Index of the moment that is shown at first, and in a still image of the chart; default: the
   * last.
   */
  readonly first?: number;
}

/**
 * Returns a chart with a slider that steps through moments of a training run. The chart needs no
 * server. All moments must have the same parts, and the number of steps from one moment to the next
 * must always be the same. The real points of the first moment are shown throughout.
 */
export function planeSlider(
  moments: readonly PlaneMoment[],
  options: PlaneSliderOptions,
): ChartSpec {
  const { title, subtitle, extent = 3, side = 400, first = moments.length - 1 } = options;
  const [{ step: min }, second] = moments;
  const every = second.step - min;
  const at = `[(step - ${min}) / ${every}]`;
  const texts = moments.map((moment) => sceneTexts(moment, extent));
  const names = (Object.keys(texts[0]) as (keyof SceneTexts)[]).filter((name) => name !== "real");
  const places = {
    ...literalsOf(moments[0], extent),
    ...Object.fromEntries(names.map((name) => [name, `${name}Texts${at}`])),
  };
  return {
    title: { text: title, ...(subtitle !== undefined && { subtitle }) },
    params: [
      ...names.map((name) => ({ name: `${name}Texts`, value: texts.map((all) => all[name]) })),
      {
        name: "step",
        value: moments[first].step,
        bind: { input: "range", min, max: moments.at(-1)!.step, step: every, name: "step " },
      },
    ],
    ...drawPlane(
      moments[0],
      places,
      { extent, side, shown: kindsIn(moments) },
      "'step ' + step",
    ),
  } as ChartSpec;
}

function kindsIn(scenes: readonly PlaneScene[]): Kind[] {
  return kinds.filter((kind) => scenes.some((scene) => scene[kind]));
}
