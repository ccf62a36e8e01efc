/** Handles Ctrl-C: stops at a point where the work can be resumed. */

/** Ctrl-C, or another request to stop. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** Exit codes of a program ended by a signal: 128 plus the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * `deno task` forwards a Ctrl-C that the terminal has already sent, so two within this time count
 * as one.
 */
const ONE_PRESS_MS = 500;

/**
 * Returns a signal that fires at the first Ctrl-C or SIGTERM. A second one ends the process at
 * once.
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
