/**
 * Shows a dialog that explains how the digits were made. The dialog shows the training run, the
 * origin of the digit in the selected cell, new digits from the generator, and links to the
 * notebooks.
 */
import { pictureOf, saltOf } from "../digits/picture.ts";
import { useApp } from "../state/app.ts";
import { Digit } from "../view/digit.tsx";
import { Dialog } from "./dialog.tsx";
import { LiveDigits } from "./live_digits.tsx";
import { useMadeFacts } from "./made_facts.ts";
import { TrainingRun } from "./training_run.tsx";

export function Made() {
  const app = useApp();
  const texts = app.texts.value;
  const { made, said } = texts;
  const facts = useMadeFacts();
  const isLoaded = facts !== null && !(facts instanceof Error);
  const game = app.game.value!;
  const { size } = game.puzzle;
  const { cursor, values } = game.position;
  const kind = app.settings.value.digits === "raw" ? "raw" : "clear";
  const place = { row: Math.floor(cursor / size), salt: saltOf(game.id) };
  const picture = pictureOf({ kind, digit: values[cursor], row: place.row, seed: place.salt });
  const percent = { style: "percent", maximumFractionDigits: 4 } as const;
  return (
    <Dialog title={made.title}>
      <p>{made.lead}</p>
      {isLoaded && <TrainingRun {...facts.training} />}
      {facts instanceof Error && <p class="error" role="alert">{said.failed(facts.message)}</p>}
      <h3>{made.cell}</h3>
      {picture
        ? (
          <div class="line">
            <span class="sample">
              <Digit value={values[cursor]} kind={kind} {...place} />
            </span>
            <p class="grow">
              {made.origin(picture.seed, picture.latent)}
              <br />
              <span class="soft">
                {made.sure(certainty(picture.probability).toLocaleString(texts.locale, percent))}
              </span>
            </p>
          </div>
        )
        : <p class="soft">{made.none}</p>}
      <LiveDigits from={picture?.latent ?? 0} />
      <h3>{made.notebooks}</h3>
      <p>{made.aboutNotebooks}</p>
      {isLoaded && (
        <ul class="links">
          {facts.notebooks.map(({ href, title }) => (
            <li key={href}>
              <a href={href} target="_blank" rel="noopener" hreflang="en" lang="en">{title}</a>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

/**
 * Rounds a probability down to six decimal places, and returns at most 0.999999, because no answer
 * from the classifier is 100% certain.
 */
function certainty(probability: number): number {
  return Math.min(0.999999, Math.floor(probability * 1e6) / 1e6);
}
