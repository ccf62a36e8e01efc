/** Shows one cell of the board. The cell is drawn again only if its view has changed. */
import { Component } from "preact";
import { digitsIn } from "../../game/mod.ts";
import type { CellView } from "../state/cell_views.ts";
import { Digit } from "./digit.tsx";
import { Notes } from "./notes.tsx";

export interface CellProps {
  readonly view: CellView;
  readonly size: number;
  /** A number that gives each game its own pictures of digits. */
  readonly salt: number;
}

export class BoardCell extends Component<CellProps> {
  override shouldComponentUpdate(next: CellProps): boolean {
    const [now, then] = [this.props.view, next.view];
    const names = Object.keys(then) as (keyof CellView)[];
    return this.props.salt !== next.salt || this.props.size !== next.size ||
      names.some((name) => now[name] !== then[name]);
  }

  override render({ view, size, salt }: CellProps) {
    const { cell, digit, lit, clashing } = view;
    return (
      <div
        role="gridcell"
        class={view.names}
        data-cell={cell}
        aria-colindex={cell % size + 1}
        aria-selected={view.isSelected}
        aria-readonly={view.isGiven}
        aria-invalid={view.isWrong || undefined}
        tabIndex={view.hasCursor ? 0 : -1}
        style={{ "--fill": fillOf(view.colours) }}
      >
        <span class="unseen">{view.label}</span>
        <span class="face" aria-hidden="true">
          {digit > 0 ? <Digit value={digit} row={Math.floor(cell / size)} salt={salt} /> : (
            <>
              <Notes kind="corner" digits={view.corner} lit={lit} clashing={clashing} />
              <Notes kind="centre" digits={view.centre} lit={lit} clashing={clashing} />
            </>
          )}
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
