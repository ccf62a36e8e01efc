/** Describes the visible part of a hint in words. */
import type { Size } from "../../../sudoku/mod.ts";
import type { HintAnswer } from "../../game/mod.ts";
import type { Texts } from "../texts.ts";
import type { HintDepth } from "./hint_state.ts";
import { decimal } from "./puzzle_name.ts";

/** Returns the sentences to show. Each sentence is shown as a separate paragraph. */
export function hintWords(
  answer: HintAnswer,
  depth: HintDepth,
  size: Size,
  texts: Texts,
): readonly string[] {
  const { hint } = texts;
  const places = (cells: readonly number[]) =>
    listWords(cells.map((c) => placeName(c, size, texts)), texts);
  switch (answer.kind) {
    case "wrong values":
      return [hint.mistake(places(answer.cells))];
    case "wrong notes":
      return [hint.notes(places(answer.cells))];
    case "stuck":
    case "full":
      return [hint.none];
    case "hint": {
      const { where, rating } = answer.hint;
      const units = where.units.map((unit) => shownUnit(unit, size, texts));
      const name = texts.technique(answer.hint);
      return [
        hint.where(listWords(units, texts)),
        ...(depth > 1 ? [`${hint.technique(name)} (${hint.rating(decimal(rating, texts))})`] : []),
        ...(depth > 2 ? [texts.sentence(answer.hint)] : []),
      ];
    }
  }
}

/** Returns the name of a unit, such as "row 3", "column 1" or "box 9". */
export function shownUnit(unit: number, size: Size, { board }: Texts): string {
  return board.units[Math.floor(unit / size)](unit % size + 1);
}

/** Returns the name of a cell, such as "row 3, column 5". */
export function placeName(cell: number, size: Size, { board }: Texts): string {
  return board.place(Math.floor(cell / size) + 1, cell % size + 1);
}

function listWords(words: readonly string[], { locale }: Texts): string {
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(words);
}
