/**
 * Functions for notebooks, in JupyterLab, VS Code and `deno task notebooks`.
 *
 * A cell ends with `await show(…)`. Other output, such as from console.log, may get lost or appear
 * under a different cell.
 */
import { type Broadcast, type Exhibit, kernelBroadcast, settleOutput } from "./broadcast.ts";

export {
  boardChart,
  type BoardChartOptions,
  type CellLook,
  type ChartedBoard,
} from "./board_chart.ts";
export type { Broadcast, Exhibit } from "./broadcast.ts";
export {
  type AnswersAt,
  calibrationChart,
  type CalibrationChartOptions,
} from "./calibration_chart.ts";
export { type CheckedAnswer, type ConfidenceBand, countMistakes } from "./confidence_bands.ts";
export {
  type ChartedPuzzle,
  clueChart,
  type DifficultyChartOptions,
  pathChart,
  type SolvingPath,
} from "./difficulty_charts.ts";
export { digChart, type DigChartOptions, type DigTurn } from "./dig_chart.ts";
export { animation, chart, type ChartOptions } from "./charts.ts";
export { check, checkInFull, html, markdown, varying } from "./exhibits.ts";
export { animatedPicture, type AnimatedPictureOptions } from "./pictures.ts";
export { ganDiagram, picture, sheet } from "./pictures.ts";
export { escapeHtml } from "../../display/escape_html.ts";
export {
  live,
  type LivePlace,
  type LiveProgressOptions,
  type MakeExhibit,
  type NotebookProgress,
  progress,
} from "./live.ts";
export { type OpenedNotebook, openNotebook } from "./open_notebook.ts";
export { type NamedPicture, sideBySide, type SideBySideOptions } from "./side_by_side.ts";
export {
  table,
  type TableOptions,
  type TableRow,
  type TableSource,
  type TableValue,
} from "./table.ts";

/** A line of text or an exhibit. */
export type Showable = string | number | Exhibit | Promise<Exhibit>;

/** Shows things one below another, and waits until they are sent. */
export async function show(...things: readonly Showable[]): Promise<void> {
  await showBy(kernelBroadcast(), things);
}

/** Shows things with a given broadcast function; see {@linkcode show}. */
export async function showBy(
  broadcast: Broadcast,
  things: readonly Showable[],
): Promise<void> {
  let lines = "";
  // Single lines might appear under different cells.
  const flush = async () => {
    if (lines) await broadcast("stream", { name: "stdout", text: lines });
    lines = "";
  };
  for (const thing of things) {
    if (typeof thing === "string" || typeof thing === "number") {
      lines += `${thing}\n`;
    } else {
      const { data, metadata } = await thing;
      await flush();
      await broadcast("display_data", { data, metadata, transient: {} });
    }
  }
  await flush();
  await settleOutput();
}

/**
 * Returns a signal that fires at the Stop button. Without this call, Stop ends the kernel.
 *
 * A loop that awaits something in each iteration can check the signal and end normally. All
 * variables keep their values.
 */
export function onStop(): AbortSignal {
  const controller = new AbortController();
  Deno.addSignalListener("SIGINT", () => controller.abort());
  return controller.signal;
}
