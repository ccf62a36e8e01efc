/// <reference lib="dom" />
/** Takes the focus to the cell that has the cursor, once the board is drawn. */
export function focusBoard(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>("[role=gridcell][tabindex='0']")
      ?.focus({ preventScroll: true });
  });
}
