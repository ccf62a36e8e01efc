/** Ctrl-C, heard: what was begun is brought to an end that can be gone on from. */

/** Ctrl-C, or another request to end. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** What a program that a signal has ended returns: 128 and the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** `deno task` passes on a Ctrl-C that the terminal has sent already: two in this time are one. */
const ONE_PRESS_MS = 500;

/** A signal that fires at the first Ctrl-C or SIGTERM; a second one ends the process at once. */
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
          "Interrupted before the first step; the same command starts again.",
        ),
      );
    });
  }
  return controller.signal;
}
