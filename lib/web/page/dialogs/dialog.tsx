/// <reference lib="dom" />
/**
 * Shows the frame that all dialogs share. The frame is an HTML dialog element, so the browser keeps
 * the focus inside the dialog, and closes the dialog when the player presses Escape.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useApp } from "../state/app.ts";

export interface DialogProps {
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Dialog({ title, children }: DialogProps) {
  const { dialog, texts } = useApp();
  const element = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    element.current!.showModal();
    // This makes a screen reader begin with the title of the dialog.
    heading.current!.focus();
  }, []);
  const close = () => dialog.value = null;
  return (
    <dialog
      ref={element}
      aria-labelledby="dialog-title"
      onClose={close}
      onClick={(event) => event.target === element.current && close()}
    >
      <div class="dialog-head">
        <h2 id="dialog-title" ref={heading} tabIndex={-1}>{title}</h2>
        <button type="button" class="button bare" onClick={close}>{texts.value.close}</button>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  );
}
