/**
 * Lets the classifier read a digit that the player wrote on the board. If the classifier is sure of
 * the digit, then the digit is entered. If not, then the page asks the player which digit it is.
 */
import type { Stroke } from "../../../digits/stroke_form.ts";
import type { Size } from "../../../sudoku/mod.ts";
import { judgeStrokes } from "../input/strokes.ts";
import type { App } from "./app.ts";

/**
 * Handles the strokes that the player drew on the board. The coordinates of the strokes are in
 * hundredths of a cell.
 */
export async function takeWriting(
  app: App,
  strokes: readonly Stroke[],
  size: Size,
): Promise<void> {
  const { position } = app.game.value!;
  const written = judgeStrokes(strokes, size);
  const cell = written.cell ?? position.cursor;
  app.unsure.value = null;
  app.act({ type: "select", cells: [cell], how: "replace" });
  if (written.kind === "tap") return;
  const { writing, said } = app.texts.value;
  try {
    const decision = await app.networks.ask("read", { strokes, most: size });
    if (decision === null) return;
    if (decision.kind === "unsure") {
      app.unsure.value = { cell, digits: decision.digits };
      return app.say(`${writing.which} ${decision.digits.join(", ")}`);
    }
    enterWritten(app, cell, decision.digit);
    app.say(writing.read(decision.digit));
  } catch (error) {
    app.say(said.failed(String(error)));
  }
}

/**
 * Enters a digit into a cell, in the layer that the player has selected. If this is the colour
 * layer, then the digit becomes the cell's value. Does not enter the digit if it is already the
 * cell's value, because entering the same value again would remove it.
 */
export function enterWritten(app: App, cell: number, digit: number): void {
  app.unsure.value = null;
  const as = app.layer.value === "colour" ? "value" : app.layer.value;
  if (as === "value" && app.game.value!.position.values[cell] === digit) return;
  const { cleanNotes } = app.settings.value;
  app.act({ type: "enter", as, digit, cells: [cell], cleanNotes });
}
