// The days of a series: the first, and so many more, each a step later. What falls on a day that a month has not is moved to its last.

const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString().slice(0, 10);

export type Step = 'week' | 'fortnight' | 'month' | 'quarter' | 'half' | 'year';
const months: Partial<Record<Step, number>> = { month: 1, quarter: 3, half: 6, year: 12 };

function later(day: string, step: Step, times: number): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  const by = months[step];
  if (!by) return iso(time + (step === 'week' ? 7 : 14) * times * DAY);
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month - 1 + by * times + 1, 0));
  return iso(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(date, last.getUTCDate())));
}

/** `held` of each time, as typed: a day, or a span that keeps its length. Nothing if it is neither. */
export function daysOfSeries(typed: string, step: Step, times: number): string[] | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?$/.exec(typed);
  if (!match) return undefined;
  const [, from, to] = match;
  const length = to ? Date.parse(to) - Date.parse(from!) : 0;
  return Array.from({ length: times }, (_, n) => {
    const first = later(from!, step, n);
    return to ? `${first}..${iso(Date.parse(`${first}T00:00:00Z`) + length)}` : first;
  });
}
