/** Answers the page's messages in the worker. */
import { GameError } from "../game_error.ts";
import { doTask } from "./do_task.ts";
import type { TaskMessage, TaskReply } from "./task.ts";

/** The minimum time between two progress messages. More messages would not help the player. */
const PROGRESS_MILLISECONDS = 50;

/**
 * Replies with progress, and then with the answer, a refusal or a failure.
 *
 * @param reply posts a message to the page
 * @param clock returns milliseconds since an arbitrary origin
 */
export function serve(
  message: TaskMessage,
  reply: (reply: TaskReply) => void,
  clock: () => number,
): void {
  const { id, kind, ask } = message;
  let last = -Infinity;
  const onProgress = (done: number, of: number | null) => {
    if (clock() - last < PROGRESS_MILLISECONDS) return;
    last = clock();
    reply({ id, kind: "progress", done, of });
  };
  try {
    reply({ id, kind: "answer", answer: doTask(kind, ask, onProgress) });
  } catch (error) {
    if (error instanceof GameError) {
      reply({ id, kind: "refused", code: error.code, message: error.message });
    } else {
      reply({ id, kind: "failed", message: error instanceof Error ? error.message : `${error}` });
    }
  }
}
