/**
 * Converts the drawing of a board to the bytes of a file. SVG and PDF files are for print, and PNG
 * files are for screens.
 */
import PDFDocument from "pdfkit";
import { renderSvg } from "../../display/charts.ts";
import type { BoardDrawing, PlacedDigit } from "./drawing.ts";

/** The formats in which a board can be written. Each format is named after its file extension. */
export const boardFormats = ["png", "svg", "pdf"] as const;
export type BoardFormat = (typeof boardFormats)[number];

const PNG_SIDE = 1400;

/**
 * Returns the bytes of a file that contains the drawing. The same drawing always gives the same
 * bytes.
 */
export async function writeDrawing(
  drawing: BoardDrawing,
  format: BoardFormat,
): Promise<Uint8Array> {
  switch (format) {
    case "svg":
      return new TextEncoder().encode(toSvg(drawing));
    case "png":
      return renderSvg(toSvg(drawing), PNG_SIDE / drawing.side);
    case "pdf":
      return await toPdf(drawing);
  }
}

function toSvg({ side, ground, lines, digits, ink, title }: BoardDrawing): string {
  const rectangles = lines.map(({ x, y, width, height, colour }) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${colour}"/>`
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" ` +
    `height="${side}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${side}" height="${side}" fill="${ground}"/>`,
    ...rectangles,
    `<g fill="${ink}">`,
    ...digits.map(digitToSvg),
    "</g>",
    "</svg>\n",
  ].join("\n");
}

function digitToSvg({ x, y, side, face }: PlacedDigit): string {
  if (face.kind === "outline") {
    return `<path transform="translate(${x} ${y}) scale(${side})" d="${face.outline}"/>`;
  }
  const data = `data:image/png;base64,${face.png.toBase64()}`;
  return `<image x="${x}" y="${y}" width="${side}" height="${side}" href="${data}"/>`;
}

/** Size of an A4 page in points. */
const PAGE = { width: 595.28, height: 841.89 };
/** Side of the printed board in points; this equals 17 cm. */
const PRINTED = 482;

async function toPdf(drawing: BoardDrawing): Promise<Uint8Array> {
  const { side, ground, lines, digits, ink, title } = drawing;
  // With the current date, the bytes would differ each time.
  const info = { Title: title, CreationDate: new Date(0) };
  const document = new PDFDocument({ size: [PAGE.width, PAGE.height], margin: 0, info });
  const parts: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on("data", (part: Uint8Array) => parts.push(part));
    document.on("end", resolve);
    document.on("error", reject);
  });
  document.translate((PAGE.width - PRINTED) / 2, (PAGE.height - PRINTED) / 2)
    .scale(PRINTED / side);
  document.rect(0, 0, side, side).fill(ground);
  for (const { x, y, width, height, colour } of lines) {
    document.rect(x, y, width, height).fill(colour);
  }
  for (const digit of digits) digitToPdf(document, digit, ink);
  document.end();
  await ended;
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

function digitToPdf(
  document: PDFKit.PDFDocument,
  { x, y, side, face }: PlacedDigit,
  ink: string,
): void {
  document.save().translate(x, y);
  if (face.kind === "outline") document.scale(side).path(face.outline).fill(ink);
  else document.image(face.png as Buffer, 0, 0, { width: side, height: side });
  document.restore();
}
