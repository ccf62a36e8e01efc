/**
 * Starts the worker that does the page's tasks. The worker is bundled as one classic script,
 * because a page that was opened from disk starts it from a Blob.
 */
import { serve } from "./tasks/serve.ts";
import type { TaskMessage } from "./tasks/task.ts";

const port = globalThis as unknown as {
  addEventListener(type: "message", listener: (event: { data: TaskMessage }) => void): void;
  postMessage(message: unknown): void;
};

port.addEventListener("message", ({ data }) => {
  serve(data, (reply) => port.postMessage(reply), () => performance.now());
});
