/// <reference lib="dom" />
/** Receives handwriting on the board. The ink stays visible until the handwriting is read. */
import { useRef, useState } from "preact/hooks";
import type { Stroke, StrokePoint } from "../../../digits/stroke_form.ts";
import type { Size } from "../../../sudoku/mod.ts";
import { useApp } from "../state/app.ts";
import { takeWriting } from "../state/take_writing.ts";

/**
 * The pause in milliseconds after which a handwritten digit counts as complete. The pause leaves
 * time for a second stroke, which the digits 4 and 5 need.
 */
const PAUSE_MS = 650;

export function WritingLayer({ size }: { readonly size: Size }) {
  const app = useApp();
  const [strokes, setStrokes] = useState<readonly Stroke[]>([]);
  // The timer must read the strokes as they are when it fires, not when it was set.
  const written = useRef(strokes);
  const timeout = useRef<ReturnType<typeof setTimeout>>();
  const put = (next: readonly Stroke[]) => {
    written.current = next;
    setStrokes(next);
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.preventDefault();
    clearTimeout(timeout.current);
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    put([...written.current, [pointOf(event, size)]]);
  };
  const onMove = (event: PointerEvent) => {
    if ((event.buttons & 1) === 0 || written.current.length === 0) return;
    const [last, ...before] = written.current.toReversed();
    // A browser groups moves between two frames, but a curve needs all of them.
    const events = event.getCoalescedEvents?.() ?? [];
    const points = (events.length > 0 ? events : [event]).map((each) =>
      pointOf(each, size, event.currentTarget as Element)
    );
    put([...before.toReversed(), [...last, ...points]]);
  };
  const onUp = () => {
    clearTimeout(timeout.current);
    timeout.current = setTimeout(() => {
      const whole = written.current;
      put([]);
      if (whole.length > 0) void takeWriting(app, whole, size);
    }, PAUSE_MS);
  };
  return (
    <svg
      class="overlay writing"
      viewBox={`0 0 ${size * 100} ${size * 100}`}
      aria-hidden="true"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={onUp}
      onPointerCancel={onUp}
    >
      {strokes.map((stroke) => (
        <polyline
          points={stroke.map(({ x, y }) => `${x},${y}`).join(" ")}
        />
      ))}
    </svg>
  );
}

function pointOf(
  { clientX, clientY, currentTarget }: PointerEvent,
  size: Size,
  element = currentTarget as Element,
): StrokePoint {
  const { left, top, width } = element.getBoundingClientRect();
  const scale = size * 100 / width;
  return { x: (clientX - left) * scale, y: (clientY - top) * scale };
}
