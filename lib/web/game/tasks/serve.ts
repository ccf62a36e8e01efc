/** Answers the page's messages. This code runs in the worker. */
import { GameError } from "../game_error.ts";
import { doTask } from "./do_task.ts";
import type { TaskMessage, TaskReply } from "./task.ts";

/**
 * The minimum time between two progress messages, in milliseconds. More frequent messages would not
 * help the player.
 */
const PROGRESS_MILLISECONDS = 50;

/**
 * Runs the task in a message. Replies with the progress while the task runs, and then with the
 * answer, a refusal or a failure.
 *
 * @param reply function that posts a reply to the page
 * @param clock function that returns the milliseconds since an arbitrary moment
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
