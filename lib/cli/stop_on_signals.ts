/** Handles Ctrl-C: stops the work at a point from which it can be resumed. */

/** Thrown when the user requests a stop, for example with Ctrl-C. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** Exit codes of a program ended by a signal: 128 plus the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Two signals within this time count as one, because `deno task` forwards a Ctrl-C that this
 * process has already received from the terminal.
 */
const ONE_PRESS_MS = 500;

/**
 * Returns an abort signal that fires at the first Ctrl-C or SIGTERM. A second Ctrl-C or SIGTERM
 * ends the process at once.
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
