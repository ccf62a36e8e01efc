/// <reference lib="dom" />
/**
 * Shows the digits that the generator makes from the same latents after each epoch of the training
 * run. Nothing moves until the player moves the slider or starts the slide show.
 */
import { useEffect, useState } from "preact/hooks";
import type { TrainingSheets } from "../../../digits/training_sheets.ts";
import { useApp } from "../state/app.ts";

/** How long the slide show shows each epoch, in milliseconds. */
const REST_MS = 700;

export function TrainingRun({ epochs, width, height }: TrainingSheets) {
  const { made } = useApp().texts.value;
  const last = epochs.length - 1;
  const [shown, setShown] = useState(last);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    if (shown === last) return setPlaying(false);
    const timeout = setTimeout(() => setShown(shown + 1), REST_MS);
    return () => clearTimeout(timeout);
  }, [isPlaying, shown]);
  const play = () => {
    setPlaying(!isPlaying);
    if (!isPlaying && shown === last) setShown(0);
  };
  const said = made.afterEpoch(epochs[shown], epochs[last]);
  return (
    <figure class="training">
      <div
        class="training-sheet"
        role="img"
        aria-label={said}
        style={{ "--sheet-place": shown / last, "--sheet-shape": `${width} / ${height}` }}
      />
      <div class="line">
        <button type="button" class="button" onClick={play}>
          {isPlaying ? made.stopPlaying : made.play}
        </button>
        <input
          class="slider grow"
          type="range"
          min={0}
          max={last}
          step={1}
          value={shown}
          aria-label={made.epoch}
          aria-valuetext={said}
          onInput={(event) => {
            setPlaying(false);
            setShown(Number(event.currentTarget.value));
          }}
        />
      </div>
      <figcaption class="soft">{said}</figcaption>
    </figure>
  );
}
