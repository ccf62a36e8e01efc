/** Shows replaceable content, such as a progress bar, on a notebook's page. */
import { randomUUID } from "node:crypto";
import { barLine } from "../../display/progress.ts";
import { type Broadcast, type Exhibit, kernelBroadcast, settleOutput } from "./broadcast.ts";
import { html } from "./exhibits.ts";
import { escapeHtml } from "../../display/escape_html.ts";

const UPDATE_MS = 200;

/** A function that creates an exhibit. It is called just before the exhibit is shown. */
export type MakeExhibit = () => Exhibit | Promise<Exhibit>;

/** A place on the page whose content can be replaced. */
export interface LivePlace {
  /**
   * Replaces the content. The page is updated at most once every 200 ms. If a newer update arrives
   * in the meantime, then the older update is skipped.
   */
  update(make: MakeExhibit): void;
  /**
   * Shows the content of the last update, and waits until that content has been sent to the page.
   */
  end(): Promise<void>;
}

/**
 * Creates an output area whose content can be replaced. It appears below the cell's earlier output.
 */
export function live(broadcast: Broadcast = kernelBroadcast()): LivePlace {
  const id = randomUUID();
  let shown = false;
  let pending: MakeExhibit | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = -Infinity;
  let work: Promise<void> = Promise.resolve();
  const draw = async () => {
    const make = pending;
    if (!make) return;
    pending = undefined;
    last = performance.now();
    const exhibit = await make();
    const type = shown ? "update_display_data" : "display_data";
    shown = true;
    await broadcast(type, { ...exhibit, transient: { display_id: id } });
  };
  const startDrawing = () => {
    timer = undefined;
    // end() waits for the chain of updates and reports its errors.
    work = work.then(draw);
    work.catch(() => {});
  };
  return {
    update(make) {
      pending = make;
      timer ??= setTimeout(
        startDrawing,
        Math.max(0, last + UPDATE_MS - performance.now()),
      );
    },
    async end() {
      clearTimeout(timer);
      startDrawing();
      await work;
      await settleOutput();
    },
  };
}

export interface LiveProgressOptions {
  readonly title: string;
  readonly total: number;
  readonly unit: "MB" | "steps";
}

/** A progress bar on the page. */
export interface NotebookProgress {
  /**
   * @param done amount of finished work, in bytes if the unit is MB, and in steps otherwise
   * @param facts further facts to show beside the bar, most important first
   */
  update(done: number, facts?: readonly string[]): void;
  /** Ends the progress bar. The page then shows its last state, without a remaining time. */
  end(): Promise<void>;
}

const COLUMNS = 110;

/** Shows a progress bar on the page. */
export function progress(
  options: LiveProgressOptions,
  broadcast: Broadcast = kernelBroadcast(),
): NotebookProgress {
  const place = live(broadcast);
  const started = performance.now();
  let first: number | undefined;
  let state: { done: number; facts: readonly string[] } = {
    done: 0,
    facts: [],
  };
  const bar = (secondsLeft: number | undefined) =>
    drawBar(options, state.done, state.facts, secondsLeft);
  place.update(() => bar(undefined));
  return {
    update(done, facts = []) {
      // A resumed training run does not start at 0.
      first ??= done;
      state = { done, facts };
      const since = done - first;
      const elapsed = (performance.now() - started) / 1000;
      const left = since > 0 ? elapsed / since * (options.total - done) : undefined;
      place.update(() => bar(left));
    },
    async end() {
      place.update(() => bar(undefined));
      await place.end();
    },
  };
}

function drawBar(
  options: LiveProgressOptions,
  done: number,
  facts: readonly string[],
  secondsLeft: number | undefined,
): Exhibit {
  const line = barLine(options, done, facts, secondsLeft, COLUMNS);
  return html(
    `<pre style="line-height:1.2;margin:0">${escapeHtml(line)}</pre>`,
    line,
  );
}
