// A month as weeks, and what lies in each: bars over the days they are known to cover.
import type { RecordRow } from '../../api/types';

const DAY = 86_400_000;
const number = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / DAY;

export interface Bar {
  row: RecordRow;
  /** Days from the first of the week, 0 to 6. */
  from: number;
  to: number;
  lane: number;
  begins: boolean;
  ends: boolean;
}
export interface Week {
  first: number;
  bars: Bar[];
  lanes: number;
}

/** Known to the day, or to a few of them; a month or a year is told apart from the grid. */
export const hasDays = (row: RecordRow): boolean =>
  !!row.day?.from && !!row.day.to && (row.day.precision === 'day' || row.day.precision === 'range') && number(row.day.to) - number(row.day.from) < 32;

export const firstOf = (month: string): number => number(`${month}-01`);
export function shifted(month: string, by: number): string {
  const [year, of] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, of - 1 + by, 1)).toISOString().slice(0, 7);
}

/** The weeks that show a month; `start` is the day on which weeks begin, 0 for Sunday. */
export function weeksOf(month: string, rows: RecordRow[], start: number): Week[] {
  const first = firstOf(month);
  const after = firstOf(shifted(month, 1));
  const weekday = new Date(first * DAY).getUTCDay();
  const weeks: Week[] = [];
  for (let week = first - ((weekday - start + 7) % 7); week < after; week += 7) weeks.push({ first: week, bars: [], lanes: 0 });
  const known = rows.filter(hasDays).sort((a, b) => number(a.day!.from!) - number(b.day!.from!) || number(b.day!.to!) - number(a.day!.to!));
  for (const week of weeks) {
    const ends: number[] = [];
    for (const row of known) {
      const from = number(row.day!.from!);
      const to = number(row.day!.to!);
      if (to < week.first || from > week.first + 6) continue;
      const left = Math.max(from, week.first) - week.first;
      let lane = ends.findIndex((end) => end < left);
      if (lane < 0) lane = ends.length;
      ends[lane] = Math.min(to, week.first + 6) - week.first;
      week.bars.push({ row, from: left, to: ends[lane]!, lane, begins: from >= week.first, ends: to <= week.first + 6 });
    }
    week.lanes = ends.length;
  }
  return weeks;
}

const NOT_YET = /^(draft|proposed|planned|approved|confirmed|announced|ongoing)/;

/** Plans that lie on the same days and ask for the same actor as host or visitor. */
export function clashes(rows: RecordRow[]): Set<string> {
  const out = new Set<string>();
  const plans = rows.filter((row) => hasDays(row) && NOT_YET.test(row.cells.status ?? ''));
  const parties = (row: RecordRow): string[] => (row.cells.participations ?? '').split('; ').map((one) => one.replace(/, [\w ]+$/, ''));
  for (const [n, a] of plans.entries())
    for (const b of plans.slice(n + 1)) {
      const together = a.day!.from! <= b.day!.to! && b.day!.from! <= a.day!.to!;
      const shared = parties(a).filter((one) => parties(b).includes(one));
      // The home nation is in all of them; two plans with one partner, or three sides, clash.
      if (together && shared.length > 1) {
        out.add(a.id);
        out.add(b.id);
      }
    }
  return out;
}
