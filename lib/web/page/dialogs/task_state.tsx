/** The progress of a running task, with a button that stops it. */
import { useApp } from "../state/app.ts";

export interface TaskStateProps {
  readonly text: string;
  readonly progress: number | null;
  readonly onStop: () => void;
}

export function TaskState({ text, progress, onStop }: TaskStateProps) {
  const { texts } = useApp();
  return (
    <div class="line" role="status">
      <span>{text}</span>
      <progress aria-label={text} value={progress ?? undefined} />
      <button type="button" class="button" onClick={onStop}>{texts.value.stop}</button>
    </div>
  );
}
