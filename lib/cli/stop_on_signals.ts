/** Handles Ctrl-C by stopping the work at a point from which it can be resumed. */

/** Thrown when the user has requested a stop. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** The exit codes of a process that was ended by a signal: 128 plus the signal number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Two signals that are at most this many milliseconds apart count as one. `deno task` forwards
 * Ctrl-C, so it arrives twice.
 */
const ONE_PRESS_MS = 500;

/**
 * Returns an abort signal that fires at the first Ctrl-C or SIGTERM. A second Ctrl-C or SIGTERM
 * ends the process.
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
