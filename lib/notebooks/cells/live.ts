/** Parts of a notebook's page that change in place, five times a second at most. */
import { randomUUID } from "node:crypto";
import { barLine } from "../../display/progress.ts";
import { type Broadcast, type Exhibit, kernelBroadcast, settleOutput } from "./broadcast.ts";
import { html } from "./exhibits.ts";
import { escapeHtml } from "../../display/escape_html.ts";

/** Milliseconds from update to update. */
const UPDATE_MS = 200;

/** What is to be seen; called only when it is about to be shown. */
export type MakeExhibit = () => Exhibit | Promise<Exhibit>;

/** A place on the page. */
export interface LivePlace {
  /** Shows this in place of what was there, unless something newer comes before its time. */
  update(make: MakeExhibit): void;
  /** Shows what came last, and waits until it is there. */
  end(): Promise<void>;
}

/** Makes room on the page, below what the cell has shown so far, for something that will change. */
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
    // What goes wrong is reported by end(), which waits for all of it.
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

/** A bar on the page. */
export interface NotebookProgress {
  /**
   * @param done in the unit's base: bytes, steps
   * @param facts what else to show
   */
  update(done: number, facts?: readonly string[]): void;
  /** Leaves the bar as it last was, without the time. */
  end(): Promise<void>;
}

const COLUMNS = 110;

/** Starts a bar that moves in place. */
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
      // What was done before says nothing of the speed.
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
