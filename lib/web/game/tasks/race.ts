/**
 * Runs the same kind of task in several workers, and takes the first answer. The time it takes to
 * make a puzzle varies widely from seed to seed, so the fastest of several workers is usually
 * quick.
 */
import type { AskOptions, TaskClient } from "./client.ts";
import type { TaskKind, Tasks } from "./task.ts";

/**
 * Returns the first answer, and releases all other tasks. The reported progress is the sum over all
 * tasks.
 *
 * @param asks the questions, one for each client
 * @throws the error of the first client's task if every task fails
 */
export async function askFirst<Kind extends TaskKind>(
  clients: readonly TaskClient[],
  kind: Kind,
  asks: readonly Tasks[Kind]["ask"][],
  { signal, onProgress = () => {} }: AskOptions = {},
): Promise<Tasks[Kind]["answer"]> {
  const race = new AbortController();
  const dones = clients.map(() => 0);
  const running = clients.map((client, index) =>
    client.ask(kind, asks[index], {
      ...(signal ? { signal } : {}),
      release: race.signal,
      onProgress(done, of) {
        dones[index] = done;
        const all = dones.reduce((sum, each) => sum + each);
        onProgress(all, of === null || all >= of ? null : of);
      },
    })
  );
  try {
    return await Promise.any(running);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    race.abort();
  }
}
