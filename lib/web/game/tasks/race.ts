/**
 * Runs the same kind of task in several workers, of which the first answer counts. The time to make
 * a puzzle of a level differs much from seed to seed, so the fastest of three is usually quick.
 */
import type { AskOptions, TaskClient } from "./client.ts";
import type { TaskKind, Tasks } from "./task.ts";

/**
 * Returns the first answer, and stops the other tasks.
 *
 * @param asks the details of the task for each client
 * @throws rejects with the first task's error if no task answers
 */
export async function askFirst<Kind extends TaskKind>(
  clients: readonly TaskClient[],
  kind: Kind,
  asks: readonly Tasks[Kind]["ask"][],
  { signal, ...options }: AskOptions = {},
): Promise<Tasks[Kind]["answer"]> {
  const race = new AbortController();
  const signals = signal ? [signal, race.signal] : [race.signal];
  const running = clients.map((client, index) =>
    client.ask(kind, asks[index], { ...options, signal: AbortSignal.any(signals) })
  );
  try {
    return await Promise.any(running);
  } catch (error) {
    throw error instanceof AggregateError ? error.errors[0] : error;
  } finally {
    race.abort();
  }
}
