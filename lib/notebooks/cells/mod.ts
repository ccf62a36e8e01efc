/**
 * Functions for the cells of a notebook. They work in JupyterLab, in VS Code and when `deno task
 * notebooks` runs a notebook.
 *
 * A cell should end with `await show(…)`. Output by other means, such as console.log, may get lost
 * or appear under a different cell.
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

/** Something that `show` can show: a line of text, a number or an exhibit. */
export type Showable = string | number | Exhibit | Promise<Exhibit>;

/** Shows things on the page, one below the other, and waits until all of them have been sent. */
export async function show(...things: readonly Showable[]): Promise<void> {
  await showBy(kernelBroadcast(), things);
}

/** Works like {@linkcode show}, but sends the things with a given broadcast function. */
export async function showBy(
  broadcast: Broadcast,
  things: readonly Showable[],
): Promise<void> {
  let lines = "";
  // Consecutive lines are sent together. If they were sent one by one, some might appear under a
  // different cell.
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
 * Returns a signal that is aborted when the user presses the Stop button. If this function has not
 * been called, the Stop button ends the kernel.
 *
 * A loop that awaits something in each iteration can check the signal and then end normally. All
 * variables of the notebook keep their values.
 */
export function onStop(): AbortSignal {
  const controller = new AbortController();
  Deno.addSignalListener("SIGINT", () => controller.abort());
  return controller.signal;
}
