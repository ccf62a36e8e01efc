/** Starts the engine, and shows the progress of downloads and compilation. */
import { type Engine, type EngineOptions, startEngine } from "../engine/backend.ts";
import { showProvision } from "./show_provision.ts";

export async function startVisibly(
  options: Pick<EngineOptions, "engine" | "signal" | "parallelism">,
): Promise<Engine> {
  const display = showProvision();
  try {
    return await startEngine({ ...options, onReport: display.onReport });
  } finally {
    display.stop();
  }
}
