/** The digits' pictures as part of the style sheet, so that the first view needs no other file. */

/** Returns the style that gives a drawn digit its picture; none while there is no sheet. */
export function digitStyles(): string {
  return "";
}
