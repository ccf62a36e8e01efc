/** Shows the progress of a running task, with a button that stops the task. */
import { useApp } from "../state/app.ts";

export interface TaskStateProps {
  readonly text: string;
  /** The progress between 0 and 1, or null if the total is unknown. */
  readonly progress: number | null;
  /**
   * The progress in words. Screen readers do not announce it, because it changes many times per
   * second.
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
