/**
 * Lets the player try the generator. A button generates new digits, and a slider steps from one
 * digit's latent to another's.
 */
import { useState } from "preact/hooks";
import { latentBetween, latentOf } from "../../../digits/latents.ts";
import { latentsOfSheet } from "../digits/picture.ts";
import { useApp } from "../state/app.ts";
import { DigitCanvas } from "./digit_canvas.tsx";

/** The number of new digits that are shown together. */
const COUNT = 12;

/**
 * Latents are numbered in sequence, and new digits are made only from latents with this number or a
 * higher one. The pictures on the sheet come from latents with lower numbers, so a new digit is
 * never one of these pictures.
 */
const FRESH = 1_000_000;

export function LiveDigits({ from }: { readonly from: number }) {
  const app = useApp();
  const { made, said } = app.texts.value;
  const [share, setShare] = useState(0);
  const [goal, setGoal] = useState(FRESH);
  const [walked, setWalked] = useState<Uint8ClampedArray | null>(null);
  const [fresh, setFresh] = useState<readonly Uint8ClampedArray[]>([]);
  const [state, setState] = useState<"idle" | "loading" | "ready" | { error: string }>("idle");
  const sequence = latentsOfSheet();
  const draw = async (nextShare: number, nextGoal: number, isNew: boolean) => {
    const ends = [latentOf(sequence, from), latentOf(sequence, nextGoal)] as const;
    const others = isNew
      ? Array.from({ length: COUNT }, (_, index) => latentOf(sequence, nextGoal + index))
      : [];
    try {
      const latents = [latentBetween(...ends, nextShare), ...others];
      const [first, ...rest] = await app.networks.ask("draw", { latents });
      setWalked(first);
      if (isNew) setFresh(rest);
      setState("ready");
    } catch (error) {
      setState({ error: said.failed(String(error)) });
    }
  };
  const walk = (next: number) => {
    setShare(next);
    void draw(next, goal, false);
  };
  const renew = () => {
    const next = FRESH + Math.floor(Math.random() * FRESH);
    setGoal(next);
    if (state !== "ready") setState("loading");
    void draw(share, next, true);
  };
  if (typeof state === "object") return <p class="error" role="alert">{state.error}</p>;
  if (state === "loading") return <p role="status">{made.loading}</p>;
  if (state === "idle") {
    return <button type="button" class="button primary" onClick={renew}>{made.draw}</button>;
  }
  return (
    <div class="live">
      <label class="line">
        {walked && <DigitCanvas pixels={walked} label={made.picture} />}
        <span class="grow">
          <span class="label">{made.walk}</span>
          <input
            class="slider"
            type="range"
            min={0}
            max={1}
            step={0.02}
            value={share}
            onInput={(event) => walk(Number(event.currentTarget.value))}
          />
        </span>
      </label>
      <div class="line">
        {fresh.map((pixels, index) => (
          <DigitCanvas key={index} pixels={pixels} label={made.picture} />
        ))}
      </div>
      <button type="button" class="button" onClick={renew}>{made.fresh}</button>
    </div>
  );
}
