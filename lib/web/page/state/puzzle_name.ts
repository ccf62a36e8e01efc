/** Creates the name of a puzzle from its level and seed, from its date, or from its origin. */
import type { PlayedPuzzle } from "../../game/mod.ts";
import { levelName, type Texts } from "../texts.ts";

/** Returns the name of a puzzle in the page's language. */
export function puzzleName(
  { origin, rating }: Pick<PlayedPuzzle, "origin" | "rating">,
  texts: Texts,
): string {
  const level = levelName(texts, "level" in origin ? origin.level : rating?.level);
  switch (origin.kind) {
    case "level":
      return texts.origin.level(level, origin.seed);
    case "daily":
      return texts.origin.daily(level, origin.date);
    default:
      return [texts.origin[origin.kind], level].filter(Boolean).join(" · ");
  }
}

/**
 * Returns the rating of a puzzle as text, such as "rated 3.4". Returns an empty string if the
 * puzzle has no rating.
 */
export function ratingText({ rating }: PlayedPuzzle, texts: Texts): string {
  if (rating === null) return "";
  return texts.origin.rating(decimal(rating.value, texts));
}

/** Formats a rating in the number format of the page's language, with one decimal place. */
export function decimal(value: number, { locale }: Texts): string {
  return value.toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
