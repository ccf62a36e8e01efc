/** Draws a diagram of a GAN and, below it, the three updates that make up a training step. */
import { renderSvg } from "./charts.ts";
import { escapeHtml } from "./escape_html.ts";

/** Words that the diagram uses for its data. */
export interface GanDiagramWords {
  /** What the GAN generates, as a plural such as “points” or “images”. */
  readonly data: string;
  /** The size of the noise, such as “2 numbers”. */
  readonly noise: string;
}

const SIZE = { width: 860, height: 470 };
const SCALE = 2;
const colours = {
  real: "#0072b2",
  generated: "#d55e00",
  line: "#333",
  slope: "#009e73",
  learns: "#e6f4ee",
  waits: "#f1f1f1",
} as const;

/**
 * Draws the diagram, and returns the bytes of a PNG file. The picture is twice as wide and twice as
 * high as it should be shown, so that it looks sharp on high-resolution screens.
 */
export function drawGanDiagram(words: GanDiagramWords): Uint8Array {
  const { width, height } = SIZE;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" font-family="DejaVu Sans" font-size="13">`,
    markers(),
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...overview(words),
    ...updates(words),
    "</svg>",
  ];
  return renderSvg(svg.join("\n"), SCALE);
}

function overview({ data, noise }: GanDiagramWords): string[] {
  return [
    box(20, 110, 110, 56, ["noise", noise], "white"),
    arrow(130, 128, 200, 128),
    box(200, 104, 140, 68, ["generator", "G"], colours.learns, true),
    arrow(340, 128, 400, 128),
    box(400, 110, 120, 56, ["generated", data], "white", false, colours.generated),
    box(400, 24, 120, 56, ["real", data], "white", false, colours.real),
    arrow(520, 128, 600, 116),
    arrow(520, 52, 600, 88),
    box(600, 68, 140, 68, ["discriminator", "D"], colours.learns, true),
    arrow(740, 102, 776, 102),
    text(782, 98, "answer:", "start"),
    text(782, 115, "real? 0…1", "start"),
    slope(600, 128, 520, 150),
    slope(400, 152, 340, 152),
    slope(810, 124, 740, 124),
    text(470, 196, "slopes, on their way back", "middle", colours.slope),
  ];
}

interface UpdatePanel {
  readonly title: string;
  readonly from: "real" | "generated";
  readonly target: string;
  readonly learns: "D" | "G";
}

function updates({ data }: GanDiagramWords): string[] {
  const panels: UpdatePanel[] = [
    { title: `1  D on real ${data}`, from: "real", target: "wanted: 1", learns: "D" },
    { title: `2  D on generated ${data}`, from: "generated", target: "wanted: 0", learns: "D" },
    { title: "3  G through D", from: "generated", target: "wanted: 1", learns: "G" },
  ];
  return [
    text(20, 240, "The three updates of a step: green learns, grey stays as it is", "start"),
    ...panels.flatMap((panel, i) => drawUpdate(panel, 20 + 280 * i)),
  ];
}

function drawUpdate({ title, from, target, learns }: UpdatePanel, x: number): string[] {
  const shade = (network: "D" | "G") => network === learns ? colours.learns : colours.waits;
  const y = 300;
  const source = from === "real"
    ? [box(x + 16, y, 84, 44, ["real"], "white", false, colours.real)]
    : [box(x + 16, y, 84, 44, ["G"], shade("G"), true, colours.generated)];
  const back = learns === "D" ? x + 184 : x + 100;
  return [
    `<rect x="${x}" y="256" width="264" height="190" rx="8" fill="none" stroke="#ccc"/>`,
    text(x + 14, 280, title, "start", colours.line, true),
    ...source,
    arrow(x + 100, y + 22, x + 140, y + 22),
    box(x + 140, y, 84, 44, ["D"], shade("D"), true),
    arrow(x + 182, y + 44, x + 182, y + 82),
    text(x + 182, y + 100, target, "middle"),
    // If the generator learns, its slopes come through the discriminator, so two arrows are drawn.
    ...(learns === "D"
      ? [slope(x + 208, y + 84, x + 208, y + 46)]
      : [slope(x + 208, y + 84, x + 208, y + 46), slope(x + 138, y + 34, back + 2, y + 34)]),
    text(x + 16, y + 136, sentence(learns, from), "start", colours.slope),
  ];
}

function sentence(learns: "D" | "G", from: "real" | "generated"): string {
  if (learns === "G") return "G learns to be called real";
  return from === "real" ? "D learns to say yes" : "D learns to say no";
}

function box(
  x: number,
  y: number,
  width: number,
  height: number,
  lines: readonly string[],
  fill: string,
  bold = false,
  stroke: string = colours.line,
): string {
  const first = y + height / 2 + 5 - 9 * (lines.length - 1);
  const words = lines.map((line, i) =>
    text(x + width / 2, first + 18 * i, line, "middle", stroke, bold && i === 0)
  );
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" ` +
    `stroke="${stroke}" stroke-width="1.5"/>${words.join("")}`;
}

function text(
  x: number,
  y: number,
  words: string,
  anchor: "start" | "middle",
  fill: string = colours.line,
  bold = false,
): string {
  const weight = bold ? ' font-weight="bold"' : "";
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}"${weight}>` +
    `${escapeHtml(words)}</text>`;
}

const arrow = (...ends: Ends) => line(ends, colours.line, "head");
const slope = (...ends: Ends) => line(ends, colours.slope, "slope", "5 4");

type Ends = [x1: number, y1: number, x2: number, y2: number];

function line([x1, y1, x2, y2]: Ends, stroke: string, marker: string, dashes = ""): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${stroke}" ` +
    `stroke-width="1.6" stroke-dasharray="${dashes}" marker-end="url(#${marker})"/>`;
}

function markers(): string {
  const marker = (id: string, fill: string) =>
    `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" ` +
    `orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="${fill}"/></marker>`;
  return `<defs>${marker("head", colours.line)}${marker("slope", colours.slope)}</defs>`;
}
