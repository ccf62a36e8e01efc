import { writeAtomically } from "../system/atomic_write.ts";
import { take } from "../dataset/split.ts";
import { drawCaptionedSheet } from "../display/captioned_sheet.ts";
import { renderChart } from "../display/charts.ts";
import { confusionChart } from "../display/confusion_chart.ts";
import type { Judgement, Misread } from "../evaluation/classifier/judge_answers.ts";
import type { ByteImages } from "../images.ts";

/** Maximum number of misread digits in the picture. An untrained classifier misreads thousands. */
const MOST_DRAWN = 80;

/**
 * Draws pictures of a classifier's mistakes. Saves confusion.png, and also misread.png if any
 * digits are misread.
 */
export async function saveJudgement(
  folder: string,
  { scores, confusion, misread }: Judgement,
  images: ByteImages,
): Promise<void> {
  const count = scores.images.toLocaleString("en");
  const share = `${(100 * scores.error).toFixed(2)} %`;
  const chart = confusionChart(confusion, {
    title: "Which digit is taken for which",
    subtitle: `${scores.wrong} of ${count} test images are misread: ${share}`,
  });
  await writeAtomically(`${folder}/confusion.png`, await renderChart(chart));
  if (misread.length === 0) return;
  const drawn = misread.slice(0, MOST_DRAWN);
  const places = Uint32Array.from(drawn, ({ index }) => index);
  const labels = new Uint8Array(images.count);
  const which = drawn.length === misread.length
    ? `The ${misread.length}`
    : `The ${drawn.length} surest of ${misread.length}`;
  const sheet = await drawCaptionedSheet(
    take({ images, labels }, places).images,
    {
      title: `${which} misread test images: label → answer, confidence`,
      captions: drawn.map(caption),
    },
  );
  await writeAtomically(`${folder}/misread.png`, sheet);
}

function caption({ label, answer, confidence }: Misread): string {
  return `${label} → ${answer}  ${confidence.toFixed(2)}`;
}
