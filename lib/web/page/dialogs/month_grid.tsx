/** Shows the days of a month as buttons, with one column for each day of the week. */
import { daysBetween } from "../../game/mod.ts";
import { useApp } from "../state/app.ts";

export interface MonthGridProps {
  /** The month, in the form 2026-11. */
  readonly month: string;
  readonly today: string;
  readonly solved: ReadonlySet<string>;
  readonly onMonth: (month: string) => void;
  readonly onDay: (date: string) => void;
}

export function MonthGrid({ month, today, solved, onMonth, onDay }: MonthGridProps) {
  const { texts } = useApp();
  const { daily: words, locale } = texts.value;
  const days = daysBetween(`${month}-01`, lastDayOf(month));
  const show = (date: string, options: Intl.DateTimeFormatOptions) =>
    dateOf(date).toLocaleDateString(locale, { timeZone: "UTC", ...options });
  return (
    <div>
      <div class="line spread">
        <button
          type="button"
          class="button"
          aria-label={words.before}
          onClick={() => onMonth(shifted(month, -1))}
        >
          ←
        </button>
        <strong>{show(days[0], { month: "long", year: "numeric" })}</strong>
        <button
          type="button"
          class="button"
          aria-label={words.after}
          disabled={month >= today.slice(0, month.length)}
          onClick={() => onMonth(shifted(month, 1))}
        >
          →
        </button>
      </div>
      <div class="days">
        {days.map((date, index) => (
          <button
            key={date}
            type="button"
            class={`button ${solved.has(date) ? "solved" : ""}`}
            style={index === 0 ? { gridColumn: weekday(date) } : undefined}
            disabled={date > today}
            aria-current={date === today ? "date" : undefined}
            aria-label={[
              show(date, { weekday: "long", day: "numeric", month: "long" }),
              date === today && words.today,
              solved.has(date) && words.solved,
            ].filter(Boolean).join(", ")}
            onClick={() => onDay(date)}
          >
            {Number(date.slice(-2))}
          </button>
        ))}
      </div>
    </div>
  );
}

function dateOf(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

/** Returns the day of the week as a number from 1 (Monday) to 7 (Sunday). */
function weekday(date: string): number {
  return (dateOf(date).getUTCDay() + 6) % 7 + 1;
}

function lastDayOf(month: string): string {
  const next = dateOf(`${shifted(month, 1)}-01`);
  next.setUTCDate(0);
  return next.toISOString().slice(0, "2026-11-30".length);
}

function shifted(month: string, by: number): string {
  const first = dateOf(`${month}-01`);
  first.setUTCMonth(first.getUTCMonth() + by);
  return first.toISOString().slice(0, month.length);
}
