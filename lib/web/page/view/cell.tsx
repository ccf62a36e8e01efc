/**
 * Shows one cell of the board. The cell is redrawn only if something that it shows has changed.
 *
 * The digit and the notes are called as functions. As components, each of them would keep track of
 * the signals that it reads, which takes time when half the board changes at once.
 */
import { Component } from "preact";
import type { Size } from "../../../sudoku/mod.ts";
import { digitsIn, type Settings } from "../../game/mod.ts";
import { cellLabel } from "../state/cell_label.ts";
import { cellNames } from "../state/cell_names.ts";
import { type CellView, isSameView } from "../state/cell_views.ts";
import type { Texts } from "../texts.ts";
import { Digit } from "./digit.tsx";
import { Notes } from "./notes.tsx";

export interface CellProps {
  readonly view: CellView;
  readonly size: Size;
  readonly texts: Texts;
  readonly kind: Settings["digits"];
  /**
   * A number that depends on the game, so that different games use different pictures of digits.
   */
  readonly salt: number;
}

export class BoardCell extends Component<CellProps> {
  override shouldComponentUpdate(next: CellProps): boolean {
    const { view, size, texts, kind, salt } = this.props;
    // Only a digit has a picture.
    const isOtherPicture = next.view.digit > 0 && (kind !== next.kind || salt !== next.salt);
    return isOtherPicture || size !== next.size || texts !== next.texts ||
      !isSameView(view, next.view);
  }

  override render({ view, size, texts, kind, salt }: CellProps) {
    const { cell, digit, corner, centre, lit, clashing } = view;
    return (
      <div
        role="gridcell"
        class={cellNames(view, size)}
        data-cell={cell}
        aria-colindex={cell % size + 1}
        aria-selected={view.isSelected}
        aria-readonly={view.isGiven}
        aria-invalid={view.isConflict || view.isMistake || undefined}
        tabIndex={view.hasCursor ? 0 : -1}
        style={view.colours > 0 ? { "--fill": fillOf(view.colours) } : undefined}
      >
        <span class="unseen">{cellLabel(view, size, texts)}</span>
        <span class="face" aria-hidden="true">
          {digit > 0 && Digit({ value: digit, kind, row: Math.floor(cell / size), salt })}
          {corner > 0 && Notes({ kind: "corner", digits: corner, lit, clashing })}
          {centre > 0 && Notes({ kind: "centre", digits: centre, lit, clashing })}
        </span>
      </div>
    );
  }
}

/** Returns the fill of a cell: none, one colour, or stripes if the cell has several colours. */
function fillOf(colours: number): string | undefined {
  const fills = digitsIn(colours).map((color) => `var(--color-${color})`);
  if (fills.length < 2) return fills[0];
  const stops = fills.map((fill, index) => {
    const [from, to] = [index, index + 1].map((n) => `${Math.round(n / fills.length * 100)}%`);
    return `${fill} ${from} ${to}`;
  });
  return `linear-gradient(135deg, ${stops.join(", ")})`;
}
