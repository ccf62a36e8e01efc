/** One digit: its value as text, under a picture where one is to be shown. */
import { useApp } from "../state/app.ts";
import { pictureOf } from "../digits/picture.ts";

export interface DigitProps {
  readonly value: number;
  /** The row that it stands in, where it has a picture of its own. */
  readonly row: number;
  /** Tells one game's pictures from another's. */
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
