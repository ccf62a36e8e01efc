/** Prepares a notebook: an engine and a mode. */
import { fileURLToPath } from "node:url";
import { type Engine, type EngineOptions, startEngine } from "../../engine/backend.ts";
import { slownessOf } from "../../engine/step_seconds.ts";
import type { ProvisionReport } from "../../system/provision_report.ts";
import { type Broadcast, kernelBroadcast, settleOutput } from "./broadcast.ts";
import { markdown, varying } from "./exhibits.ts";
import { type NotebookProgress, progress } from "./live.ts";

export interface OpenedNotebook {
  readonly engine: Engine;
  /** Whether to take as many training steps as for the stored outputs, or only a few. */
  readonly full: boolean;
  readonly runsFolder: string;
}

export interface OpenNotebookOptions extends EngineOptions {
  /** The mode if NOTEBOOK_MODE is not set; default `fast`. */
  readonly usualMode?: "fast" | "full";
}

/**
 * Starts the engine and shows its name, with the reason for the choice. Native TensorFlow is
 * installed if necessary.
 *
 * NOTEBOOK_MODE is `fast` or `full`. NOTEBOOK_RUNS is the folder of training runs.
 *
 * @throws {Error} for any other NOTEBOOK_MODE
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

/** Shows the installation: a bar for each part of known size, and a line for every other part. */
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
