/** What each notebook begins with: an engine, and how much is to be computed. */
import { fileURLToPath } from "node:url";
import {
  type Engine,
  type EngineName,
  type EngineOptions,
  startEngine,
} from "../../engine/backend.ts";
import type { ProvisionReport } from "../../system/provision_report.ts";
import { type Broadcast, kernelBroadcast, settleOutput } from "./broadcast.ts";
import { markdown, varying } from "./exhibits.ts";
import { type NotebookProgress, progress } from "./live.ts";

export interface OpenedNotebook {
  readonly engine: Engine;
  /**
   * Whether the outputs that come with the notebook are to be made again; else small step counts
   * do.
   */
  readonly full: boolean;
  /** Where training keeps its runs. */
  readonly runsFolder: string;
}

export interface OpenNotebookOptions extends EngineOptions {
  /** The mode where NOTEBOOK_MODE names none; default: fast. */
  readonly usualMode?: "fast" | "full";
}

/** What an engine costs, in words for the reader. */
const costs: Readonly<Record<EngineName, string>> = {
  native: "",
  wasm:
    " It is about ten times slower than native TensorFlow: 0.3 s a training step instead of 0.03 s.",
  cpu:
    " It is about a hundred times slower than native TensorFlow: 3 s a training step instead of 0.03 s.",
};

/**
 * Starts the engine, and shows which one it is and why. Where native TensorFlow is missing it is
 * put in place first, with its progress on the page; where that cannot be done, the next engine
 * computes.
 *
 * NOTEBOOK_MODE says how much is computed: `fast` (the default, where the notebook has no other) or
 * `full`. NOTEBOOK_RUNS names the folder of runs.
 *
 * @throws {Error} when NOTEBOOK_MODE is something else
 */
export async function openNotebook(
  { usualMode = "fast", ...options }: OpenNotebookOptions = {},
  broadcast: Broadcast = kernelBroadcast(),
): Promise<OpenedNotebook> {
  const mode = Deno.env.get("NOTEBOOK_MODE") || usualMode;
  if (mode !== "fast" && mode !== "full") {
    throw new Error(
      `Opening the notebook: NOTEBOOK_MODE is fast or full; found '${mode}'.`,
    );
  }
  const display = showProvision(broadcast);
  const engine = await startEngine({ onReport: display.show, ...options })
    .finally(display.end);
  const how = mode === "fast"
    ? "small step counts, so some numbers differ from those in the text; with NOTEBOOK_MODE=full in the environment they don’t"
    : "the step counts of the outputs that came with the notebook";
  const cost = costs[engine.name];
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

/** A bar for each part of the setting up whose size is known, a line for each other one. */
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
