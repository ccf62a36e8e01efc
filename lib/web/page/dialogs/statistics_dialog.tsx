/** Shows a dialog with statistics on the player's games, for each board size and level. */
import { momentOf, statisticsOf, streakOf } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";
import { clockTime } from "../state/clock_time.ts";
import { levelName } from "../texts.ts";
import { Dialog } from "./dialog.tsx";

export function StatisticsDialog() {
  const app = useApp();
  const texts = app.texts.value;
  const words = texts.statistics;
  const { results } = app.saving.saves.value;
  const rows = statisticsOf(results);
  const { current, longest } = streakOf(results, momentOf(app.now()).date);
  const time = (value: number | null) => value === null ? "–" : clockTime(value);
  return (
    <Dialog title={words.title}>
      <p>{`${texts.daily.streak(current)} · ${texts.daily.best(longest)}`}</p>
      {rows.length === 0 ? <p>{words.none}</p> : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.level}</th>
              <th scope="col">{words.solved}</th>
              <th scope="col">{words.hints}</th>
              <th scope="col">{words.best}</th>
              <th scope="col">{words.mean}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ size, level, played, won, wonWithoutHints, best, mean }) => (
              <tr key={`${size} ${level}`}>
                <th scope="row">
                  {[texts.newGame.sizes[size], levelName(texts, level)].filter(Boolean).join(" · ")}
                </th>
                <td>{`${won} / ${played}`}</td>
                <td>{wonWithoutHints}</td>
                <td>{time(best)}</td>
                <td>{time(mean)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Dialog>
  );
}
