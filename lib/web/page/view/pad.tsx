/**
 * Shows the number pad. It has a button for each digit, which can also show how many more of that
 * digit are needed on the board. While the player is entering colours, the pad has a button for
 * each colour instead.
 */
import type { Size } from "../../../sudoku/mod.ts";
import { COLOUR_COUNT, remainingOf } from "../../game/mod.ts";
import { enterDigit } from "../input/follow_command.ts";
import { useApp } from "../state/app.ts";
import { Digit } from "./digit.tsx";
import { keepFocus } from "./keep_focus.ts";
import { steady } from "./steady.tsx";

export interface PadProps {
  /** The digit in each cell, or 0 if the cell is empty. */
  readonly values: readonly number[];
  readonly size: Size;
  /** The highlighted digit, or 0 if no digit is highlighted. */
  readonly highlight: number;
}

export const Pad = steady(({ values, size, highlight }: PadProps) => {
  const app = useApp();
  const { pad, board } = app.texts.value;
  const layer = app.layer.value;
  const isColor = layer === "colour";
  const left = remainingOf(values, size);
  const count = isColor ? COLOUR_COUNT : size;
  return (
    <div
      class={`pad ${layer}`}
      role="group"
      aria-label={pad.name}
      data-size={count}
      style={{ "--size": count }}
    >
      {Array.from({ length: count }, (_, index) => index + 1).map((digit) => (
        <button
          key={digit}
          type="button"
          class={`button ${isColor ? "swatch" : left[digit - 1] <= 0 ? "done" : ""}`}
          style={isColor ? { "--fill": `var(--color-${digit})` } : undefined}
          aria-label={isColor ? pad.color(board.colors[digit - 1]) : undefined}
          aria-pressed={!isColor && highlight === digit}
          {...keepFocus}
          onClick={() => enterDigit(app, digit, layer)}
        >
          {!isColor && <PadDigit digit={digit} left={left[digit - 1]} />}
        </button>
      ))}
    </div>
  );
});

interface PadDigitProps {
  readonly digit: number;
  readonly left: number;
}

/** Shows a digit, and how many more of that digit are needed on the board. */
const PadDigit = steady(({ digit, left }: PadDigitProps) => {
  const { settings, texts } = useApp();
  const { digits, showRemaining } = settings.value;
  return (
    <>
      <Digit value={digit} kind={digits} row={0} salt={0} />
      {showRemaining && <span class="left" aria-hidden="true">{left}</span>}
      <span class="unseen">, {texts.value.pad.left(left)}</span>
    </>
  );
});
