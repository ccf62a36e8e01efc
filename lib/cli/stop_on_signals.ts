/** Handles Ctrl-C: stops the work where it can be resumed. */

/** The user requested a stop. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** Exit codes after a signal: 128 plus its number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Two signals within this time count as one: `deno task` forwards Ctrl-C a second time. */
const ONE_PRESS_MS = 500;

/**
 * Returns a signal that fires at Ctrl-C or SIGTERM. A second Ctrl-C or SIGTERM ends the process.
 */
export function stopOnSignals(): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const names = Deno.build.os === "windows" ? ["SIGINT"] as const : ["SIGINT", "SIGTERM"] as const;
  for (const name of names) {
    Deno.addSignalListener(name, () => {
      if (controller.signal.aborted) {
        if (performance.now() - first > ONE_PRESS_MS) {
          Deno.exit(exitCodes[name]);
        }
        return;
      }
      first = performance.now();
      Deno.exitCode = exitCodes[name];
      controller.abort(
        new InterruptedError(
          "Interrupted before the first step. Run the same command to start again.",
        ),
      );
    });
  }
  return controller.signal;
}
