/** Shows the progress of a running task, and a button that stops the task. */
import { useApp } from "../state/app.ts";

export interface TaskStateProps {
  readonly text: string;
  /** The progress from 0 to 1, or null if the total amount of work is unknown. */
  readonly progress: number | null;
  /**
   * A text that describes the progress. Screen readers do not announce this text, because it
   * changes many times per second.
   */
  readonly detail?: string;
  readonly onStop: () => void;
}

export function TaskState({ text, progress, detail, onStop }: TaskStateProps) {
  const { texts } = useApp();
  return (
    <div class="line">
      <span role="status">{text}</span>
      <progress aria-label={text} value={progress ?? undefined} />
      {detail && <span class="soft figures" aria-live="off">{detail}</span>}
      <button type="button" class="button" onClick={onStop}>{texts.value.stop}</button>
    </div>
  );
}
