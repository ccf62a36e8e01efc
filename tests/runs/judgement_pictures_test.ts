import { assertEquals } from "@std/assert";
import sharp from "sharp";
import { take } from "../../lib/dataset/split.ts";
import { drawCaptionedSheet } from "../../lib/display/captioned_sheet.ts";
import { renderChart } from "../../lib/display/charts.ts";
import { confusionChart } from "../../lib/display/confusion_chart.ts";
import { judgeAnswers, type Judgement } from "../../lib/evaluation/classifier/judge_answers.ts";
import { saveJudgement } from "../../lib/runs/judgement_pictures.ts";
import { listFiles } from "../support/run_folders.ts";
import { toyDigits } from "../support/toy_digits.ts";

const { images, labels } = toyDigits(100);

Deno.test("misread digits are shown, most confident first, next to a matrix of confusions", async () => {
  const judgement = misreading(3);
  const { folder, misread } = await save(judgement);
  assertEquals(misread, await sheet(judgement, 3, "The 3 misread test images"));
  const chart = confusionChart(judgement.confusion, {
    title: "Which digit is taken for which",
    subtitle: "3 of 100 test images are misread: 3.00 %",
  });
  assertEquals(
    await Deno.readFile(`${folder}/confusion.png`),
    new Uint8Array(await renderChart(chart)),
  );
});

Deno.test("of more than 80 misread digits only the 80 most confident are shown", async () => {
  const judgement = misreading(90);
  const { misread } = await save(judgement);
  const title = "The 80 surest of 90 misread test images";
  assertEquals(misread, await sheet(judgement, 80, title));
});

Deno.test("80 misread digits are all shown", async () => {
  const judgement = misreading(80);
  const { misread } = await save(judgement);
  const title = "The 80 misread test images";
  assertEquals(misread, await sheet(judgement, 80, title));
});

Deno.test("no picture is made if no digit was misread", async () => {
  const { folder } = await save(misreading(0));
  assertEquals(await listFiles(folder), ["confusion.png"]);
});

/**
 * Returns a judgement in which the first `wrong` digits are misread. The confidence of the answers
 * increases from one digit to the next.
 */
function misreading(wrong: number): Judgement {
  const logits = new Float32Array(1000);
  labels.forEach((label, i) => {
    const answer = i < wrong ? (label + 1) % 10 : label;
    logits[10 * i + answer] = 1 + i / 50;
  });
  return judgeAnswers(logits, labels, 1);
}

async function save(
  judgement: Judgement,
): Promise<{ folder: string; misread: Uint8Array | undefined }> {
  const folder = await Deno.makeTempDir();
  await saveJudgement(folder, judgement, images);
  const path = `${folder}/misread.png`;
  const misread = await Deno.readFile(path).catch(() => undefined);
  return { folder, misread };
}

async function sheet(
  { misread }: Judgement,
  count: number,
  title: string,
): Promise<Uint8Array> {
  // The last misread digit has the most confident answer.
  const drawn = misread.slice(0, count);
  const first = misread.length - 1;
  assertEquals(drawn.map(({ index }) => index), [
    ...drawn.map((_, i) => first - i),
  ]);
  const rows = Uint32Array.from(drawn, ({ index }) => index);
  const png = await drawCaptionedSheet(take({ images, labels }, rows).images, {
    title: `${title}: label → answer, confidence`,
    captions: drawn.map(({ label, answer, confidence }) =>
      `${label} → ${answer}  ${confidence.toFixed(2)}`
    ),
  });
  assertEquals((await sharp(png).metadata()).format, "png");
  return new Uint8Array(png);
}
