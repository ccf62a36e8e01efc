/** One digit: its value as text, under a picture where one is to be shown. */
import { useApp } from "../state/app.ts";
import { pictureOf } from "../digits/picture.ts";

export interface DigitProps {
  readonly value: number;
  /** Which of the digit's pictures: any whole number, the same for the same place. */
  readonly pick: number;
}

export function Digit({ value, pick }: DigitProps) {
  const { digits } = useApp().settings.value;
  const picture = digits === "plain" ? undefined : pictureOf(value, digits, pick);
  if (picture === undefined) return <span class="digit plain">{value}</span>;
  return (
    <span class={`digit drawn ${picture.kind}`} style={{ maskPosition: picture.position }}>
      <span class="value">{value}</span>
    </span>
  );
}
