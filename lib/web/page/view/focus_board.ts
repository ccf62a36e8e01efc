/// <reference lib="dom" />
/** Moves the focus to the cell with the cursor after the board has been drawn. */
export function focusBoard(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>("[role=gridcell][tabindex='0']")
      ?.focus({ preventScroll: true });
  });
}
