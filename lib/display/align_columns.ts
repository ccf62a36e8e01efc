/**
 * Formats a table as lines of text. The cells are padded with spaces so that the columns line up.
 *
 * @param rows rows of cells; all rows have the same number of cells
 */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => row[i].length)));
  return rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i])).join("  ").trimEnd()).join(
    "\n",
  );
}
