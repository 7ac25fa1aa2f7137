// A date as it is typed and stored (2024-07-17, 2024-07, 2024, 2024-04-03..2024-04-04) as a span with its precision.
import type { Span } from '../api/types';

const lastDay = (year: number, month: number): string => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

export function typedSpan(typed: string): Span | undefined {
  const [from, to] = typed.split('..');
  if (to !== undefined) {
    const [first, last] = [typedSpan(from!), typedSpan(to)];
    return first && last ? { from: first.from!, to: last.to!, precision: 'range' } : undefined;
  }
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(typed);
  if (!match) return undefined;
  const [, year, month, day] = match;
  if (day) return { from: typed, to: typed, precision: 'day' };
  if (month) return { from: `${typed}-01`, to: lastDay(Number(year), Number(month)), precision: 'month' };
  return { from: `${year}-01-01`, to: `${year}-12-31`, precision: 'year' };
}
