/** Shows one digit: its value as text, below a picture if there is one. */
import { useApp } from "../state/app.ts";
import { pictureOf } from "../digits/picture.ts";

export interface DigitProps {
  readonly value: number;
  /** The row of the digit's cell, which affects the choice of the picture. */
  readonly row: number;
  /** A number that distinguishes one game's pictures from those of another game. */
  readonly salt: number;
}

export function Digit({ value, row, salt }: DigitProps) {
  const { digits: kind } = useApp().settings.value;
  const picture = kind === "plain" ? undefined : pictureOf({ kind, digit: value, row, seed: salt });
  if (picture === undefined) return <span class="digit plain">{value}</span>;
  return (
    <span class={`digit drawn ${kind}`} style={{ maskPosition: picture.position }}>
      <span class="value">{value}</span>
    </span>
  );
}
