/**
 * Lets a dialog run a task in a worker. The dialog can read whether the task is running, how far it
 * has got, and which error occurred if it failed.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { AskOptions, TaskKind, Tasks } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";

export interface DialogTask<Kind extends TaskKind> {
  readonly isRunning: boolean;
  /** The number of parts of the task that are done. */
  readonly done: number;
  /** The progress from 0 to 1, or null if the total amount of work is unknown. */
  readonly progress: number | null;
  readonly error: unknown;
  run(ask: Tasks[Kind]["ask"], done: (answer: Tasks[Kind]["answer"]) => void): void;
  stop(): void;
}

type TaskStatus = Pick<DialogTask<TaskKind>, "isRunning" | "done" | "progress" | "error">;

const resting: TaskStatus = { isRunning: false, done: 0, progress: null, error: null };
const begun: TaskStatus = { ...resting, isRunning: true };

/** A function that starts the task and returns the answer. */
export type Asker<Kind extends TaskKind> = (
  ask: Tasks[Kind]["ask"],
  options: AskOptions,
) => Promise<Tasks[Kind]["answer"]>;

/**
 * Returns a task that a component can start and stop. If the component is removed while the task is
 * running, then the task is stopped.
 */
export function useTask<Kind extends TaskKind>(
  kind: Kind,
  asker?: Asker<Kind>,
): DialogTask<Kind> {
  const { worker } = useApp();
  const [state, setState] = useState<TaskStatus>(resting);
  const stopper = useRef<AbortController | null>(null);
  useEffect(() => () => stopper.current?.abort(), []);
  const idle = (error: unknown) => setState({ ...resting, error });
  return {
    ...state,
    run(ask, done) {
      stopper.current?.abort();
      const own = stopper.current = new AbortController();
      const options: AskOptions = {
        signal: own.signal,
        onProgress: (done, of) =>
          setState({ ...begun, done, progress: of === null ? null : done / of }),
      };
      setState(begun);
      const asked = asker ? asker(ask, options) : worker.ask(kind, ask, options);
      asked.then((answer) => {
        idle(null);
        done(answer);
      }, (error) => own.signal.aborted || idle(error));
    },
    stop() {
      stopper.current?.abort();
      idle(null);
    },
  };
}
