/**
 * Shows progress. Progress is shown as a bar in a terminal, and as lines of text elsewhere, such as
 * in a log file.
 */
import process from "node:process";
import cliProgress from "cli-progress";

export interface ProgressOptions {
  readonly title: string;
  readonly total: number;
  readonly unit: "MB" | "images" | "steps" | "turns";
  /** The stream to write to; default: standard error. */
  readonly stream?: NodeJS.WriteStream;
}

export interface Progress {
  /**
   * @param done amount of finished work: a number of bytes if the unit is MB, otherwise a count
   * @param facts further facts, the most important first; in a terminal, facts that do not fit on
   * the line are left out
   */
  update(done: number, facts?: readonly string[]): void;
  stop(): void;
}

/**
 * Minimum time in milliseconds between two lines of text. The line that reports the end of the work
 * is exempt from this minimum.
 */
const LINE_MS = 5_000;
const DRAWS = 10;
const BAR_WIDTH = { least: 8, most: 30 };

/**
 * Starts showing progress. In a terminal, a bar is shown. Elsewhere, at most one line of text is
 * written for each tenth of the work.
 */
export function startProgress(options: ProgressOptions): Progress {
  const stream = options.stream ?? process.stderr;
  return stream.isTTY ? drawBar(options, stream) : printLines(options, stream);
}

function drawBar(
  options: ProgressOptions,
  stream: NodeJS.WriteStream,
): Progress {
  let facts: readonly string[] = [];
  let first: number | undefined;
  const started = performance.now();
  const bar = new cliProgress.SingleBar({
    stream,
    fps: DRAWS,
    hideCursor: true,
    linewrap: null,
    format: (_, { value }) =>
      barLine(
        options,
        value,
        facts,
        secondsLeft(options, value, started),
        stream.columns || 80,
      ),
  });
  bar.start(options.total, 0);
  // If the process ends early, the cursor must be shown again, or the terminal would stay without
  // one.
  const showCursor = () => stream.write("\x1b[?25h");
  process.once("exit", showCursor);
  return {
    update(done, newFacts = []) {
      facts = newFacts;
      // A resumed training run does not start at 0.
      first ??= done;
      bar.update(done);
    },
    stop() {
      bar.stop();
      process.off("exit", showCursor);
    },
  };

  function secondsLeft(
    { total }: ProgressOptions,
    value: number,
    start: number,
  ): number | undefined {
    const since = value - (first ?? 0);
    return since > 0 ? (performance.now() - start) / 1000 / since * (total - value) : undefined;
  }
}

/**
 * Returns a line of text with a progress bar. Its length is at most `columns` − 1 characters,
 * because a terminal would wrap a longer line.
 */
export function barLine(
  { title, total, unit }: Pick<ProgressOptions, "title" | "total" | "unit">,
  done: number,
  facts: readonly string[],
  secondsLeft: number | undefined,
  columns: number,
): string {
  const share = total > 0 ? Math.min(1, done / total) : 0;
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const parts = [`${quantity(done, unit)}/${quantity(total, unit)} ${unit}`];
  if (secondsLeft !== undefined) parts.push(`${duration(secondsLeft)} left`);
  const fixed = `${title} `.length + percent.length + 1;
  let room = columns - 1 - fixed - BAR_WIDTH.least;
  const shown: string[] = [];
  for (const part of [...parts, ...facts]) {
    if (part.length + 3 > room) break;
    shown.push(part);
    room -= part.length + 3;
  }
  const width = Math.max(0, Math.min(BAR_WIDTH.most, BAR_WIDTH.least + room));
  const full = Math.round(share * width);
  const line = `${title} ${"█".repeat(full)}${"░".repeat(width - full)}${percent}`;
  return [line, ...shown].join(" · ").slice(0, columns - 1);
}

function printLines(
  options: ProgressOptions,
  stream: NodeJS.WriteStream,
): Progress {
  const { title, total, unit } = options;
  let nextTenth = 0;
  let nextLine = 0;
  return {
    update(done, facts = []) {
      const share = total > 0 ? done / total : 1;
      const tenth = Math.floor(share * 10);
      if (tenth < nextTenth || (share < 1 && performance.now() < nextLine)) {
        return;
      }
      nextTenth = tenth + 1;
      nextLine = performance.now() + LINE_MS;
      const amount = `${quantity(done, unit)}/${quantity(total, unit)} ${unit}`;
      stream.write(`${[`${title} ${amount}`, ...facts].join(" · ")}\n`);
    },
    stop: () => {},
  };
}

function quantity(amount: number, unit: ProgressOptions["unit"]): string {
  return unit === "MB" ? (amount / 1e6).toFixed(amount < 1e8 ? 1 : 0) : String(amount);
}

/** Formats a number of seconds as a duration, such as 5s, 3m20s or 2h05m. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  if (whole < 60) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}m${two(whole % 60)}s`;
  return `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}
