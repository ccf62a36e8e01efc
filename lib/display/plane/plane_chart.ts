/**
 * Draws charts of a GAN that generates points in the plane. The discriminator's answers are drawn
 * as a map, with arrows and points on top.
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
  /** The limit of both axes. The picture shows x and y from −extent to extent; default 3. */
  readonly extent?: number;
  /**
   * The side of each picture in pixels; default 240. To avoid seams, use a multiple of the number
   * of map cells per row.
   */
  readonly side?: number;
  /** The number of pictures per row. By default, all pictures are in one row. */
  readonly columns?: number;
}

/** Charts scenes side by side, with one picture per scene. */
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

/** A scene at one step of the training. */
export interface PlaneMoment extends PlaneScene {
  readonly step: number;
}

export interface PlaneSliderOptions extends PlaneChartOptions {
  /**
   * The index of the moment that the chart shows at first and in still images. The default is the
   * last moment.
   */
  readonly first?: number;
}

/**
 * Charts a training run, with a slider that selects a moment. The scenes of all moments must have
 * the same parts, and the training steps of the moments must be evenly spaced. Whichever moment is
 * selected, the chart shows the real points of the first moment.
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
