/**
 * Prepares a notebook: starts a TensorFlow engine, and determines the notebook's mode (fast or
 * full).
 */
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
   * True in full mode, where the notebook trains for the full number of steps, as it did for the
   * committed outputs. False in fast mode, where the notebook trains for only a few steps.
   */
  readonly full: boolean;
  readonly runsFolder: string;
}

export interface OpenNotebookOptions extends EngineOptions {
  /** The mode to use if the environment variable NOTEBOOK_MODE is not set; default `fast`. */
  readonly usualMode?: "fast" | "full";
}

/**
 * Starts a TensorFlow engine, and shows its name and why it was chosen. If native TensorFlow is
 * needed but missing, it is installed.
 *
 * Two environment variables are read: NOTEBOOK_MODE, which is `fast` or `full`, and NOTEBOOK_RUNS,
 * the folder of the training runs.
 *
 * @throws {Error} if NOTEBOOK_MODE is set to anything but `fast` or `full`
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
 * Shows the progress of an installation. Each part of known size gets a progress bar, and every
 * other part gets a line of text.
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
