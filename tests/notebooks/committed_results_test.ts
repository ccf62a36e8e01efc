/** Tests that the committed outputs of notebook 5 show the committed results of data/. */
import { assert, assertEquals, assertGreater } from "@std/assert";
import { dirname } from "node:path";
import { checkGoals, readPublished } from "../../lib/experiments/findings/published_model.ts";
import { readRecords } from "../../lib/gate/readme/records.ts";
import { formatStatistics } from "../../lib/experiments/report/tables.ts";
import { metrics } from "../../lib/experiments/report/metrics.ts";
import { readNotebook } from "../../lib/notebooks/runner/notebook_file.ts";

const root = dirname(dirname(import.meta.dirname!));
const { cells } = await readNotebook(`${root}/notebooks/05-experiment-tables.ipynb`);
/** The lines of all tables, in plain text and with single spaces. */
const lines = new Set(
  cells.flatMap((cell) => cell.cell_type === "code" ? cell.outputs : [])
    .flatMap((output) =>
      "data" in output ? [plainText(output.data as Record<string, unknown>)] : []
    )
    .flatMap((text) => text.split("\n"))
    .map((line) => line.replaceAll(/\s+/g, " ").trim()),
);

Deno.test("notebook 5 shows the scores of the committed generator, and which goals they reach", async () => {
  const goals = checkGoals(await readPublished(`${root}/data/weights/generator`));
  assertGreater(goals.length, 5);
  for (const { label, goal, mean, deviation, floor, decimals, isReached } of goals) {
    const numbers = [mean, deviation, floor].map((value) => value?.toFixed(decimals) ?? "");
    requireLine([label, goal, ...numbers, isReached ? "yes" : "no"].filter(Boolean).join(" "));
  }
});

Deno.test("notebook 5 shows the scores of each row of the report's two tables", async () => {
  const { experiments: { gathered } } = await readRecords(`${root}/data`);
  const digitFid = metrics.find(({ id }) => id === "digit_fid")!;
  const shown = [...lines].join("\n");
  const tables = gathered.grids.filter(({ rows }) => rows.some(({ reported }) => reported));
  assertEquals(tables.length, 2);
  for (const { rows } of tables) {
    for (const row of rows) {
      const score = formatStatistics(digitFid, row);
      const line = shown.split("\n").find((each) =>
        each.startsWith(row.label) && each.includes(score)
      );
      assert(line, `no line of notebook 5 begins with ${row.label} and has ${score}`);
    }
  }
});

function requireLine(line: string): void {
  assert(lines.has(line), `notebook 5 has no line "${line}"`);
}

function plainText(data: Record<string, unknown>): string {
  const text = data["text/plain"] ?? "";
  return Array.isArray(text) ? text.join("") : String(text);
}
