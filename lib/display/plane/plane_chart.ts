/** Charts a GAN in the plane: the discriminator's answers as a map, with points and arrows. */
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
  /** The picture shows −extent to extent in x and y; default 3. */
  readonly extent?: number;
  /** Side of a picture in pixels; default 240. Multiples of the map's cells per row avoid seams. */
  readonly side?: number;
  /** Pictures per row; default: all. */
  readonly columns?: number;
}

/** Charts one picture per scene, side by side. */
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

/** A scene during training. */
export interface PlaneMoment extends PlaneScene {
  readonly step: number;
}

export interface PlaneSliderOptions extends PlaneChartOptions {
  /** Index of the moment shown at first, and in still images; default: the last. */
  readonly first?: number;
}

/**
 * Charts a training run with a slider. Moments must have the same parts and be evenly spaced in
 * steps. The first moment's real points are shown throughout.
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
