/** Shows the buttons for actions such as undo, redo and erase. */
import type { Command } from "../input/keys.ts";
import { followCommand } from "../input/follow_command.ts";
import { useApp } from "../state/app.ts";
import { keepFocus } from "./keep_focus.ts";
import { steady } from "./steady.tsx";

interface ButtonProps {
  readonly name: string;
  readonly command: Command;
  readonly isPressed?: boolean;
  readonly isOff?: boolean;
}

export interface ActionsProps {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly hasAutoNotes: boolean;
  /** Whether the puzzle is solved. */
  readonly isDone: boolean;
}

export const Actions = steady(({ canUndo, canRedo, hasAutoNotes, isDone }: ActionsProps) => {
  const app = useApp();
  const { action } = app.texts.value;
  return (
    <div class="actions" role="group" aria-label={action.name}>
      <ActionButton
        name={action.undo}
        command={{ do: "act", action: { type: "undo" } }}
        isOff={!canUndo}
      />
      <ActionButton
        name={action.redo}
        command={{ do: "act", action: { type: "redo" } }}
        isOff={!canRedo}
      />
      <ActionButton
        name={action.erase}
        command={{ do: "act", action: { type: "erase" } }}
        isOff={isDone}
      />
      <ActionButton name={action.hint} command={{ do: "hint" }} isOff={isDone} />
      <ActionButton
        name={action.autoNotes}
        command={{ do: "autoNotes" }}
        isPressed={hasAutoNotes}
        isOff={isDone}
      />
      <ActionButton
        name={action.write}
        command={{ do: "write" }}
        isPressed={app.isWriting.value}
        isOff={isDone}
      />
    </div>
  );
});

/**
 * Shows a button for an action. A disabled button is marked with `aria-disabled`, so that it can
 * keep the focus. With the attribute `disabled`, it would lose focus.
 */
function ActionButton({ name, command, isPressed, isOff = false }: ButtonProps) {
  const app = useApp();
  return (
    <button
      type="button"
      class="button"
      aria-pressed={isPressed}
      aria-disabled={isOff || undefined}
      {...keepFocus}
      onClick={() => isOff || followCommand(app, command)}
    >
      {name}
    </button>
  );
}
