/** Shows one digit, either as text or as a picture that hides the text. */
import type { Settings } from "../../game/mod.ts";
import { pictureOf } from "../digits/picture.ts";

export interface DigitProps {
  readonly value: number;
  readonly kind: Settings["digits"];
  /** The row of the cell with the digit. The choice of the digit's picture depends on this row. */
  readonly row: number;
  /**
   * A number that depends on the game, so that different games use different pictures of digits.
   */
  readonly salt: number;
}

export function Digit({ value, kind, row, salt }: DigitProps) {
  const picture = kind === "plain" ? undefined : pictureOf({ kind, digit: value, row, seed: salt });
  if (picture === undefined) return <span class="digit plain">{value}</span>;
  return (
    <span class={`digit drawn ${kind}`} style={{ maskPosition: picture.position }}>{value}</span>
  );
}
