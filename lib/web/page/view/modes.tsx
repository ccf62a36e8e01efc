/**
 * Shows the buttons that select what the player enters: values, corner marks, centre marks or
 * colours.
 */
import type { Layer } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { keepFocus } from "./keep_focus.ts";
import { steady } from "./steady.tsx";

const layers: readonly Layer[] = ["value", "corner", "centre", "colour"];

export const Modes = steady(() => {
  const { layer, texts } = useApp();
  return (
    <div class="modes" role="group" aria-label={texts.value.layer.name}>
      {layers.map((each) => (
        <button
          key={each}
          type="button"
          class="button"
          aria-pressed={layer.value === each}
          {...keepFocus}
          onClick={() => layer.value = each}
        >
          {texts.value.layer[each]}
        </button>
      ))}
    </div>
  );
});
