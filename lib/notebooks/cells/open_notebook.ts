/** Prepares a notebook: starts an engine, and determines how much to compute. */
import { fileURLToPath } from "node:url";
import { type Engine, type EngineOptions, startEngine } from "../../engine/backend.ts";
import { slownessOf } from "../../engine/step_seconds.ts";
import type { ProvisionReport } from "../../system/provision_report.ts";
import { type Broadcast, kernelBroadcast, settleOutput } from "./broadcast.ts";
import { markdown, varying } from "./exhibits.ts";
import { type NotebookProgress, progress } from "./live.ts";

export interface OpenedNotebook {
  readonly engine: Engine;
  /**
   * Whether to take as many training steps as were taken for the outputs stored in the notebook. If
   * false, a few steps are enough.
   */
  readonly full: boolean;
  /** Folder of the training runs. */
  readonly runsFolder: string;
}

export interface OpenNotebookOptions extends EngineOptions {
  /** The mode to use if NOTEBOOK_MODE is not set; default: fast. */
  readonly usualMode?: "fast" | "full";
}

/**
 * Starts the engine, and shows its name and why it was chosen. If native TensorFlow is missing, it
 * is installed first, and the page shows the progress. If the installation fails, the next best
 * engine is used.
 *
 * NOTEBOOK_MODE determines how much to compute: `fast` (the default, unless the notebook sets a
 * different one) or `full`. NOTEBOOK_RUNS sets the folder of the training runs.
 *
 * @throws {Error} when NOTEBOOK_MODE has any other value
 */
export async function openNotebook(
  { usualMode = "fast", ...options }: OpenNotebookOptions = {},
  broadcast: Broadcast = kernelBroadcast(),
): Promise<OpenedNotebook> {
  const mode = Deno.env.get("NOTEBOOK_MODE") || usualMode;
  if (mode !== "fast" && mode !== "full") {
    throw new Error(
      `Opening the notebook: wanted NOTEBOOK_MODE to be fast or full, found '${mode}'.`,
    );
  }
  const display = showProvision(broadcast);
  const engine = await startEngine({ onReport: display.show, ...options })
    .finally(display.end);
  const how = mode === "fast"
    ? "small step counts, so some numbers differ from those in the text; with NOTEBOOK_MODE=full in the environment they don’t"
    : "the step counts of the outputs that came with the notebook";
  const cost = engine.name === "native" ? "" : ` It is ${slownessOf(engine.name)}.`;
  const { data, metadata } = varying(
    markdown`Engine: **${engine.name}** (${engine.reason}).${cost} Mode: **${mode}** (${how}).`,
  );
  await broadcast("display_data", { data, metadata, transient: {} });
  await settleOutput();
  return {
    engine,
    full: mode === "full",
    runsFolder: Deno.env.get("NOTEBOOK_RUNS") ||
      fileURLToPath(new URL("../../../data/runs/gan", import.meta.url)),
  };
}

/**
 * Shows the progress of the installation: a bar for each part whose size is known, and a line for
 * every other part.
 */
function showProvision(broadcast: Broadcast): {
  show(report: ProvisionReport): void;
  end(): Promise<void>;
} {
  let title = "";
  let bar: NotebookProgress | undefined;
  let shown: Promise<void> = Promise.resolve();
  const endBar = () => {
    const ended = bar;
    bar = undefined;
    if (ended) shown = shown.then(() => ended.end());
  };
  return {
    show({ message, doneBytes = 0, totalBytes }) {
      if (message !== title) {
        endBar();
        title = message;
        if (totalBytes === undefined) {
          const line = { name: "stdout", text: `${message}\n` };
          shown = shown.then(() => broadcast("stream", line));
        } else {
          bar = progress({ title, total: totalBytes, unit: "MB" }, broadcast);
        }
      }
      bar?.update(doneBytes);
    },
    async end() {
      endBar();
      await shown;
    },
  };
}
